import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ticket } from '../../serve/api/shapes/ticket.ts'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { Icon } from '../look/icons.tsx'
import { DueMark } from './Clocks.tsx'
import { PriorityMark } from './Priority.tsx'
import { StatusMark } from './StatusMark.tsx'
import { TicketTitle } from './TicketTitle.tsx'
import styles from './Tickets.module.css'

function Row<T extends Ticket>({
  ticket,
  of,
  current,
  open,
  onOpen,
}: {
  ticket: T
  /** The project it is of, where several stand in one list. */
  of?: { id: number; name: string }
  current: boolean
  open: boolean
  onOpen: (ticket: T) => void
}) {
  const { t } = useTranslation()
  const f = useFormat()
  return (
    <button
      type="button"
      className={styles.row}
      data-current={current || undefined}
      data-open={open || undefined}
      aria-current={open ? 'true' : undefined}
      onClick={() => onOpen(ticket)}
    >
      <StatusMark status={ticket.status} />
      <span className={styles.rowWords}>
        <span className={styles.rowTop}>
          <span className={styles.rowTitle}>
            <TicketTitle ticket={ticket} project={of?.id} />
          </span>
          <span className={styles.time}>
            <When at={ticket.openedAt} />
          </span>
        </span>
        <span className={styles.rowUnder}>
          <span className={styles.number}>{ticket.id}</span>
          {ticket.nextDueAt !== null && <DueMark dueAt={ticket.nextDueAt} />}
          {ticket.priority !== 'normal' && <PriorityMark priority={ticket.priority} />}
          {of !== undefined && <bdi className={styles.cut}>{of.name}</bdi>}
          {of === undefined && ticket.customer !== null && <bdi className={styles.cut}>{ticket.customer.name}</bdi>}
          {of === undefined && ticket.mentionCount > 1 && (
            <span className={styles.still}>
              {t('tickets.mentions', { count: ticket.mentionCount, shown: f.number(ticket.mentionCount) })}
            </span>
          )}
          <span className={styles.owner} data-none={ticket.assignee === null || undefined}>
            <Icon name="person" size={12} />
            <bdi className={styles.cut}>{ticket.assignee?.name ?? t('tickets.nobody')}</bdi>
          </span>
        </span>
      </span>
    </button>
  )
}

// `memo` forgets that it stands for tickets of one kind.
export const TicketRow = memo(Row) as typeof Row
