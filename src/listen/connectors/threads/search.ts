import { z } from 'zod'
import type { Cursor, Fetched, SourceIo } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { graphMoment, slowDownMs, type GraphKeys } from '../meta/graph.ts'
import { secondsOf } from '../moments.ts'
import { isUnderWay, printStretch, readStretch, stepDown, type LookBack } from '../stretch.ts'
import { askPage } from './ask.ts'
import { fieldsOf, mediaToPost, ThreadsMedia } from './post.ts'
import type { Wanted } from './wanted.ts'

const pageSize = 100
const hourS = 3600
const back: LookBack = { firstS: 7 * 24 * hourS, alwaysS: hourS, sweepS: 24 * hourS, sweepEveryS: 12 * hourS }
// A question with results counts against 2,200 a day of the account.
const pollAfterMs = 5 * 60_000

const Moment = z.object({ timestamp: z.string() })

/** A page of public posts, by time from the newest down to where the last reading began. */
export async function searchThreads(
  { kind, text }: Wanted,
  cursor: Cursor,
  keys: GraphKeys,
  io: SourceIo,
): Promise<Fetched> {
  const stretch = readStretch(cursor, 'stretch', io.now(), back)
  const spent = await io.spend('searches')
  if (spent.kind === 'refused') return { kind: 'rate-limited', retryAt: spent.until }
  const kept = cursor['after']
  const parameters = {
    q: text,
    search_type: 'RECENT',
    search_mode: kind === 'tag' ? 'TAG' : 'KEYWORD',
    fields: fieldsOf.search,
    limit: String(pageSize),
    since: String(stretch.from),
    ...(isUnderWay(stretch) && { until: String(stretch.before + 1) }),
    // Only within one second that has more than a page.
    ...(stretch.page > 1 && typeof kept === 'string' && kept !== '' && { after: kept }),
  }
  const asked = await askPage('keyword_search', parameters, keys, io)
  if ('trouble' in asked) return asked.trouble
  const source = kind === 'tag' ? `#${text}` : text
  const fresh = freshOf(asked.items, ThreadsMedia, (raw) => mediaToPost(raw, source, io.now()), cursor['seen'])
  const moments = secondsOf(
    asked.items.map((item) => graphMoment(Moment.safeParse(item).data?.timestamp)),
    io.now(),
  ).map((moment) => (isUnderWay(stretch) ? Math.min(moment, stretch.before) : moment))
  const isLast = asked.items.length === 0 || (asked.after === null && asked.items.length < pageSize)
  const next = stepDown(stretch, { moments, isLast }, back)
  return toldOf(fresh, {
    cursor: { ...cursor, stretch: printStretch(next), after: next.page > 1 ? (asked.after ?? '') : '' },
    more: isUnderWay(next),
    health: {
      title: `Threads: ${source}`,
      requests: 1,
      pollAfterMs: Math.max(pollAfterMs, slowDownMs(asked.headers) ?? 0),
    },
  })
}
