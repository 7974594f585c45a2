import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Icon } from '../look/icons.tsx'
import { tell, tellFailure } from '../parts/notices.ts'
import styles from './Settings.module.css'

/** Shown this once, to be copied or saved, and put away by the person. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { t } = useTranslation()
  const text = `${codes.join('\n')}\n`
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => tell(t('chart.copied')),
      (error: unknown) => tellFailure(t('chart.notCopied'), error),
    )
  return (
    <div className={styles.oneTime} role="status">
      <strong>{t('settings.recoveryCodes')}</strong>
      <p>{t('settings.recoveryWords')}</p>
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <Button leftSection={<Icon name="copy" />} onClick={() => void copy()}>
          {t('settings.copy')}
        </Button>
        <Button
          component="a"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="heed-recovery-codes.txt"
        >
          {t('settings.saveFile')}
        </Button>
        <Button variant="filled" onClick={onDone}>
          {t('settings.codesKept')}
        </Button>
      </div>
    </div>
  )
}
