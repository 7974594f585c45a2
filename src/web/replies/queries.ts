import { queryOptions } from '@tanstack/react-query'
import type { Approver, ReplyAccount, ReplyModel, TicketReplies } from '../../serve/api/shapes/reply.ts'
import { get } from '../api/client.ts'

export function repliesQuery(project: number, ticket: number) {
  return queryOptions({
    queryKey: ['project', project, 'replies', ticket],
    queryFn: ({ signal }) => get<TicketReplies>(`/projects/${project}/tickets/${ticket}/replies`, { signal }),
  })
}

export function accountsQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'reply-accounts'],
    queryFn: async ({ signal }) =>
      (await get<{ items: ReplyAccount[] }>(`/projects/${project}/reply-accounts`, { signal })).items,
  })
}

export function policyQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'reply-policy'],
    queryFn: ({ signal }) => get<{ steps: string[] }>(`/projects/${project}/reply-policy`, { signal }),
  })
}

export function modelQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'reply-model'],
    queryFn: ({ signal }) => get<{ model: ReplyModel }>(`/projects/${project}/reply-model`, { signal }),
  })
}

export function approversQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'reply-approvers'],
    queryFn: async ({ signal }) =>
      (await get<{ items: Approver[] }>(`/projects/${project}/reply-approvers`, { signal })).items,
  })
}
