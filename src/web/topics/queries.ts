import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { QueryCheck, QueryPreview, QueryReference, Topic } from '../../serve/api/shapes/topic.ts'
import { get, send } from '../api/client.ts'

export function topicQuery(project: number, id: string) {
  return queryOptions({
    queryKey: ['project', project, 'topics', id],
    queryFn: ({ signal }) => get<Topic>(`/projects/${project}/topics/${encodeURIComponent(id)}`, { signal }),
  })
}

export type Version = { version: number; query: string; name: string; at: string; by: string | null }

export function versionsQuery(project: number, id: number) {
  return queryOptions({
    queryKey: ['project', project, 'topics', id, 'versions'],
    queryFn: async ({ signal }) =>
      (await get<{ items: Version[] }>(`/projects/${project}/topics/${id}/versions`, { signal })).items,
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

export function previewQuery(project: number, text: string, language: string) {
  return queryOptions({
    queryKey: ['preview', project, text, language],
    queryFn: ({ signal }) =>
      send<QueryPreview>('POST', `/projects/${project}/query/preview`, { query: text }, { signal }),
    enabled: text.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}

export function referenceQuery(language: string) {
  return queryOptions({
    queryKey: ['reference', language],
    queryFn: ({ signal }) => get<QueryReference>('/query/reference', { signal }),
    staleTime: Infinity,
  })
}
