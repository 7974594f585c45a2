import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { QueryCheck, QueryReference, Topic, TopicVersion } from '../../serve/api/shapes/topic.ts'
import type { Clause, ClausePosts, GoldenMark, Mark, QueryPreview, QueryTrial } from '../../serve/api/shapes/trial.ts'
import { get, send } from '../api/client.ts'

export function topicQuery(project: number, id: string) {
  return queryOptions({
    queryKey: ['project', project, 'topics', id],
    queryFn: ({ signal }) => get<Topic>(`/projects/${project}/topics/${encodeURIComponent(id)}`, { signal }),
  })
}

export function versionsQuery(project: number, id: number) {
  return queryOptions({
    queryKey: ['project', project, 'topics', id, 'versions'],
    queryFn: async ({ signal }) =>
      (await get<{ items: TopicVersion[] }>(`/projects/${project}/topics/${id}/versions`, { signal })).items,
  })
}

export function marksQuery(project: number, id: number) {
  return queryOptions({
    queryKey: ['project', project, 'topics', id, 'marks'],
    queryFn: async ({ signal }) =>
      (await get<{ items: GoldenMark[] }>(`/projects/${project}/topics/${id}/marks`, { signal })).items,
  })
}

export function mentionMarksQuery(project: number, mention: string) {
  return queryOptions({
    queryKey: ['project', project, 'mention', mention, 'marks'],
    queryFn: async ({ signal }) =>
      (
        await get<{ items: { topic: number; wanted: boolean; by: string | null }[] }>(
          `/projects/${project}/mentions/${encodeURIComponent(mention)}/marks`,
          { signal },
        )
      ).items,
  })
}

/** Language is part of the key: problems are worded by the server. */
export function checkQuery(project: number, text: string, language: string) {
  return queryOptions({
    queryKey: ['check', project, text, language],
    queryFn: ({ signal }) => send<QueryCheck>('POST', `/projects/${project}/query/check`, { query: text }, { signal }),
    enabled: text.trim() !== '',
    staleTime: Infinity,
  })
}

/** A query that is tried: its text, the topic it is meant for, and marks that no topic keeps yet. */
export type Tried = { text: string; topic: Topic | null; marks: readonly Mark[] }

export function previewQuery(project: number, { text, topic }: Tried, seed: number) {
  return queryOptions({
    queryKey: ['preview', project, text, topic?.id, topic?.version, seed],
    queryFn: ({ signal }) =>
      send<QueryPreview>(
        'POST',
        `/projects/${project}/query/preview`,
        { query: text, topic: topic?.id, seed },
        { signal },
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })
}

export function trialQuery(project: number, { text, topic, marks }: Tried) {
  return queryOptions({
    queryKey: ['project', project, 'topics', topic?.id ?? 'new', 'trial', text, topic?.version, marks],
    queryFn: ({ signal }) =>
      send<QueryTrial>(
        'POST',
        `/projects/${project}/query/quality`,
        { query: text, topic: topic?.id, marks },
        { signal },
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })
}

export function clausesQuery(project: number, { text, topic, marks }: Tried, path: readonly number[]) {
  return queryOptions({
    queryKey: ['project', project, 'topics', topic?.id ?? 'new', 'clauses', text, path, marks],
    queryFn: async ({ signal }) =>
      (
        await send<{ items: Clause[] }>(
          'POST',
          `/projects/${project}/query/clauses`,
          { query: text, topic: topic?.id, marks, path },
          { signal },
        )
      ).items,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })
}

export function clausePostsQuery(project: number, text: string, path: readonly number[]) {
  return queryOptions({
    queryKey: ['clause', project, text, path],
    queryFn: ({ signal }) =>
      send<ClausePosts>('POST', `/projects/${project}/query/clause`, { query: text, path }, { signal }),
    staleTime: 60_000,
    retry: false,
  })
}

export function referenceQuery(language: string) {
  return queryOptions({
    queryKey: ['reference', language],
    queryFn: ({ signal }) => get<QueryReference>('/query/reference', { signal }),
    staleTime: Infinity,
  })
}
