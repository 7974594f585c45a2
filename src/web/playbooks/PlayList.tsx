import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Play } from '../../serve/api/shapes/playbook.ts'
import { useProject } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { useNow } from '../parts/now.ts'
import { alarmName } from './alarms.ts'
import { playsQuery } from './queries.ts'
import rows from '../parts/Rows.module.css'
import styles from './Playbooks.module.css'

/** Playbooks at work, and those that are over; nothing where there are none. */
export function PlayList({ ticket, onOpen }: { ticket: number | null; onOpen: (play: number) => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const plays = useQuery(playsQuery(project.id, ticket)).data ?? []
  if (plays.length === 0) return null
  return (
    <section className={rows.part}>
      {ticket === null && <h2>{t('playbooks.plays')}</h2>}
      <ul className={rows.list}>
        {plays.map((play) => (
          <PlayRow key={play.id} play={play} onOpen={() => onOpen(play.id)} />
        ))}
      </ul>
    </section>
  )
}

function PlayRow({ play, onOpen }: { play: Play; onOpen: () => void }) {
  const { t } = useTranslation()
  const now = useNow()
  const isLate = play.nextDueAt !== null && Date.parse(play.nextDueAt) <= Number(now)
  return (
    <li className={rows.row}>
      <div className={rows.words}>
        <button type="button" className={rows.name} onClick={onOpen}>
          <bdi>{play.name}</bdi>
        </button>
        <p className={rows.quiet}>
          {t('playbooks.settled', { done: play.settled, of: play.steps })}
          {' · '}
          {play.endedAt === null ? (
            <>
              {t('playbooks.begun')} <When at={play.startedAt} />
            </>
          ) : (
            <>
              {t('playbooks.over')} <When at={play.endedAt} />
            </>
          )}
          {play.nextDueAt !== null && (
            <span className={isLate ? styles.wrong : undefined}>
              {' · '}
              {t(isLate ? 'playbooks.lateSince' : 'playbooks.nextDue')} <When at={play.nextDueAt} />
            </span>
          )}
          {play.ticket !== null && (
            <>
              {' · '}#{play.ticket.id} <bdi>{play.ticket.title}</bdi>
            </>
          )}
          {play.alarms.map((alarm) => (
            <span key={alarm.id}>
              {' · '}
              <bdi>{alarmName(t, alarm)}</bdi>
            </span>
          ))}
        </p>
      </div>
    </li>
  )
}
