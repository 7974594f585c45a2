import {
  type InfiniteData,
  infiniteQueryOptions,
  type Query,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query'
import type { SaidOfMention } from '../../serve/api/shapes/category.ts'
import type {
  Engagement,
  Mention,
  MentionChange,
  MentionDetail,
  MentionFilter,
  MentionPage,
} from '../../serve/api/shapes/mention.ts'
import type { Explanation } from '../../serve/api/shapes/topic.ts'
import { get, send } from '../api/client.ts'
import type { Order } from './address.ts'

const pageSize = 100

/** The list stays as it was asked for until the person takes the new ones in: nothing jumps under the hand. */
export function mentionsQuery(project: number, filter: MentionFilter, order: Order) {
  return infiniteQueryOptions({
    queryKey: ['project', project, 'mentions', filter, order],
    queryFn: ({ pageParam, signal }) =>
      get<MentionPage>(`/projects/${project}/mentions`, {
        search: { ...filter, order, limit: pageSize, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: Infinity,
  })
}

export function sinceQuery(project: number, filter: MentionFilter, after: string | null) {
  return queryOptions({
    queryKey: ['project', project, 'since', filter, after],
    queryFn: async ({ signal }) =>
      (
        await get<{ count: number }>(`/projects/${project}/mentions/since`, {
          search: { ...filter, after: after ?? '' },
          signal,
        })
      ).count,
    enabled: after !== null,
  })
}

export function mentionQuery(project: number, id: string) {
  return queryOptions({
    queryKey: ['project', project, 'mention', id],
    queryFn: ({ signal }) => get<MentionDetail>(`/projects/${project}/mentions/${encodeURIComponent(id)}`, { signal }),
  })
}

/** What became of it at its platform; there for a while after it was deleted there. */
export function engagementQuery(project: number, id: string) {
  return queryOptions({
    queryKey: ['project', project, 'mention', id, 'engagement'],
    queryFn: ({ signal }) =>
      get<Engagement>(`/projects/${project}/mentions/${encodeURIComponent(id)}/engagement`, { signal }),
  })
}

/** What people said of its categories; whatever else it has was learnt. */
export function saidQuery(project: number, mention: string) {
  return queryOptions({
    queryKey: ['project', project, 'mention', mention, 'categories'],
    queryFn: async ({ signal }) =>
      (
        await get<{ items: SaidOfMention[] }>(
          `/projects/${project}/mentions/${encodeURIComponent(mention)}/categories`,
          { signal },
        )
      ).items,
  })
}

/** Language is part of the key: the server says the words. */
export function explanationQuery(project: number, asked: { mention: string; query: string }, language: string) {
  return queryOptions({
    queryKey: ['project', project, 'mention', asked.mention, 'explanation', asked.query, language],
    queryFn: ({ signal }) => send<Explanation>('POST', `/projects/${project}/query/explain`, asked, { signal }),
  })
}

export type Change = Omit<MentionChange, 'ids'>

/** Where what a person does to mentions waits for its turn. */
export const mentionsLine = (project: number) => `mentions of ${project}`

/** Writes a change into everything that is already on the screen. */
export function changeShown(
  client: QueryClient,
  project: number,
  ids: readonly string[],
  changed: (mention: Mention) => Mention,
): void {
  const wanted = new Set(ids)
  const cache = client.getQueryCache()
  for (const list of cache.findAll({ queryKey: ['project', project, 'mentions'] })) {
    changeNowAndThen(list, () =>
      client.setQueryData<InfiniteData<MentionPage>>(list.queryKey, (data) => data && inPages(data, wanted, changed)),
    )
  }
  for (const id of wanted) {
    const { queryKey } = mentionQuery(project, id)
    const detail = cache.find({ queryKey })
    if (detail === undefined) continue
    changeNowAndThen(detail, () =>
      client.setQueryData(queryKey, (data) => data && { ...data, mention: changed(data.mention) }),
    )
  }
}

/** What is on its way comes as it was when it was asked for, and would undo the change on the screen. */
function changeNowAndThen({ state, promise }: Query, change: () => void): void {
  change()
  if (state.fetchStatus === 'fetching') void promise?.then(change, () => undefined)
}

function inPages(
  data: InfiniteData<MentionPage>,
  wanted: ReadonlySet<string>,
  changed: (mention: Mention) => Mention,
): InfiniteData<MentionPage> {
  const pages = data.pages.map((page) =>
    page.items.some(({ id }) => wanted.has(id))
      ? { ...page, items: page.items.map((mention) => (wanted.has(mention.id) ? changed(mention) : mention)) }
      : page,
  )
  return { ...data, pages }
}

export function applyTo(mention: Mention, { addTags = [], removeTags = [], read, important }: Change): Mention {
  return {
    ...mention,
    tags: [...new Set([...mention.tags, ...addTags])].filter((tag) => !removeTags.includes(tag)),
    read: read ?? mention.read,
    important: important ?? mention.important,
  }
}
