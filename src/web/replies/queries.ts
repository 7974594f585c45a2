import { queryOptions } from '@tanstack/react-query'
import type { TicketReplies } from '../../serve/api/shapes/reply.ts'
import { get } from '../api/client.ts'

export function repliesQuery(project: number, ticket: number) {
  return queryOptions({
    queryKey: ['project', project, 'replies', ticket],
    queryFn: ({ signal }) => get<TicketReplies>(`/projects/${project}/tickets/${ticket}/replies`, { signal }),
  })
}
