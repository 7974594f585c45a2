import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { MentionFilter } from '../../serve/api/shapes/mention.ts'
import type { Overview } from '../../serve/api/shapes/overview.ts'
import type { Understood } from '../../serve/api/shapes/understood.ts'
import { get } from '../api/client.ts'

export function overviewQuery(project: number, filter: MentionFilter) {
  return queryOptions({
    queryKey: ['project', project, 'overview', filter],
    queryFn: ({ signal }) => get<Overview>(`/projects/${project}/overview`, { search: filter, signal }),
    // The figures of before stay until the new ones are there, so that nothing jumps.
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
}

/** The server says reasons in words, so language is part of the key. */
export function understoodQuery(project: number, filter: MentionFilter, language: string) {
  return queryOptions({
    queryKey: ['project', project, 'understood', filter, language],
    queryFn: ({ signal }) => get<Understood>(`/projects/${project}/understood`, { search: filter, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
}
