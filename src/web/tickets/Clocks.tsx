import { useTranslation } from 'react-i18next'
import type { TicketDetail } from '../../serve/api/shapes/ticket.ts'
import { Icon } from '../look/icons.tsx'
import { useFormat } from '../parts/format.ts'
import { useNow } from '../parts/now.ts'
import { useTimeLeft } from './left.ts'
import styles from './Clocks.module.css'

type Clock = TicketDetail['clocks'][number]

/** What we promised here that has not ended, each with the time left in words and as a bar; what was missed stays said. */
export function Clocks({ detail: { ticket, clocks } }: { detail: TicketDetail }) {
  const { t } = useTranslation()
  const shown = clocks.filter(({ endedAt, outcome }) => endedAt === null || outcome === 'missed')
  if (shown.length === 0) return null
  return (
    <ul className={styles.clocks} aria-label={t('tickets.clocks')}>
      {shown.map((clock) => (
        <ClockLine key={clock.id} clock={clock} waits={ticket.status === 'pending'} />
      ))}
    </ul>
  )
}

function ClockLine({ clock, waits }: { clock: Clock; waits: boolean }) {
  const { t } = useTranslation()
  const f = useFormat()
  const now = useNow()
  const timeLeft = useTimeLeft()
  const { kind, beganAt, dueAt, endedAt, missedAt } = clock
  const isLate = missedAt !== null || (dueAt !== null && Date.parse(dueAt) <= now)
  const gone = dueAt === null ? null : (now - Date.parse(beganAt)) / (Date.parse(dueAt) - Date.parse(beganAt))
  const words =
    endedAt !== null
      ? t('tickets.clockMissed')
      : dueAt === null
        ? t(waits ? 'tickets.clockWaits' : 'tickets.clockNever')
        : timeLeft(dueAt, now)
  return (
    <li
      className={styles.clock}
      data-state={isLate ? 'late' : gone !== null && gone > 0.75 ? 'soon' : undefined}
      title={dueAt === null ? undefined : t('tickets.dueAt', { at: f.exact(dueAt) })}
    >
      <Icon name={isLate ? 'alert' : 'clock'} size={12} />
      <span className={styles.name}>{t(`tickets.clock_${kind}`)}</span>
      <span className={styles.left}>{words}</span>
      {gone !== null && (
        <span className={styles.bar} aria-hidden>
          <span style={{ inlineSize: `${Math.min(1, Math.max(0, gone)) * 100}%` }} />
        </span>
      )}
    </li>
  )
}

/** In a row of a list: how long until the next promise ends. */
export function DueMark({ dueAt }: { dueAt: string }) {
  const { t } = useTranslation()
  const f = useFormat()
  const now = useNow()
  const timeLeft = useTimeLeft()
  const left = Date.parse(dueAt) - now
  return (
    <span
      className={styles.mark}
      data-state={left <= 0 ? 'late' : left < 900_000 ? 'soon' : undefined}
      title={t('tickets.dueAt', { at: f.exact(dueAt) })}
    >
      <Icon name={left <= 0 ? 'alert' : 'clock'} size={12} /> {timeLeft(dueAt, now)}
    </span>
  )
}
