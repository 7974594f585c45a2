import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Member } from '../../serve/api/shapes/project.ts'
import type { Ticket, TicketDetail, TicketEvent, TicketPage, TicketStatus } from '../../serve/api/shapes/ticket.ts'
import { send } from '../api/client.ts'
import { useMe } from '../api/queries.ts'
import { offerUndo, tellFailure } from '../parts/notices.ts'
import { ticketQuery } from './queries.ts'

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

  const show = (id: number, change: (detail: TicketDetail) => TicketDetail, inList: Partial<Ticket>) => {
    client.setQueryData(ticketQuery(project, id).queryKey, (detail) =>
      detail === undefined ? undefined : change(detail),
    )
    client.setQueriesData<InfiniteData<TicketPage>>({ queryKey: ['project', project, 'tickets'] }, (data) =>
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
    await client.cancelQueries({ queryKey })
    const shown = client.getQueryData(queryKey)
    const now = new Date().toISOString()
    const event: TicketEvent = {
      id: unsavedEvent,
      at: now,
      actor: member.name,
      from: null,
      to: null,
      note: null,
      ...step.event,
    }
    show(
      before.id,
      (detail) => ({ ...detail, ticket: { ...detail.ticket, ...step.ticket }, history: [...detail.history, event] }),
      step.ticket ?? {},
    )
    try {
      const detail = await send<TicketDetail>(
        step.method,
        `/projects/${project}/tickets/${before.id}${step.path}`,
        step.body,
      )
      client.setQueryData(queryKey, detail)
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
    return save(ticket, { method: 'PUT', path: '/status', body: { status }, ticket: { status }, event })
  }

  const putAssignee = (ticket: Ticket, assignee: Ticket['assignee']) =>
    save(ticket, {
      method: 'PUT',
      path: '/assignment',
      body: { member: assignee?.id ?? null },
      ticket: { assignee },
      event: { kind: 'assigned', from: ticket.assignee?.name ?? null, to: assignee?.name ?? null },
    })

  return {
    async setStatus(ticket: Ticket, status: TicketStatus) {
      if (ticket.status === status) return
      if (!(await putStatus(ticket, status))) return
      offerUndo(t(`tickets.became_${status}`, { ticket: ticket.id }), async () => {
        // A closed ticket is opened first, whatever it was before.
        const passesOpen = status === 'closed' && ticket.status !== 'open'
        if (passesOpen && !(await putStatus({ ...ticket, status }, 'open'))) return
        await putStatus({ ...ticket, status: passesOpen ? 'open' : status }, ticket.status)
      })
    },
    async assign(ticket: Ticket, member: Pick<Member, 'id' | 'name'> | null) {
      if (ticket.assignee?.id === member?.id) return
      const assignee = member === null ? null : { id: member.id, name: member.name }
      if (!(await putAssignee(ticket, assignee))) return
      offerUndo(
        member === null
          ? t('tickets.unassignedNow', { ticket: ticket.id })
          : t('tickets.assignedTo', { ticket: ticket.id, name: member.name }),
        () => putAssignee({ ...ticket, assignee }, ticket.assignee),
      )
    },
    rename: (ticket: Ticket, title: string) =>
      save(ticket, {
        method: 'PATCH',
        path: '',
        body: { title },
        ticket: { title },
        event: { kind: 'title-changed', from: ticket.title, to: title },
      }),
    addNote: (ticket: Ticket, text: string) =>
      save(ticket, { method: 'POST', path: '/notes', body: { text }, event: { kind: 'note-added', note: text } }),
  }
}
