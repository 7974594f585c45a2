import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { HelpPosts, HelpState, SimilarTopic } from '../../serve/api/shapes/help.ts'
import { get } from '../api/client.ts'

export function helpQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'help', 'page'],
    queryFn: ({ signal }) => get<HelpState>(`/projects/${project}/help`, { signal }),
  })
}

export function helpPostsQuery(project: number, state: string) {
  return infiniteQueryOptions({
    queryKey: ['project', project, 'help', 'posts', state],
    queryFn: ({ pageParam, signal }) =>
      get<HelpPosts>(`/projects/${project}/help/posts`, {
        search: { state, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
}

export function similarTopicsQuery(project: number, post: number) {
  return queryOptions({
    queryKey: ['project', project, 'help', 'similar', post],
    queryFn: async ({ signal }) =>
      (await get<{ items: SimilarTopic[] }>(`/projects/${project}/help/posts/${post}/similar`, { signal })).items,
  })
}
