import { ActionIcon, Button } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../look/icons.tsx'
import { tell, tellFailure } from '../parts/notices.ts'
import styles from './Settings.module.css'

/** A secret that is shown this once: selected at a press, copied by a button, put away by the person. */
export function OneTime({
  title,
  words,
  secret,
  onDone,
}: {
  title: string
  words: string
  secret: string
  onDone: () => void
}) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => tell(t('chart.copied')),
      (error: unknown) => {
        field.current?.select()
        tellFailure(t('chart.notCopied'), error)
      },
    )
  return (
    <div className={styles.oneTime} role="status">
      <div className={styles.oneTimeHead}>
        <strong>
          <bdi>{title}</bdi>
        </strong>
        <ActionIcon aria-label={t('common.close')} onClick={onDone}>
          <Icon name="close" />
        </ActionIcon>
      </div>
      <p>{words}</p>
      <div className={styles.oneTimeLine}>
        <input
          ref={field}
          readOnly
          value={secret}
          aria-label={title}
          spellCheck={false}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button variant="filled" leftSection={<Icon name="copy" />} onClick={() => void copy()}>
          {t('settings.copy')}
        </Button>
      </div>
    </div>
  )
}
