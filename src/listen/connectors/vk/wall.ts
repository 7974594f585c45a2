import { z } from 'zod'
import { failed, why, type Trouble } from '../answers.ts'
import { readBelow, type ReadBelow } from '../below-posts.ts'
import type { Cursor, Fetched, SourceIo } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { readWalk, stepBack } from '../walk.ts'
import { authorFields, people, readAuthors } from './authors.ts'
import { callForSource } from './call.ts'
import { readComments } from './comments.ts'
import { Comment, commentToPost, itemToPost, WallItem, type Reading } from './item.ts'
import { ownerNamed } from './names.ts'
import { idOf } from './place.ts'
import type { Asked } from './search.ts'
import type { Target } from './target.ts'

const pageSize = 100
// Somebody may delete posts between two pages, and then the next one begins further down.
const step = 90
// A new source begins with about the last 270 posts.
const firstPages = 3
// So many pages in a row may be full of what the walk has met; then VK shows the same again and again.
const mostMet = 5

const Page = z.object({ items: z.array(z.unknown()), ...people })
const Numbered = z.object({
  id: z.int().positive(),
  date: z.number(),
  is_pinned: z.number().nullish(),
  comments: z.object({ count: z.int() }).nullish().catch(null),
})

/**
 * The posts of a wall from the newest back to where the last walk ended, and what is said below them: at once where the
 * number of comments changed, and else less and less often as the post grows older.
 */
export async function readWall(
  target: Extract<Target, { kind: 'wall' }>,
  asked: Asked,
  io: SourceIo,
): Promise<Fetched> {
  const { token, cursor, url } = asked
  const found = await ownerOf(target, cursor, token, io)
  if ('trouble' in found) return found.trouble
  const { owner } = found
  const walk = readWalk(cursor)
  const parameters = { owner_id: owner, offset: walk.pages * step, count: pageSize, extended: 1, fields: authorFields }
  const got = await callForSource('wall.get', parameters, token, Page, io)
  if ('trouble' in got) return got.trouble

  const { items } = got.value
  const authors = readAuthors(got.value)
  const title = authors.get(owner)?.name ?? (typeof cursor['title'] === 'string' ? cursor['title'] : null)
  const reading: Reading = { authors, now: io.now(), source: title }
  const posts = freshOf(items, WallItem, (item) => itemToPost(item, reading), cursor['seen'])
  const listed = items.map((item) => Numbered.safeParse(item).data).filter((one) => one !== undefined)
  const counted = listed.map(({ id, date, comments }) => ({ id, postedAtS: date, comments: comments?.count ?? 0 }))
  const given = { cursor, before: posts, now: io.now() }
  const below = await readBelow(counted, given, { readPage: commentsOf(owner, reading, token, io), signal: io.signal })
  if ('trouble' in below) return below.trouble

  // A pinned post stands first however old it is.
  const numbers = listed.filter(({ is_pinned: pinned }) => pinned !== 1).map(({ id }) => id)
  const hasOlder = walk.before === 0 || numbers.some((number) => number < walk.before)
  const met = hasOlder ? 0 : (typeof cursor['met'] === 'number' ? cursor['met'] : 0) + 1
  const stepped =
    hasOlder || items.length < pageSize || met > mostMet
      ? stepBack(walk, numbers, firstPages)
      : // So much was posted meanwhile that this page is full of what the walk has met.
        { next: { ...walk, pages: walk.pages + 1 }, more: true }
  const { next, more } = below.isDone ? stepped : { next: walk, more: true }
  const told = toldOf(below.fresh, {
    cursor: { url, owner, title, met, ...below.kept, ...next },
    more,
    health: { title, requests: got.requests + found.requests + below.requests, pollAfterMs: null },
  })
  const { removed } = below
  if (told.kind === 'unchanged' && removed.length > 0)
    return { ...told, kind: 'page', items: [], more: false, problems: [], removed }
  return told.kind === 'page' ? { ...told, removed } : told
}

const Deleted = z.object({ id: z.int(), deleted: z.literal(true) })

function commentsOf(owner: number, reading: Reading, token: string, io: SourceIo): ReadBelow {
  return async (post, from) => {
    const page = await readComments({ owner, post, from: Number(from) }, token, io)
    if ('trouble' in page) {
      const { trouble } = page
      const key = 'problem' in trouble ? trouble.problem?.key : undefined
      // Comments that are closed or gone are no reason to stop reading the wall.
      const isOfPost = key === 'vk.closed' || key === 'vk.gone' || key === 'vk.blocked' || key === 'vk.refused'
      const { hint, problem } = why('vk.comments-closed')
      return isOfPost ? { closed: { item: idOf({ owner, post, comment: null }), reason: hint, problem } } : page
    }
    const isDeleted = (item: unknown): boolean => Deleted.safeParse(item).success
    const known = { ...reading, authors: new Map([...reading.authors, ...page.authors]) }
    const map = (comment: Comment) => commentToPost(comment, { owner, post }, known)
    return {
      read: (seen) =>
        freshOf(
          page.items.filter((item) => !isDeleted(item)),
          Comment,
          map,
          seen,
        ),
      removed: page.items
        .flatMap((item) => Deleted.safeParse(item).data?.id ?? [])
        .map((comment) => idOf({ owner, post, comment })),
      next: page.next === null ? null : String(page.next),
      requests: page.requests,
    }
  }
}

async function ownerOf(
  { name, owner }: { name: string; owner: number | null },
  cursor: Cursor,
  token: string,
  io: SourceIo,
): Promise<{ owner: number; requests: number } | { trouble: Trouble }> {
  if (owner !== null) return { owner, requests: 0 }
  const kept = cursor['owner']
  if (typeof kept === 'number' && Number.isSafeInteger(kept) && kept !== 0) return { owner: kept, requests: 0 }
  const asked = await ownerNamed(name, token, io)
  if ('trouble' in asked) return asked
  if (asked.owner === null) return { trouble: failed('vk.not-found', { name }) }
  return { owner: asked.owner, requests: asked.requests }
}
