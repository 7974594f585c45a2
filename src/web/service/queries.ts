import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Advocates, ArticleScores, TicketOutcome } from '../../serve/api/shapes/outcome.ts'
import type {
  Service,
  ServiceBoard,
  ServiceFilter,
  ServicePeople,
  ServiceRate,
  ServiceTickets,
  WorkMinutes,
} from '../../serve/api/shapes/service.ts'
import { get, type Search } from '../api/client.ts'

type Filter = ServiceFilter & Search
export type Part = string

export function serviceQuery(project: number, filter: Filter, language: string) {
  return queryOptions({
    queryKey: ['project', project, 'service', filter, language],
    queryFn: ({ signal }) => get<Service>(`/projects/${project}/service`, { search: filter, signal }),
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  })
}

export function peopleQuery(project: number, filter: Filter) {
  return queryOptions({
    queryKey: ['project', project, 'service', 'people', filter],
    queryFn: ({ signal }) => get<ServicePeople>(`/projects/${project}/service/people`, { search: filter, signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
}

export function countedQuery(project: number, filter: Filter, part: Part) {
  return infiniteQueryOptions({
    queryKey: ['project', project, 'service', 'tickets', filter, part],
    queryFn: ({ pageParam, signal }) =>
      get<ServiceTickets>(`/projects/${project}/service/tickets`, {
        search: { ...filter, part, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
}

export function boardQuery(period: { from?: string | undefined; to?: string | undefined }, language: string) {
  return queryOptions({
    queryKey: ['service', period, language],
    queryFn: ({ signal }) => get<ServiceBoard>('/service', { search: period, signal }),
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  })
}

export function ratesQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'service', 'rates'],
    queryFn: async ({ signal }) =>
      (await get<{ items: ServiceRate[] }>(`/projects/${project}/service/rates`, { signal })).items,
  })
}

export function advocatesQuery(project: number, period: { from?: string | undefined; to?: string | undefined }) {
  return queryOptions({
    queryKey: ['project', project, 'service', 'advocates', period],
    queryFn: ({ signal }) => get<Advocates>(`/projects/${project}/advocates`, { search: period, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}

export function outcomeQuery(project: number, ticket: number) {
  return queryOptions({
    queryKey: ['project', project, 'outcome', ticket],
    queryFn: ({ signal }) => get<TicketOutcome>(`/projects/${project}/tickets/${ticket}/outcome`, { signal }),
  })
}

export function minutesQuery(project: number, ticket: number) {
  return queryOptions({
    queryKey: ['project', project, 'outcome', ticket, 'minutes'],
    queryFn: async ({ signal }) =>
      (await get<{ items: WorkMinutes[] }>(`/projects/${project}/tickets/${ticket}/minutes`, { signal })).items,
  })
}

export function scoresQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'knowledge', 'scores'],
    queryFn: ({ signal }) => get<ArticleScores>(`/projects/${project}/knowledge/scores`, { signal }),
    staleTime: 60_000,
  })
}
