import { z } from 'zod'
import type { Cursor, Fetched, SourceIo } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { askGraph, graph, GraphPage, slowDownMs, type GraphKeys } from '../meta/graph.ts'
import { isUnderWay, printStretch, readStretch, stepDown } from '../stretch.ts'
import type { OwnAccount } from './account.ts'
import { back, momentsOf } from './list.ts'
import { foreignFields, Media, mediaToPost } from './post.ts'

const Discovered = z.object({
  business_discovery: z.object({
    username: z.string(),
    followers_count: z.int().nonnegative().nullish(),
    media: GraphPage.nullish(),
  }),
})

/** What another professional account posted; its comments are not shown to us. */
export async function readForeign(
  name: string,
  own: OwnAccount,
  cursor: Cursor,
  keys: GraphKeys,
  io: SourceIo,
): Promise<Fetched> {
  const stretch = readStretch(cursor, 'media', io.now(), back)
  const kept = cursor['after']
  const after = isUnderWay(stretch) && typeof kept === 'string' && /^[\w=-]+$/.test(kept) ? `.after(${kept})` : ''
  const fields = `business_discovery.username(${name}){username,followers_count,media${after}.limit(50){${foreignFields}}}`
  const asked = await askGraph(`${graph}/${own.id}`, { fields }, keys, Discovered, io)
  if ('trouble' in asked) return asked.trouble
  const { followers_count: followers, media } = asked.value.business_discovery
  const items = media?.data ?? []
  // Here the mark of the next page comes without its address.
  const following = media?.paging?.cursors?.after ?? null
  const known = { source: `@${name}`, handle: name, followers: followers ?? null }
  const fresh = freshOf(items, Media, (raw) => mediaToPost(raw, known, io.now()), cursor['seen'])
  const next = stepDown(
    stretch,
    { moments: momentsOf(items, io.now()), isLast: following === null || items.length === 0 },
    back,
  )
  const place = { ...cursor, media: printStretch(next), after: isUnderWay(next) ? (following ?? '') : '' }
  const health = { title: `@${name}`, requests: 1, pollAfterMs: slowDownMs(asked.content.headers) }
  return toldOf(fresh, { cursor: place, more: isUnderWay(next), health })
}
