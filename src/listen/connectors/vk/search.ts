import { z } from 'zod'
import type { Cursor, Fetched, SourceIo } from '../connector.ts'
import { freshOf, toldOf, type Fresh } from '../fresh.ts'
import { isUnderWay, printStretch, readStretch, stepDown, type LookBack } from '../stretch.ts'
import { authorFields, people, readAuthors } from './authors.ts'
import { callForSource } from './call.ts'
import { itemToPost, WallItem } from './item.ts'
import { namesOf } from './names.ts'

const pageSize = { search: 200, mentions: 50 }
// The index is behind by minutes, now and then by hours.
const back: LookBack = { firstS: 86_400, alwaysS: 900, sweepS: 6 * 3600, sweepEveryS: 6 * 3600 }

const Found = z.object({ items: z.array(z.unknown()), next_from: z.string().nullish().catch(null), ...people })

export type Asked = { token: string; cursor: Cursor; url: string }

/**
 * Public posts and comments with some words. Every page is asked for by time, down to where the last reading began, so
 * neither a page's end nor the thousand results that a search shows at most lose anything; within one second VK's own
 * mark of the next page leads on.
 */
export async function readSearch(words: string, { token, cursor, url }: Asked, io: SourceIo): Promise<Fetched> {
  const stretch = readStretch(cursor, 'stretch', io.now(), back)
  const next = stretch.page > 1 && typeof cursor['next'] === 'string' ? cursor['next'] : undefined
  const asked = await callForSource(
    'newsfeed.search',
    {
      q: words,
      extended: 1,
      count: pageSize.search,
      start_time: stretch.from,
      // Whether the end belongs to it VK does not say; what comes twice is known by its mark.
      end_time: isUnderWay(stretch) ? stretch.before + 1 : undefined,
      start_from: next,
      fields: authorFields,
    },
    token,
    Found,
    io,
  )
  if ('trouble' in asked) return asked.trouble
  const { items, next_from: following } = asked.value
  const reading = { authors: readAuthors(asked.value), now: io.now(), source: null }
  const fresh = freshOf(items, WallItem, (item) => itemToPost(item, reading), cursor['seen'])
  const isLast = items.length === 0 || following == null || following === ''
  const stepped = stepDown(stretch, { moments: momentsOf(items, stretch.before), isLast }, back)
  return told(fresh, {
    cursor: { url, stretch: printStretch(stepped), next: stepped.page > 1 ? (following ?? null) : null },
    more: isUnderWay(stepped),
    title: `«${words}»`,
    requests: asked.requests,
  })
}

const Mentioned = z.object({ items: z.array(z.unknown()), ...people })

/** Posts and comments that name an account or a community with its link; VK shows them to that account only. */
export async function readMentions(
  owner: number | null,
  { token, cursor, url }: Asked,
  io: SourceIo,
): Promise<Fetched> {
  const stretch = readStretch(cursor, 'stretch', io.now(), back)
  const asked = await callForSource(
    'newsfeed.getMentions',
    {
      owner_id: owner ?? undefined,
      start_time: stretch.from,
      end_time: isUnderWay(stretch) ? stretch.before + 1 : undefined,
      offset: (stretch.page - 1) * pageSize.mentions,
      count: pageSize.mentions,
    },
    token,
    Mentioned,
    io,
  )
  if ('trouble' in asked) return asked.trouble
  const { items } = asked.value
  const known = readAuthors(asked.value)
  const { authors, requests } = await namesOf(authorsIn(items), known, token, io)
  const reading = { authors, now: io.now(), source: null }
  const fresh = freshOf(items, WallItem, (item) => itemToPost(item, reading), cursor['seen'])
  const stepped = stepDown(
    stretch,
    { moments: momentsOf(items, stretch.before), isLast: items.length < pageSize.mentions },
    back,
  )
  return told(fresh, {
    cursor: { url, stretch: printStretch(stepped) },
    more: isUnderWay(stepped),
    title: null,
    requests: asked.requests + requests,
  })
}

function told(fresh: Fresh, read: { cursor: Cursor; more: boolean; title: string | null; requests: number }): Fetched {
  const { cursor, more, title, requests } = read
  return toldOf(fresh, { cursor, more, health: { title, requests, pollAfterMs: null } })
}

const Dated = z.object({ date: z.number() })

/** A page may be full of the second after the one it was to begin with; then it counts as one of that, and the next follows. */
function momentsOf(items: unknown[], before: number): number[] {
  const most = before > 0 ? before : Infinity
  return items.map((item) => Math.min(Dated.safeParse(item).data?.date ?? Number.NaN, most))
}

function authorsIn(items: unknown[]): number[] {
  return items.flatMap((item) => {
    const { data } = WallItem.safeParse(item)
    return data === undefined ? [] : [data.from_id ?? data.owner_id, data.owner_id]
  })
}
