import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { AuthorCard, AuthorProposal, AuthorService, CalledAuthor } from '../../serve/api/shapes/author.ts'
import { get } from '../api/client.ts'
import type { FilterSearch } from '../parts/filter.ts'

export function authorPath(project: number, author: string): string {
  return `/projects/${project}/authors/${encodeURIComponent(author)}`
}

/** Language is part of the key: the server says the formulas. */
export function authorQuery(project: number, author: string, language: string) {
  return queryOptions({
    queryKey: ['project', project, 'author', author, language],
    queryFn: ({ signal }) => get<AuthorCard>(authorPath(project, author), { signal }),
  })
}

/** Looked for among everybody, so asked for apart: the card does not wait. */
export function proposalsQuery(project: number, author: string) {
  return queryOptions({
    queryKey: ['project', project, 'author-proposals', author],
    queryFn: async ({ signal }) =>
      (await get<{ items: AuthorProposal[] }>(`${authorPath(project, author)}/proposals`, { signal })).items,
  })
}

export const fewestLetters = 2

/** Authors who have these words in their name or handle. */
export function calledQuery(project: number, called: string) {
  return queryOptions({
    queryKey: ['project', project, 'authors-called', called],
    queryFn: async ({ signal }) =>
      (await get<{ items: CalledAuthor[] }>(`/projects/${project}/authors`, { search: { called }, signal })).items,
    enabled: called.length >= fewestLetters,
    placeholderData: keepPreviousData,
  })
}

/** What they were promised and agreed to, and what else can help; only whoever works here may ask. */
export function serviceQuery(project: number, author: string, language: string) {
  return queryOptions({
    queryKey: ['project', project, 'author-service', author, language],
    queryFn: ({ signal }) => get<AuthorService>(`${authorPath(project, author)}/service`, { signal }),
  })
}

/** The filter that leaves what this person wrote, over all accounts. */
export function writtenBy({ accounts }: AuthorCard): FilterSearch {
  const [only] = accounts
  return accounts.length === 1 && only !== undefined
    ? { author: only.id }
    : { q: accounts.map(({ id }) => `author_id:"${id.replaceAll('"', '')}"`).join(' OR ') }
}
