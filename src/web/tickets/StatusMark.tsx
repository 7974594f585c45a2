import { useTranslation } from 'react-i18next'
import type { TicketStatus } from '../../serve/api/shapes/ticket.ts'
import styles from './Tickets.module.css'

/** How full the ring is says how far the work is; the word stands beside it or on hover. */
export function StatusMark({ status }: { status: TicketStatus }) {
  const { t } = useTranslation()
  return (
    <svg
      className={styles.mark}
      data-status={status}
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      role="img"
      aria-label={t(`statuses.${status}`)}
    >
      <title>{t(`statuses.${status}`)}</title>
      <circle cx="8" cy="8" r="5.6" />
      {status === 'pending' && <path d="M8 4.8a3.2 3.2 0 0 1 0 6.4Z" fill="currentColor" stroke="none" />}
      {status === 'solved' && <path d="m5.6 8.2 1.7 1.7 3.2-3.6" />}
      {status === 'closed' && (
        <path d="M8 4.8a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4Z" fill="currentColor" stroke="none" />
      )}
    </svg>
  )
}
