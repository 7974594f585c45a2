import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ticket, TicketDetail, TicketName } from '../../serve/api/shapes/ticket.ts'
import { useMe, useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { useFormat } from '../parts/format.ts'
import { useKeys } from '../parts/keys.ts'
import { mayWork } from '../parts/roles.ts'
import { Sheet } from '../parts/Sheet.tsx'
import { IncidentAnswers } from '../replies/IncidentAnswers.tsx'
import { useTicketActions } from './actions.ts'
import type { Choosing } from './ChoiceSheet.tsx'
import { useOpenTicket } from './JoinChoosers.tsx'
import { PriorityMark } from './Priority.tsx'
import { fieldsQuery } from './queries.ts'
import { StatusMark } from './StatusMark.tsx'
import { TicketTitle } from './TicketTitle.tsx'
import styles from './Work.module.css'

/** Priority, queue, tags and who watches; each opens what its key opens. Read only for a client. */
export function WorkChips({
  detail: { ticket, watchers },
  onChoose,
}: {
  detail: TicketDetail
  onChoose: (what: Choosing['what']) => void
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const { member } = useMe()
  const actions = useTicketActions(project.id)
  const watches = watchers.some(({ id }) => id === member.id)
  const works = mayWork(project.role)
  const chip = (what: Choosing['what'], name: string, isSet: boolean, words: ReactNode) =>
    works ? (
      <button
        type="button"
        className={styles.chip}
        title={name}
        aria-label={name}
        data-none={!isSet || undefined}
        onClick={() => onChoose(what)}
      >
        {words}
      </button>
    ) : isSet ? (
      <span className={styles.chip} title={name}>
        {words}
      </span>
    ) : null
  const tags = ticket.tags.length === 0 ? t('tickets.noTags') : ticket.tags.join(', ')
  return (
    <div className={styles.chips}>
      {chip(
        'priority',
        t('tickets.priorityIs', { priority: t(`tickets.priority_${ticket.priority}`) }),
        true,
        <>
          <PriorityMark priority={ticket.priority} /> {t(`tickets.priority_${ticket.priority}`)}
        </>,
      )}
      {chip(
        'queue',
        t('tickets.queueIs', { name: ticket.queue?.name ?? t('tickets.noQueue') }),
        ticket.queue !== null,
        <>
          <Icon name="layers" /> <bdi className={styles.cut}>{ticket.queue?.name ?? t('tickets.noQueue')}</bdi>
        </>,
      )}
      {chip(
        'tags',
        t('tickets.tagsAre', { tags }),
        ticket.tags.length > 0,
        <>
          <Icon name="tag" /> <bdi className={styles.cut}>{tags}</bdi>
        </>,
      )}
      {ticket.incident !== null &&
        chip(
          'incident',
          t('tickets.incidentIs', { title: ticket.incident.title }),
          true,
          <>
            <Icon name="alert" /> <bdi className={styles.cut}>{ticket.incident.title}</bdi>
          </>,
        )}
      {works && (
        <button
          type="button"
          className={styles.chip}
          aria-pressed={watches}
          title={
            watchers.length === 0
              ? t('tickets.watch')
              : t('tickets.watchedByWhom', { names: f.list(watchers.map(({ name }) => name)) })
          }
          onClick={() => void actions.watch(ticket, member, !watches)}
        >
          <Icon name="eye" /> {t(watches ? 'tickets.watching' : 'tickets.watch')}
          {watchers.length > 0 && <span>{f.number(watchers.length)}</span>}
        </button>
      )}
      {works && (
        <button
          type="button"
          className={styles.chip}
          title={t('tickets.more')}
          aria-label={t('tickets.more')}
          onClick={() => onChoose('more')}
        >
          <Icon name="more" />
        </button>
      )}
    </div>
  )
}

/** Said above everything else: this ticket goes on in another one. */
export function GoneOn({ detail: { ticket, moves } }: { detail: TicketDetail }) {
  const { t } = useTranslation()
  const project = useProject()
  const actions = useTicketActions(project.id)
  if (ticket.mergedInto === null) return null
  const move = moves.find(({ kind, fromTicket }) => kind === 'merge' && fromTicket === ticket.id)
  return (
    <div className={styles.gone} role="status">
      <span>
        {t('tickets.goneOn')} <TicketLink id={ticket.mergedInto}>#{ticket.mergedInto}</TicketLink>
      </span>
      {move !== undefined && mayWork(project.role) && (
        <button type="button" className={styles.plain} onClick={() => void actions.undoMove(move.id)}>
          {t('tickets.takeMergeBack')}
        </button>
      )}
    </div>
  )
}

/** What else hangs on this ticket: its cause, tickets it is linked with, and what was merged or split. */
export function Joined({ detail }: { detail: TicketDetail }) {
  const { t } = useTranslation()
  const project = useProject()
  const actions = useTicketActions(project.id)
  const go = useOpenTicket()
  const [answering, setAnswering] = useState(false)
  const { ticket, links, incidentTickets, moves } = detail
  const works = mayWork(project.role)
  const shown = moves.filter(({ kind, fromTicket }) => kind === 'split' || fromTicket !== ticket.id)
  const isWorked = works && incidentTickets.some(({ status }) => status === 'open' || status === 'pending')
  useKeys(t('tickets.incident'), [
    { keys: 'A', does: t('incident.title'), off: !isWorked || ticket.incident === null, run: () => setAnswering(true) },
  ])
  if (ticket.incident === null && links.length === 0 && shown.length === 0) return null
  return (
    <>
      <section className={styles.joined} aria-label={t('tickets.joined')}>
        {ticket.incident !== null && (
          <>
            <h3>
              {t('tickets.incident')}: <bdi>{ticket.incident.title}</bdi>
            </h3>
            <Names of={incidentTickets.filter(({ id }) => id !== ticket.id)} none={t('tickets.incidentAlone')} />
            {isWorked && (
              <div className={styles.acts}>
                <button type="button" className={styles.plain} onClick={() => void actions.solveIncident(detail)}>
                  {t('tickets.solveIncident')}
                </button>
                <button type="button" className={styles.plain} onClick={() => setAnswering(true)}>
                  {t('incident.answerAll')} <kbd>A</kbd>
                </button>
              </div>
            )}
          </>
        )}
        {links.length > 0 && (
          <>
            <h3>{t('tickets.links')}</h3>
            <Names
              of={links}
              {...(works
                ? {
                    off: {
                      words: t('tickets.unlink'),
                      run: (other: number) => void actions.link(ticket, other, false),
                    },
                  }
                : {})}
            />
          </>
        )}
        {shown.length > 0 && (
          <>
            <h3>{t('tickets.movesHead')}</h3>
            <ul>
              {shown.map(({ id, kind, fromTicket, intoTicket }) => (
                <li key={id}>
                  <span>
                    {t(kind === 'merge' ? 'tickets.move_merge' : 'tickets.move_split', {
                      from: fromTicket,
                      into: intoTicket,
                    })}
                  </span>
                  {works && (
                    <button
                      type="button"
                      className={styles.plain}
                      onClick={() => void actions.undoMove(id).then((back) => back !== null && go(back.ticket.id))}
                    >
                      {t('tickets.takeBack')}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      {ticket.incident !== null && (
        <Sheet open={answering} title={t('incident.title')} side="middle" onClose={() => setAnswering(false)}>
          <IncidentAnswers incident={ticket.incident.id} onClose={() => setAnswering(false)} />
        </Sheet>
      )}
    </>
  )
}

/** Filled fields of the project by their names. */
export function FieldFacts({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const project = useProject()
  const fields = useQuery({ ...fieldsQuery(project.id), enabled: Object.keys(ticket.fields).length > 0 })
  return (fields.data ?? [])
    .filter(({ id }) => ticket.fields[id] !== undefined)
    .map(({ id, name }) => {
      const value = ticket.fields[id]
      return (
        <div key={id}>
          <dt>{name}</dt>
          <dd>
            <bdi>{typeof value === 'boolean' ? t(value ? 'tickets.yes' : 'tickets.no') : value}</bdi>
          </dd>
        </div>
      )
    })
}

function Names({
  of,
  none,
  off,
}: {
  of: readonly TicketName[]
  none?: string
  off?: { words: string; run: (id: number) => void }
}) {
  if (of.length === 0) return none === undefined ? null : <p className={styles.help}>{none}</p>
  return (
    <ul>
      {of.map((named) => (
        <li key={named.id}>
          <StatusMark status={named.status} />
          <TicketLink id={named.id}>
            #{named.id} <TicketTitle ticket={named} />
          </TicketLink>
          {off !== undefined && (
            <button type="button" className={styles.plain} onClick={() => off.run(named.id)}>
              {off.words}
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}

function TicketLink({ id, children }: { id: number; children: ReactNode }) {
  const project = useProject()
  return (
    <Link
      to="/projects/$project/tickets/$ticket"
      params={{ project: String(project.id), ticket: String(id) }}
      className={styles.cut}
    >
      {children}
    </Link>
  )
}
