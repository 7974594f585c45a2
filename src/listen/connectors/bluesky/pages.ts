import { z } from 'zod'
import { failed } from '../answers.ts'
import type { Cursor, Fetched, SourceIo, SourceToRead } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import type { BlueskyConfig } from './bluesky.ts'
import { readXrpc } from './read.ts'
import { readTarget, type Target } from './target.ts'
import { feedToPost, FeedView, momentOf, PostView, viewToPost } from './view.ts'

const pageSize = 100
// The network shows some posts late; what comes twice is known by its marks.
const overlapMs = 15 * 60_000
// The past has no end.
const firstPages = 3

const Page = z.object({
  cursor: z.string().nullish(),
  feed: z.array(z.unknown()).optional(),
  posts: z.array(z.unknown()).optional(),
})

/**
 * One page of an account or of a search, newest first. A first reading takes some pages; later ones go back, over several
 * checks if need be, until they meet what was there before.
 */
export async function readPages(source: SourceToRead<BlueskyConfig>, io: SourceIo): Promise<Fetched> {
  const target = readTarget(source.config.url)
  if (target === null || target.kind === 'network') return failed('bluesky.url')
  const walk = readWalk(source.cursor, target)
  const read = await readXrpc(questionOf(target, walk), Page, source, io)
  if ('trouble' in read) return read.trouble

  const { feed, posts, cursor: page } = read.value
  const now = io.now()
  const items = feed ?? posts ?? []
  const fresh = feed
    ? freshOf(items, FeedView, (view) => ({ post: feedToPost(view, now), problems: [] }), source.cursor?.['seen'])
    : freshOf(items, PostView, (view) => ({ post: viewToPost(view, now), problems: [] }), source.cursor?.['seen'])
  const moments = items.map((item) => shownAt(item, now)).filter((at) => at !== null)
  const top = moments.reduce((a, b) => Math.max(a, b), walk.top)
  const lowest = moments.reduce((a, b) => Math.min(a, b), Infinity)
  const isOver =
    !page || items.length === 0 || (walk.newest > 0 ? lowest <= walk.newest - overlapMs : walk.pages + 1 >= firstPages)
  return toldOf(fresh, {
    cursor: isOver
      ? { url: target.url, newest: Math.max(top, walk.newest) }
      : { url: target.url, newest: walk.newest, top, page, pages: walk.pages + 1 },
    more: !isOver,
    health: { title: target.title, requests: read.requests, pollAfterMs: null },
  })
}

/** In milliseconds since 1970: `newest` is what a finished walk has reached, `top` where the walk under way began. */
type Walk = { newest: number; top: number; page: string | null; pages: number }

function readWalk(cursor: Cursor | null, target: Target): Walk {
  const { url, newest, top, page, pages } = cursor?.['url'] === target.url ? cursor : ({} as Cursor)
  const number = (value: unknown) => (typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0)
  if (url === undefined) return { newest: 0, top: 0, page: null, pages: 0 }
  return {
    newest: number(newest),
    top: number(top),
    page: typeof page === 'string' ? page : null,
    pages: number(pages),
  }
}

function questionOf(target: Exclude<Target, { kind: 'network' }>, { page }: Walk) {
  const params = { limit: pageSize, ...(page !== null && { cursor: page }) }
  return target.kind === 'account'
    ? {
        method: 'app.bsky.feed.getAuthorFeed',
        params: { ...params, actor: target.actor, filter: 'posts_with_replies' },
      }
    : { method: 'app.bsky.feed.searchPosts', params: { ...params, q: target.query, sort: 'latest' } }
}

const Shown = z.object({
  indexedAt: z.string().nullish(),
  reason: z.object({ indexedAt: z.string().nullish() }).nullish().catch(null),
  post: z.object({ indexedAt: z.string() }).nullish().catch(null),
})

/** The moment by which the network has sorted a line. */
function shownAt(item: unknown, now: Date): number | null {
  const { reason, post, indexedAt } = Shown.safeParse(item).data ?? {}
  const written = reason?.indexedAt ?? post?.indexedAt ?? indexedAt
  return written == null ? null : momentOf(written, now).getTime()
}
