import { z } from 'zod'
import { failed, type Trouble } from '../answers.ts'
import type { Cursor, Fetched, SourceIo } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { askGraph, graph, type GraphKeys } from '../meta/graph.ts'
import type { LookBack } from '../stretch.ts'
import type { OwnAccount } from './account.ts'
import { readList } from './list.ts'
import { foreignFields, Media, mediaToPost } from './post.ts'

const dayS = 86_400
export const weekMs = 7 * dayS * 1000
// Of a hashtag Meta shows one day.
const hashtagBack: LookBack = { firstS: dayS, alwaysS: 3600, sweepS: dayS, sweepEveryS: dayS }

const Hashtags = z.object({ data: z.array(z.object({ id: z.string().min(1) })) })

/** What was posted under a hashtag in the last day. */
export async function readHashtag(
  name: string,
  own: OwnAccount,
  cursor: Cursor,
  keys: GraphKeys,
  io: SourceIo,
): Promise<Fetched> {
  const found = await hashtagOf(name, own, cursor, keys, io)
  if ('trouble' in found) return found.trouble
  const list = { name: 'hashtag', fields: foreignFields, back: hashtagBack, parameters: { user_id: own.id } }
  const read = await readList(`${found.id}/recent_media`, list, cursor, keys, io)
  if ('trouble' in read) return read.trouble
  const fresh = freshOf(
    read.items,
    Media,
    (raw) => mediaToPost(raw, { source: `#${name}`, handle: null }, io.now()),
    cursor['seen'],
  )
  const place = { ...cursor, ...read.place, tag: found.id, countedAt: found.countedAt }
  return toldOf(fresh, {
    cursor: place,
    more: !read.isOver,
    health: { title: `#${name}`, requests: 1, pollAfterMs: read.pollAfterMs },
  })
}

/** The number of a hashtag, of which an account may ask for thirty different ones in seven days. */
async function hashtagOf(
  name: string,
  own: OwnAccount,
  cursor: Cursor,
  keys: GraphKeys,
  io: SourceIo,
): Promise<{ id: string; countedAt: number } | { trouble: Trouble }> {
  const { tag, countedAt } = cursor
  const now = io.now().getTime()
  const isKnown = typeof tag === 'string' && /^\d+$/.test(tag)
  if (isKnown && typeof countedAt === 'number' && countedAt <= now && now - countedAt < weekMs)
    return { id: tag, countedAt }
  const spent = await io.spend('hashtags')
  if (spent.kind === 'refused') return { trouble: { kind: 'rate-limited', retryAt: spent.until } }
  if (isKnown) return { id: tag, countedAt: now }
  const asked = await askGraph(`${graph}/ig_hashtag_search`, { user_id: own.id, q: name }, keys, Hashtags, io)
  if ('trouble' in asked) return asked
  const id = asked.value.data[0]?.id
  return id === undefined ? { trouble: failed('meta.not-found') } : { id, countedAt: now }
}
