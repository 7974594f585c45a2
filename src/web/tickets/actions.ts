import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Member } from '../../serve/api/shapes/project.ts'
import type {
  Priority,
  Ticket,
  TicketChange,
  TicketDetail,
  TicketEvent,
  TicketField,
  TicketPage,
  TicketStatus,
} from '../../serve/api/shapes/ticket.ts'
import { send } from '../api/client.ts'
import { inTurn, nothingWaits } from '../api/in-turn.ts'
import { useMe } from '../api/queries.ts'
import { offerUndo, offerUndoOf, tellFailure } from '../parts/notices.ts'
import { ticketQuery, ticketsLine } from './queries.ts'

type FieldValue = Ticket['fields'][string]

type Step = {
  method: 'PATCH' | 'PUT' | 'POST'
  path: string
  body?: unknown
  /** How the ticket looks once it is done; shown at once. */
  ticket?: Partial<Ticket>
  event: Pick<TicketEvent, 'kind'> & Partial<TicketEvent>
}

// Until the server gives it a number of its own.
const unsavedEvent = -1

/** What a person does to a ticket: seen at once, put back with a sentence when the server refuses. */
export function useTicketActions(project: number) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { member } = useMe()
  const line = ticketsLine(project)

  const show = (id: number, change: (detail: TicketDetail) => TicketDetail, inList: Partial<Ticket>) => {
    client.setQueryData(ticketQuery(project, id).queryKey, (detail) =>
      detail === undefined ? undefined : change(detail),
    )
    for (const queryKey of [['project', project, 'tickets'], ['queue']])
      client.setQueriesData<InfiniteData<TicketPage>>({ queryKey }, (data) =>
        data === undefined
          ? data
          : {
              ...data,
              pages: data.pages.map((page) => ({
                ...page,
                items: page.items.map((ticket) => (ticket.id === id ? { ...ticket, ...inList } : ticket)),
              })),
            },
      )
  }

  const save = async (before: Ticket, step: Step): Promise<boolean> => {
    const { queryKey } = ticketQuery(project, before.id)
    const shown = client.getQueryData(queryKey)
    const now = new Date().toISOString()
    const event: TicketEvent = {
      id: unsavedEvent,
      at: now,
      actor: member.name,
      from: null,
      to: null,
      note: null,
      about: null,
      ...step.event,
    }
    show(
      before.id,
      (detail) => ({ ...detail, ticket: { ...detail.ticket, ...step.ticket }, history: [...detail.history, event] }),
      step.ticket ?? {},
    )
    try {
      const detail = await inTurn(line, () =>
        send<TicketDetail>(step.method, `/projects/${project}/tickets/${before.id}${step.path}`, step.body),
      )
      // Otherwise it does not know of the step behind it, which is shown already.
      if (nothingWaits(line)) client.setQueryData(queryKey, detail)
      return true
    } catch (error) {
      show(before.id, (detail) => shown ?? detail, before)
      tellFailure(t('tickets.notChanged'), error)
      return false
    } finally {
      void client.invalidateQueries({ queryKey: ['project', project, 'tickets'] })
    }
  }

  const putStatus = (ticket: Ticket, status: TicketStatus) => {
    const event = { kind: 'status-changed', from: ticket.status, to: status } as const
    return save(ticket, {
      method: 'PUT',
      path: '/status',
      body: { status, was: ticket.status },
      ticket: { status },
      event,
    })
  }

  const putAssignee = (ticket: Ticket, assignee: Ticket['assignee']) =>
    save(ticket, {
      method: 'PUT',
      path: '/assignment',
      body: { member: assignee?.id ?? null, was: ticket.assignee?.id ?? null },
      ticket: { assignee },
      event: { kind: 'assigned', from: ticket.assignee?.name ?? null, to: assignee?.name ?? null },
    })

  const patch = (ticket: Ticket, body: TicketChange, shown: Partial<Ticket>, event: Step['event']) =>
    save(ticket, { method: 'PATCH', path: '', body, ticket: shown, event })

  const putPriority = (ticket: Ticket, priority: Priority) =>
    patch(
      ticket,
      { priority, was: { priority: ticket.priority } },
      { priority },
      { kind: 'priority-changed', from: ticket.priority, to: priority },
    )

  const putQueue = (ticket: Ticket, queue: Ticket['queue']) =>
    patch(
      ticket,
      { queue: queue?.id ?? null, was: { queue: ticket.queue?.id ?? null } },
      { queue },
      { kind: 'queue-changed', from: ticket.queue?.name ?? null, to: queue?.name ?? null },
    )

  const putTag = (ticket: Ticket, tag: string, on: boolean) =>
    patch(
      ticket,
      on ? { addTags: [tag] } : { removeTags: [tag] },
      { tags: on ? [...ticket.tags, tag] : ticket.tags.filter((one) => one !== tag) },
      { kind: 'tags-changed', from: on ? null : tag, to: on ? tag : null },
    )

  const putField = (ticket: Ticket, field: TicketField, value: FieldValue | null) => {
    const before = ticket.fields[field.id] ?? null
    const { [String(field.id)]: _, ...others } = ticket.fields
    return patch(
      ticket,
      { fields: { [field.id]: value }, was: { fields: { [field.id]: before } } },
      { fields: value === null ? others : { ...others, [field.id]: value } },
      {
        kind: 'field-changed',
        about: field.name,
        from: before === null ? null : String(before),
        to: value === null ? null : String(value),
      },
    )
  }

  /** What touches several tickets is shown when it is done; null when it is not. */
  const ask = async (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<TicketDetail | null> => {
    try {
      const detail = await inTurn(line, () => send<TicketDetail>(method, `/projects/${project}${path}`, body))
      client.setQueryData(ticketQuery(project, detail.ticket.id).queryKey, detail)
      return detail
    } catch (error) {
      tellFailure(t('tickets.notChanged'), error)
      return null
    } finally {
      for (const subject of ['ticket', 'tickets', 'incidents'])
        void client.invalidateQueries({ queryKey: ['project', project, subject] })
    }
  }

  const undoMove = (detail: TicketDetail) => {
    const [move] = detail.moves
    return move === undefined ? Promise.resolve(null) : ask('DELETE', `/ticket-moves/${move.id}`)
  }

  return {
    undoMove: (move: number) => ask('DELETE', `/ticket-moves/${move}`),
    async setPriority(ticket: Ticket, priority: Priority) {
      if (ticket.priority === priority) return
      const words = t('tickets.priorityNow', { ticket: ticket.id, priority: t(`tickets.priority_${priority}`) })
      await offerUndoOf(words, putPriority(ticket, priority), () =>
        putPriority({ ...ticket, priority }, ticket.priority),
      )
    },
    async setQueue(ticket: Ticket, queue: Ticket['queue']) {
      if (ticket.queue?.id === queue?.id) return
      await offerUndoOf(
        queue === null
          ? t('tickets.queueNone', { ticket: ticket.id })
          : t('tickets.queueNow', { ticket: ticket.id, name: queue.name }),
        putQueue(ticket, queue),
        () => putQueue({ ...ticket, queue }, ticket.queue),
      )
    },
    async setTag(ticket: Ticket, tag: string, on: boolean) {
      const words = t(on ? 'tickets.tagOn' : 'tickets.tagOff', { ticket: ticket.id, tag })
      await offerUndoOf(words, putTag(ticket, tag, on), () =>
        putTag({ ...ticket, tags: on ? [...ticket.tags, tag] : ticket.tags.filter((one) => one !== tag) }, tag, !on),
      )
    },
    async setField(ticket: Ticket, field: TicketField, value: FieldValue | null) {
      const before = ticket.fields[field.id] ?? null
      if (before === value) return
      const { [String(field.id)]: _, ...others } = ticket.fields
      const after = { ...ticket, fields: value === null ? others : { ...others, [field.id]: value } }
      const words = t('tickets.fieldNow', { field: field.name })
      await offerUndoOf(words, putField(ticket, field, value), () => putField(after, field, before))
    },
    async watch(ticket: Ticket, watcher: Pick<Member, 'id' | 'name'>, on: boolean) {
      const put = (watches: boolean) =>
        ask(watches ? 'PUT' : 'DELETE', `/tickets/${ticket.id}/watchers/${encodeURIComponent(watcher.id)}`)
      if ((await put(on)) === null) return
      const words = { ticket: ticket.id, name: watcher.name }
      const mine = watcher.id === member.id
      offerUndo(
        mine
          ? t(on ? 'tickets.watchingNow' : 'tickets.watchingNoMore', words)
          : t(on ? 'tickets.watchedBy' : 'tickets.watchedByNoMore', words),
        () => put(!on),
      )
    },
    /** Answers the ticket that has both, null when nothing was merged. */
    async merge(ticket: Ticket, into: number, whenUndone: () => void) {
      const merged = await ask('POST', `/tickets/${ticket.id}/merge`, { into })
      if (merged !== null)
        offerUndo(t('tickets.mergedNow', { ticket: ticket.id, into }), () => undoMove(merged).then(whenUndone))
      return merged
    },
    async split(ticket: Ticket, mentions: string[], whenUndone: () => void) {
      const split = await ask('POST', `/tickets/${ticket.id}/split`, { mentions })
      if (split !== null)
        offerUndo(t('tickets.splitNow', { ticket: split.ticket.id, from: ticket.id }), () =>
          undoMove(split).then(whenUndone),
        )
      return split
    },
    async link(ticket: Ticket, other: number, on: boolean) {
      const put = (linked: boolean) => ask(linked ? 'PUT' : 'DELETE', `/tickets/${ticket.id}/links/${other}`)
      if ((await put(on)) === null) return
      offerUndo(t(on ? 'tickets.linkedNow' : 'tickets.unlinkedNow', { ticket: ticket.id, other }), () => put(!on))
    },
    async setIncident(ticket: Ticket, to: { incident: number | null } | { title: string }) {
      const put = (body: typeof to) => ask('PUT', `/tickets/${ticket.id}/incident`, body)
      const detail = await put(to)
      if (detail === null) return
      const { incident } = detail.ticket
      offerUndo(
        incident === null
          ? t('tickets.incidentLeft', { ticket: ticket.id })
          : t('tickets.incidentJoined', { ticket: ticket.id, title: incident.title }),
        () => put({ incident: ticket.incident?.id ?? null }),
      )
    },
    /** The cause is gone, and what is open of it is solved with it; taking it back gives each ticket its status again. */
    async solveIncident({ ticket: { incident }, incidentTickets }: TicketDetail) {
      if (incident === null) return
      const path = `/projects/${project}/incidents/${incident.id}/solution`
      const waiting = incidentTickets.filter(({ status }) => status === 'open' || status === 'pending')
      const act = async (work: () => Promise<unknown>) => {
        try {
          await work()
          return true
        } catch (error) {
          tellFailure(t('tickets.notChanged'), error)
          return false
        } finally {
          for (const subject of ['ticket', 'tickets', 'incidents'])
            void client.invalidateQueries({ queryKey: ['project', project, subject] })
        }
      }
      if (!(await act(() => send('POST', path)))) return
      offerUndo(t('tickets.incidentSolvedNow', { title: incident.title, count: waiting.length }), () =>
        act(async () => {
          await send('DELETE', path)
          for (const { id, status } of waiting)
            await send('PUT', `/projects/${project}/tickets/${id}/status`, { status, was: 'solved' })
        }),
      )
    },
    async setStatus(ticket: Ticket, status: TicketStatus) {
      if (ticket.status === status) return
      await offerUndoOf(t(`tickets.became_${status}`, { ticket: ticket.id }), putStatus(ticket, status), async () => {
        // A closed ticket is opened first, whatever it was before.
        const passesOpen = status === 'closed' && ticket.status !== 'open'
        if (passesOpen && !(await putStatus({ ...ticket, status }, 'open'))) return
        await putStatus({ ...ticket, status: passesOpen ? 'open' : status }, ticket.status)
      })
    },
    async assign(ticket: Ticket, member: Pick<Member, 'id' | 'name'> | null) {
      if (ticket.assignee?.id === member?.id) return
      const assignee = member === null ? null : { id: member.id, name: member.name }
      await offerUndoOf(
        member === null
          ? t('tickets.unassignedNow', { ticket: ticket.id })
          : t('tickets.assignedTo', { ticket: ticket.id, name: member.name }),
        putAssignee(ticket, assignee),
        () => putAssignee({ ...ticket, assignee }, ticket.assignee),
      )
    },
    /** Whose turn it is the server knows, so nothing is shown before it has said so. */
    async giveInTurn(ticket: Ticket) {
      try {
        const path = `/projects/${project}/tickets/${ticket.id}/turn`
        const { ticket: given } = await inTurn(line, () => send<TicketDetail>('POST', path))
        offerUndo(t('shift.gaveInTurn', { ticket: ticket.id, name: given.assignee?.name ?? '' }), () =>
          putAssignee(given, ticket.assignee),
        )
      } catch (error) {
        tellFailure(t('tickets.notChanged'), error)
      }
      await client.invalidateQueries({ queryKey: ['project', project, 'tickets'] })
      await client.invalidateQueries({ queryKey: ['queue'] })
    },
    rename: (ticket: Ticket, title: string) =>
      save(ticket, {
        method: 'PATCH',
        path: '',
        body: { title, was: { title: ticket.title } },
        ticket: { title },
        event: { kind: 'title-changed', from: ticket.title, to: title },
      }),
    addNote: (ticket: Ticket, text: string) =>
      save(ticket, { method: 'POST', path: '/notes', body: { text }, event: { kind: 'note-added', note: text } }),
  }
}
