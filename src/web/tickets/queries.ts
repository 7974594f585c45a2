import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type {
  Incident,
  TicketDetail,
  TicketField,
  TicketPage,
  TicketQueue,
  TicketStatus,
} from '../../serve/api/shapes/ticket.ts'
import { get } from '../api/client.ts'
import { afterSteps } from '../api/in-turn.ts'

/** What is done to the tickets of a project goes out one after the other: a merge touches two. */
export const ticketsLine = (project: number) => `tickets of ${project}`

export const ticketStatuses = ['open', 'pending', 'solved', 'closed'] as const

/** Undefined shows all. */
export type TicketFilter = { status: string | undefined; assignee: string | undefined }

export function ticketsQuery(project: number, filter: TicketFilter) {
  return infiniteQueryOptions({
    queryKey: ['project', project, 'tickets', filter],
    queryFn: ({ client, queryKey, pageParam, signal }) =>
      afterSteps(ticketsLine(project), client.getQueryData(queryKey) === undefined, () =>
        get<TicketPage>(`/projects/${project}/tickets`, {
          search: { ...filter, ...(pageParam === null ? {} : { cursor: pageParam }) },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
}

export function ticketQuery(project: number, ticket: number) {
  return queryOptions({
    queryKey: ['project', project, 'ticket', ticket],
    queryFn: ({ client, queryKey, signal }) =>
      afterSteps(ticketsLine(project), client.getQueryData(queryKey) === undefined, () =>
        get<TicketDetail>(`/projects/${project}/tickets/${ticket}`, { signal }),
      ),
  })
}

export function queuesQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'ticket-queues'],
    queryFn: async ({ signal }) =>
      (await get<{ items: TicketQueue[] }>(`/projects/${project}/ticket-queues`, { signal })).items,
  })
}

export function fieldsQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'ticket-fields'],
    queryFn: async ({ signal }) =>
      (await get<{ items: TicketField[] }>(`/projects/${project}/ticket-fields`, { signal })).items,
  })
}

export function incidentsQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'incidents'],
    queryFn: async ({ signal }) =>
      (await get<{ items: Incident[] }>(`/projects/${project}/incidents`, { signal })).items,
  })
}

/** The server's rule, so that nothing is offered that it refuses: a closed ticket is opened again first. */
export function mayBecome(from: TicketStatus, to: TicketStatus): boolean {
  return from !== 'closed' || to === 'open' || to === 'closed'
}
