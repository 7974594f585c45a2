import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { ApiKey, AuditEvent, Member } from '../../serve/api/shapes/project.ts'
import type { List } from '../../serve/api/shapes/topic.ts'
import { get } from '../api/client.ts'

export function membersQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'members'],
    queryFn: async ({ signal }) => (await get<{ items: Member[] }>(`/projects/${project}/members`, { signal })).items,
  })
}

export function keysQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'keys'],
    queryFn: async ({ signal }) => (await get<{ items: ApiKey[] }>(`/projects/${project}/api-keys`, { signal })).items,
  })
}

export function listsQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'lists'],
    queryFn: async ({ signal }) => (await get<{ items: List[] }>(`/projects/${project}/lists`, { signal })).items,
  })
}

export function auditQuery(project: number) {
  return infiniteQueryOptions({
    queryKey: ['project', project, 'audit'],
    queryFn: ({ pageParam, signal }) =>
      get<{ items: AuditEvent[]; next: string | null }>(`/projects/${project}/audit`, {
        search: pageParam === null ? {} : { cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // People come here to see what just happened.
    staleTime: 0,
  })
}
