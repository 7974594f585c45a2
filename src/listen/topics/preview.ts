import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Mention } from '../mentions/mention.ts'
import type { Query } from '../query/query.ts'
import { burstinessOf, expectPerMonth, type Estimate } from './estimate.ts'
import { historyOf, knownDays } from './history.ts'
import { look, lookAtBoth, type Looked } from './look.ts'

const shown = 50
/** From here on the history covers the 30 days: their first post is seldom of their first minute. */
const monthDays = 29.5

export type Preview = {
  /** Up to 50 posts drawn by chance from those it finds, newest first. */
  sample: Mention[]
  found: Estimate
  /** False when `found` is projected from posts drawn by chance. */
  isExact: boolean
  /** How much history was looked through: up to 30 days, from the first post that we know. */
  days: number
  /** `counted`: the history covers the month. `projected`: from fewer days. Null when there is less than one. */
  month: (Estimate & { how: 'counted' | 'projected' }) | null
  /** What the query finds and the saved one does not, and the other way round; null when there is nothing to compare. */
  change: { added: Difference; lost: Difference } | null
}
export type Difference = { count: Estimate; isExact: boolean; sample: Mention[] }

/**
 * What a query would have brought this project in the last 30 days, from its mentions and from the archive, and what is
 * different from the saved query. `seed` draws other examples. Saves nothing.
 */
export async function previewQuery(
  clickhouse: Clickhouse,
  project: number,
  query: Query,
  { now, saved = null, seed = 0 }: { now: Date; saved?: Query | null; seed?: number },
): Promise<Preview> {
  const history = historyOf(project, now)
  const asked = { seed, show: shown }
  const isChanged = saved !== null && JSON.stringify(saved) !== JSON.stringify(query)
  const [days, both] = await Promise.all([
    knownDays(clickhouse, history, now),
    isChanged ? lookAtBoth(clickhouse, history, { query, saved }, asked) : null,
  ])
  const found = both?.found ?? (await look(clickhouse, history, { query, except: null }, asked))
  return {
    sample: newestFirst(found.sample),
    found: found.count,
    isExact: found.isExact,
    days,
    month: monthOf(found, days),
    change: both && { added: differenceOf(both.added), lost: differenceOf(both.lost) },
  }
}

function monthOf({ count, byDay }: Looked, days: number): Preview['month'] {
  if (days < 1) return null
  if (days >= monthDays) return { ...count, how: 'counted' }
  const expected = expectPerMonth(count.estimate, days, burstinessOf(byDay, days))
  // Where the count itself is uncertain, the interval is wider by that as well.
  const widened = (end: number, by: number) => (count.estimate === 0 ? end : (end * by) / count.estimate)
  return {
    how: 'projected',
    estimate: expected.estimate,
    low: widened(expected.low, count.low),
    high: widened(expected.high, count.high),
  }
}

function differenceOf({ count, isExact, sample }: Looked): Difference {
  return { count, isExact, sample: newestFirst(sample) }
}

function newestFirst(mentions: Mention[]): Mention[] {
  return mentions.toSorted((a, b) => b.postedAt.getTime() - a.postedAt.getTime())
}
