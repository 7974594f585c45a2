import { queryOptions } from '@tanstack/react-query'
import type {
  Integration,
  IntegrationExchange,
  IntegrationRecord,
  IntegrationSystem,
  TicketRecords,
} from '../../serve/api/shapes/integration.ts'
import { get } from '../api/client.ts'
import { authorPath } from '../author/queries.ts'

export function integrationsQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'integrations'],
    queryFn: ({ signal }) =>
      get<{ items: Integration[]; systems: IntegrationSystem[] }>(`/projects/${project}/integrations`, { signal }),
  })
}

export function exchangesQuery(project: number, integration: number) {
  return queryOptions({
    queryKey: ['project', project, 'integrations', integration, 'exchanges'],
    queryFn: async ({ signal }) =>
      (
        await get<{ items: IntegrationExchange[] }>(`/projects/${project}/integrations/${integration}/exchanges`, {
          signal,
        })
      ).items,
    refetchInterval: 10_000,
  })
}

/** Under the key of the ticket, so that a change of the ticket shows here, too. */
export function ticketRecordsQuery(project: number, ticket: number) {
  return queryOptions({
    queryKey: ['project', project, 'ticket', ticket, 'records'],
    queryFn: ({ signal }) => get<TicketRecords>(`/projects/${project}/tickets/${ticket}/records`, { signal }),
  })
}

export function authorRecordsQuery(project: number, author: string) {
  return queryOptions({
    queryKey: ['project', project, 'author', author, 'records'],
    queryFn: async ({ signal }) =>
      (await get<{ items: IntegrationRecord[] }>(`${authorPath(project, author)}/records`, { signal })).items,
  })
}
