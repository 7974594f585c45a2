import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Alarm } from '../../serve/api/shapes/playbook.ts'
import { useProject } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { alarmName } from './alarms.ts'
import rows from '../parts/Rows.module.css'

/** What was raised, its figures, and the ways to what it is about. */
export function AlarmWords({ alarm, mention = null }: { alarm: Alarm; mention?: string | null }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = String(useProject().id)
  const { kind, at, topic, ticket, figures, text } = alarm
  const { hours, mentions, expected } = figures ?? {}
  const isSpike = typeof hours === 'number' && typeof mentions === 'number' && typeof expected === 'number'
  return (
    <div className={rows.words}>
      <p>
        <bdi className={rows.strong}>{alarmName(t, { kind, text, topic: topic?.name ?? null })}</bdi>
      </p>
      <p className={rows.quiet}>
        {isSpike && (
          <>
            {t(expected === 0 ? 'playbooks.spikeFiguresNone' : 'playbooks.spikeFigures', {
              ...{ hours, mentions: f.number(mentions), expected: f.number(expected) },
            })}
            {' · '}
          </>
        )}
        <When at={at} />
        {ticket !== null && (
          <>
            {' · '}
            <Link to="/projects/$project/tickets/$ticket" params={{ project, ticket: String(ticket.id) }}>
              #{ticket.id} <bdi>{ticket.title}</bdi>
            </Link>
          </>
        )}
        {mention !== null && (
          <>
            {' · '}
            <Link to="/projects/$project/inbox" params={{ project }} search={{ open: mention }}>
              {t('rules.mention')}
            </Link>
          </>
        )}
        {isSpike && topic !== null && topic.id !== null && (
          <>
            {' · '}
            <Link
              to="/projects/$project/inbox"
              params={{ project }}
              search={{
                topic: String(topic.id),
                from: new Date(Date.parse(at) - hours * 3_600_000).toISOString(),
                to: at,
                ...(kind === 'spike.negative' ? { sentiment: 'negative' } : {}),
              }}
            >
              {t('playbooks.alarmMentions')}
            </Link>
          </>
        )}
      </p>
    </div>
  )
}
