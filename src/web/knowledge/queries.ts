import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type {
  Article,
  ArticlePage,
  ArticleVersions,
  ExpertQuestion,
  Gaps,
  Suggestion,
} from '../../serve/api/shapes/knowledge.ts'
import { get } from '../api/client.ts'

/** The text that a reader of this language reads, for an article has the same in several. */
export function textFor({ texts }: Article, language: string): Article['texts'][number] | undefined {
  return texts.find(({ lang }) => lang === language) ?? texts[0]
}

export type ArticleFilter = { kind?: string; state?: string; overdue?: string; q?: string }

export function articlesQuery(project: number, filter: ArticleFilter) {
  return infiniteQueryOptions({
    queryKey: ['project', project, 'knowledge', 'articles', filter],
    queryFn: ({ pageParam, signal }) =>
      get<ArticlePage>(`/projects/${project}/knowledge/articles`, {
        search: { ...filter, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
}

export function articleQuery(project: number, article: number) {
  return queryOptions({
    queryKey: ['project', project, 'knowledge', 'article', article],
    queryFn: ({ signal }) => get<Article>(`/projects/${project}/knowledge/articles/${article}`, { signal }),
  })
}

export function versionsQuery(project: number, article: number, lang: string) {
  return queryOptions({
    queryKey: ['project', project, 'knowledge', 'article', article, 'versions', lang],
    queryFn: async ({ signal }) =>
      (
        await get<ArticleVersions>(`/projects/${project}/knowledge/articles/${article}/versions`, {
          search: { lang },
          signal,
        })
      ).items,
  })
}

export function suggestionsQuery(project: number, asked: { ticket?: number; mention?: string }) {
  return queryOptions({
    queryKey: ['project', project, 'knowledge', 'suggestions', asked],
    queryFn: async ({ signal }) =>
      (await get<{ items: Suggestion[] }>(`/projects/${project}/knowledge/suggestions`, { search: asked, signal }))
        .items,
  })
}

export function expertQuestionsQuery(project: number, ticket?: number) {
  return queryOptions({
    queryKey: ['project', project, 'knowledge', 'expert-questions', ticket ?? null],
    queryFn: async ({ signal }) =>
      (
        await get<{ items: ExpertQuestion[] }>(`/projects/${project}/knowledge/expert-questions`, {
          search: ticket === undefined ? {} : { ticket },
          signal,
        })
      ).items,
  })
}

export function gapsQuery(project: number, days: number) {
  return queryOptions({
    queryKey: ['project', project, 'knowledge', 'gaps', days],
    queryFn: ({ signal }) => get<Gaps>(`/projects/${project}/knowledge/gaps`, { search: { days }, signal }),
    placeholderData: keepPreviousData,
  })
}
