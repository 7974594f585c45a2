import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Kind } from '../../serve/api/shapes/webhook.ts'
import styles from './Settings.module.css'

/** Chooses what somebody hears of, among what the server offers them, in its order. */
export function KindsField({
  label,
  offered,
  value,
  error,
  onChange,
}: {
  label: string
  offered: readonly Kind[]
  value: Kind[]
  error: string | undefined
  onChange: (kinds: Kind[]) => void
}) {
  const { t } = useTranslation()
  return (
    <Checkbox.Group
      label={label}
      value={value}
      error={error}
      onChange={(chosen) => onChange(offered.filter((kind) => chosen.includes(kind)))}
    >
      <div className={styles.kinds}>
        {offered.map((kind) => (
          <Checkbox key={kind} value={kind} label={t(`alarms.kind_${kind}`)} />
        ))}
      </div>
    </Checkbox.Group>
  )
}
