import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { TicketDetail, TicketPage, TicketStatus } from '../../serve/api/shapes/ticket.ts'
import { get } from '../api/client.ts'

export const ticketStatuses = ['open', 'pending', 'solved', 'closed'] as const

/** Undefined shows all. */
export type TicketFilter = { status: string | undefined; assignee: string | undefined }

export function ticketsQuery(project: number, filter: TicketFilter) {
  return infiniteQueryOptions({
    queryKey: ['project', project, 'tickets', filter],
    queryFn: ({ pageParam, signal }) =>
      get<TicketPage>(`/projects/${project}/tickets`, {
        search: { ...filter, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
}

export function ticketQuery(project: number, ticket: number) {
  return queryOptions({
    queryKey: ['project', project, 'ticket', ticket],
    queryFn: ({ signal }) => get<TicketDetail>(`/projects/${project}/tickets/${ticket}`, { signal }),
  })
}

/** The server's rule, so that nothing is offered that it refuses: a closed ticket is opened again first. */
export function mayBecome(from: TicketStatus, to: TicketStatus): boolean {
  return from !== 'closed' || to === 'open' || to === 'closed'
}
