import { queryOptions } from '@tanstack/react-query'
import type { Progress } from '../../serve/api/shapes/project.ts'
import type { Budget, CatalogueEntry, ImportPreview, Source, SourceAddress } from '../../serve/api/shapes/source.ts'
import { get } from '../api/client.ts'
import { hasEnded } from '../api/queries.ts'

export function sourcesQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'sources'],
    queryFn: async ({ signal }) => (await get<{ items: Source[] }>(`/projects/${project}/sources`, { signal })).items,
    // Nobody tells of a check that found nothing new.
    refetchInterval: 60_000,
  })
}

export function budgetsQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'sources', 'budgets'],
    queryFn: async ({ signal }) => (await get<{ items: Budget[] }>(`/projects/${project}/budgets`, { signal })).items,
    refetchInterval: 60_000,
  })
}

export function addressQuery(project: number, source: number) {
  return queryOptions({
    queryKey: ['project', project, 'sources', source, 'address'],
    queryFn: async ({ signal }) =>
      (await get<{ address: SourceAddress | null }>(`/projects/${project}/sources/${source}/address`, { signal }))
        .address,
  })
}

export const catalogueQuery = queryOptions({
  queryKey: ['catalogue'],
  queryFn: async ({ signal }) => (await get<{ items: CatalogueEntry[] }>('/catalogue', { signal })).items,
  staleTime: Infinity,
})

/** Everything that runs in the background, and the last that ended. */
export function allProgressQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'progress'],
    queryFn: async ({ signal }) =>
      (await get<{ items: Progress[] }>(`/projects/${project}/progress`, { signal })).items,
    // Events tell of every step; the slow beat is for a connection that hides them.
    refetchInterval: (query) => (query.state.data?.some((progress) => !hasEnded(progress)) === true ? 3000 : false),
  })
}

export function importQuery(project: number, file: number) {
  return queryOptions({
    queryKey: ['project', project, 'import', file],
    queryFn: ({ signal }) => get<ImportPreview>(`/projects/${project}/imports/${file}`, { signal }),
    staleTime: Infinity,
  })
}
