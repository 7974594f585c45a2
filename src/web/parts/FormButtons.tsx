import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './FormButtons.module.css'

/**
 * What a form ends with, in this order everywhere: what it does, what else there is, the way out.
 * `children` are the buttons between; `danger` paints what cannot be undone.
 */
export function FormButtons({
  does,
  sending = false,
  disabled = false,
  danger = false,
  onCancel,
  children,
}: {
  does: string
  sending?: boolean
  disabled?: boolean
  danger?: boolean
  onCancel?: () => void
  children?: ReactNode
}) {
  const { t } = useTranslation()
  return (
    <div className={styles.buttons}>
      <Button
        type="submit"
        variant="filled"
        loading={sending}
        disabled={disabled}
        {...(danger ? { color: 'red' } : {})}
      >
        {does}
      </Button>
      {children}
      {/* Where something goes for good, Enter at once is the way out. */}
      {onCancel !== undefined && (
        <Button variant="subtle" color="gray" onClick={onCancel} data-autofocus={danger || undefined}>
          {t('common.cancel')}
        </Button>
      )}
    </div>
  )
}
