import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { CategorySet, ToLabel } from '../../serve/api/shapes/category.ts'
import type { Alarms } from '../../serve/api/shapes/alarm.ts'
import type { Letters } from '../../serve/api/shapes/letter.ts'
import type { ApiKey, AuditEvent, Member } from '../../serve/api/shapes/project.ts'
import type { List } from '../../serve/api/shapes/topic.ts'
import type { Delivery, Webhooks } from '../../serve/api/shapes/webhook.ts'
import { get } from '../api/client.ts'

/** Of the installation, for heads. */
export const lettersQuery = queryOptions({
  queryKey: ['letters'],
  queryFn: ({ signal }) => get<Letters>('/letters', { signal }),
})

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

export function categoriesQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'categories'],
    queryFn: async ({ signal }) =>
      (await get<{ items: CategorySet[] }>(`/projects/${project}/category-sets`, { signal })).items,
  })
}

/** Not made anew while a person is on the page: what is shown must not change under the hand. */
export function queueQuery(project: number, set: number, page: number) {
  return queryOptions({
    queryKey: ['project', project, 'category-queue', set, page],
    queryFn: async ({ signal }) =>
      (await get<{ items: ToLabel[] }>(`/projects/${project}/category-sets/${set}/queue`, { signal })).items,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    gcTime: 0,
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

export function webhooksQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'webhooks'],
    queryFn: ({ signal }) => get<Webhooks>(`/projects/${project}/webhooks`, { signal }),
    staleTime: 0,
  })
}

export function deliveriesQuery(project: number, webhook: number) {
  return queryOptions({
    queryKey: ['project', project, 'webhooks', webhook, 'deliveries'],
    queryFn: async ({ signal }) =>
      (await get<{ items: Delivery[] }>(`/projects/${project}/webhooks/${webhook}/deliveries`, { signal })).items,
    // People wait here for what was just sent again.
    refetchInterval: 5_000,
  })
}

export function bodyQuery(project: number, webhook: number, delivery: number) {
  return queryOptions({
    queryKey: ['project', project, 'webhooks', webhook, 'deliveries', delivery],
    queryFn: async ({ signal }) =>
      (
        await get<{ body: string | null }>(`/projects/${project}/webhooks/${webhook}/deliveries/${delivery}`, {
          signal,
        })
      ).body,
  })
}

export function alarmsQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'alarms'],
    queryFn: ({ signal }) => get<Alarms>(`/projects/${project}/alarm-channels`, { signal }),
    staleTime: 0,
  })
}
