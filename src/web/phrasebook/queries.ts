import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { MentionFilter } from '../../serve/api/shapes/mention.ts'
import type { Phrasebook } from '../../serve/api/shapes/phrasebook.ts'
import { get } from '../api/client.ts'

/** The server says the formula in words, so language is part of the key. */
export function phrasebookQuery(project: number, filter: MentionFilter, language: string) {
  return queryOptions({
    queryKey: ['project', project, 'phrasebook', filter, language],
    queryFn: ({ signal }) => get<Phrasebook>(`/projects/${project}/phrasebook`, { search: filter, signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
}
