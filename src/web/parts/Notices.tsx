import { useTranslation } from 'react-i18next'
import { Icon } from '../look/icons.tsx'
import { dismiss, undoLast, useNotices } from './notices.ts'
import styles from './Notices.module.css'

export function Notices() {
  const { t } = useTranslation()
  const notices = useNotices()
  return (
    <div className={styles.place} role="status" aria-live="polite">
      {notices.map((notice) => (
        <div key={notice.id} className={styles.notice} data-tone={notice.tone}>
          {notice.tone === 'failure' && <Icon name="alert" />}
          <span className={styles.text}>
            {notice.text}
            {notice.detail !== null && notice.detail !== '' && <span className={styles.detail}>{notice.detail}</span>}
          </span>
          {notice.undo !== null && (
            <button type="button" className={styles.undo} onClick={() => void undoLast()}>
              {t('common.undo')} <kbd>z</kbd>
            </button>
          )}
          {notice.next !== null && (
            <button
              type="button"
              className={styles.undo}
              onClick={() => {
                dismiss(notice.id)
                notice.next?.run()
              }}
            >
              {notice.next.words}
            </button>
          )}
          <button
            type="button"
            className={styles.close}
            aria-label={t('common.close')}
            onClick={() => dismiss(notice.id)}
          >
            <Icon name="close" />
          </button>
          {notice.undo !== null && <span className={styles.clock} />}
        </div>
      ))}
    </div>
  )
}
