import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { MentionFilter } from '../../serve/api/shapes/mention.ts'
import type { Overview } from '../../serve/api/shapes/overview.ts'
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
