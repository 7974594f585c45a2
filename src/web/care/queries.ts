import { queryOptions } from '@tanstack/react-query'
import type { Care, OwnCare } from '../../serve/api/shapes/care.ts'
import { get } from '../api/client.ts'

export function careQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'care'],
    queryFn: ({ signal }) => get<Care>(`/projects/${project}/care`, { signal }),
  })
}

/** How the person who looks wants to be spared; asked for once, so that no picture shows itself before it is known. */
export const ownCareQuery = queryOptions({
  queryKey: ['me', 'care'],
  queryFn: ({ signal }) => get<OwnCare>('/me/care', { signal }),
  staleTime: Infinity,
})
