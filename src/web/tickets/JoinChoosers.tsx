import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ticket } from '../../serve/api/shapes/ticket.ts'
import { useProject } from '../api/queries.ts'
import { Covered } from '../inbox/Covered.tsx'
import { PlatformMark } from '../look/icons.tsx'
import { Chooser } from '../parts/Chooser.tsx'
import { When } from '../parts/figures.tsx'
import { Answer } from '../parts/states.tsx'
import { membersQuery } from '../settings/queries.ts'
import { mayWork } from '../parts/roles.ts'
import { useTicketActions } from './actions.ts'
import { incidentsQuery, ticketQuery, ticketsQuery } from './queries.ts'
import { StatusMark } from './StatusMark.tsx'
import styles from './Work.module.css'

/** Another ticket that is not closed, those of the same customer first; any other one by its number. */
function TicketChooser({
  ticket,
  label,
  chosen = [],
  onChoose,
}: {
  ticket: Ticket
  label: string
  chosen?: readonly number[]
  onChoose: (id: number) => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const filter = { status: 'open,pending,solved', assignee: undefined }
  const tickets = useInfiniteQuery(ticketsQuery(project.id, filter))
  const others = (tickets.data?.pages.flatMap(({ items }) => items) ?? []).filter(({ id }) => id !== ticket.id)
  const isTheirs = ({ customer }: Ticket) => customer !== null && customer.id === ticket.customer?.id
  return (
    <Chooser
      label={label}
      options={others
        .toSorted((one, other) => Number(isTheirs(other)) - Number(isTheirs(one)))
        .map((other) => ({
          value: String(other.id),
          label: other.titleOf === null ? `#${other.id} ${other.title}` : `#${other.id} ${t('understood.covered')}`,
          mark: <StatusMark status={other.status} />,
          ...(isTheirs(other)
            ? { hint: t('tickets.sameCustomer') }
            : other.customer === null
              ? {}
              : { hint: other.customer.name }),
        }))}
      chosen={chosen.map(String)}
      empty={tickets.isPending ? t('states.loading') : t('tickets.noOthers')}
      onChoose={(value) => onChoose(Number(value))}
      onCreate={(text) => {
        const number = Number(text.replace(/^#/, ''))
        if (Number.isInteger(number) && number > 0) onChoose(number)
      }}
      createWords={(text) => t('tickets.byNumber', { number: text.replace(/^#/, '') })}
    />
  )
}

export function MergeChooser({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const actions = useTicketActions(project.id)
  const go = useOpenTicket()
  return (
    <TicketChooser
      ticket={ticket}
      label={t('tickets.mergeWith')}
      onChoose={(into) => {
        onDone()
        void actions.merge(ticket, into, () => go(ticket.id)).then((merged) => merged !== null && go(merged.ticket.id))
      }}
    />
  )
}

export function LinkChooser({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const actions = useTicketActions(project.id)
  const linked = useQuery(ticketQuery(project.id, ticket.id)).data?.links.map(({ id }) => id) ?? []
  return (
    <TicketChooser
      ticket={ticket}
      label={t('tickets.linkWith')}
      chosen={linked}
      onChoose={(other) => {
        void actions.link(ticket, other, !linked.includes(other))
        onDone()
      }}
    />
  )
}

const out = ''

/** The cause of this ticket among those that go on, or a new one under the name that is typed. */
export function IncidentChooser({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const actions = useTicketActions(project.id)
  const incidents = useQuery(incidentsQuery(project.id))
  return (
    <Chooser
      label={t('tickets.incidentTitle')}
      options={[
        ...(incidents.data ?? [])
          .filter(({ solvedAt }) => solvedAt === null)
          .map(({ id, title, tickets }) => ({ value: String(id), label: title, count: tickets })),
        ...(ticket.incident === null ? [] : [{ value: out, label: t('tickets.leaveIncident') }]),
      ]}
      chosen={ticket.incident === null ? [] : [String(ticket.incident.id)]}
      empty={incidents.isPending ? t('states.loading') : t('tickets.noIncidents')}
      onChoose={(value) => {
        void actions.setIncident(ticket, { incident: value === out ? null : Number(value) })
        onDone()
      }}
      onCreate={(text) => {
        void actions.setIncident(ticket, { title: text.slice(0, 200) })
        onDone()
      }}
      createWords={(text) => t('tickets.beginIncident', { text })}
    />
  )
}

/** Stays open: several may watch. */
export function WatcherChooser({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const project = useProject()
  const actions = useTicketActions(project.id)
  const members = useQuery(membersQuery(project.id))
  const watching = useQuery(ticketQuery(project.id, ticket.id)).data?.watchers.map(({ id }) => id) ?? []
  const workers = (members.data ?? []).filter(({ role }) => mayWork(role))
  return (
    <Chooser
      label={t('tickets.chooseWatchers')}
      options={workers.map(({ id, name, role }) => ({ value: id, label: name, hint: t(`roles.${role}`) }))}
      chosen={watching}
      multiple
      empty={members.isPending ? t('states.loading') : t('common.nothingFound')}
      onChoose={(value) => {
        const member = workers.find(({ id }) => id === value)
        if (member !== undefined) void actions.watch(ticket, member, !watching.includes(value))
      }}
    />
  )
}

/** The mentions that are another matter go into a ticket of their own. */
export function SplitForm({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const actions = useTicketActions(project.id)
  const go = useOpenTicket()
  const detail = useQuery(ticketQuery(project.id, ticket.id))
  const [picked, setPicked] = useState<readonly string[]>([])
  return (
    <Answer of={detail} rows={3}>
      {({ mentions }) => (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            onDone()
            void actions
              .split(ticket, [...picked], () => go(ticket.id))
              .then((split) => split !== null && go(split.ticket.id))
          }}
        >
          <p className={styles.help}>{t(mentions.length < 2 ? 'tickets.splitOne' : 'tickets.splitHelp')}</p>
          {mentions.length > 1 && (
            <div>
              {mentions.map(({ id, platform, title, text, postedAt, toxic }, index) => (
                <label key={id} className={styles.pick}>
                  <input
                    type="checkbox"
                    data-autofocus={index === 0 || undefined}
                    checked={picked.includes(id)}
                    onChange={(event) =>
                      setPicked(event.currentTarget.checked ? [...picked, id] : picked.filter((one) => one !== id))
                    }
                  />
                  <PlatformMark platform={platform} size={14} />
                  <span>
                    <Covered mention={{ id, toxic }} isTitle>
                      <bdi>{`${title ?? ''} ${text}`.trim().slice(0, 200)}</bdi>
                    </Covered>{' '}
                    · <When at={postedAt} />
                  </span>
                </label>
              ))}
            </div>
          )}
          <div className={styles.buttons}>
            <Button type="submit" variant="filled" disabled={picked.length === 0 || picked.length === mentions.length}>
              {t('tickets.splitButton', { count: picked.length })}
            </Button>
          </div>
        </form>
      )}
    </Answer>
  )
}

export function useOpenTicket(): (id: number) => void {
  const navigate = useNavigate()
  const project = useProject()
  return (id) =>
    void navigate({
      to: '/projects/$project/tickets/$ticket',
      params: { project: String(project.id), ticket: String(id) },
      search: true,
    })
}
