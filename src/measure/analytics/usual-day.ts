import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { moment } from '../../base/clickhouse/moment.ts'

const hourMs = 3_600_000
const dayHours = 24
/** A week is the least that shows a habit; four weeks even out what one of them brought. */
const fewestDays = 7
const mostDays = 28

export type Hour = { at: Date; count: number; usualLow: number | null; usualHigh: number | null }

/**
 * The last day of a project beside its usual day. Hours are counted back from now, so the newest is as full as the
 * others and an hour is compared with the same one 1 to 28 days before.
 */
export type LastDay = {
  /** The last 24 hours, oldest first; the band is the 10th to 90th percentile, null when fewer than 7 days are known. */
  hours: Hour[]
  total: number
  /** Median of the earlier days; null when fewer than 7 are known. */
  usual: number | null
  lastMentionAt: Date | null
}

/** Of all these projects in one go; a project without mentions has an empty day. */
export async function lastDays(clickhouse: Clickhouse, projects: number[], now: Date): Promise<Map<number, LastDay>> {
  const params = {
    projects,
    now: moment(now),
    from: moment(new Date(now.getTime() - (mostDays + 1) * dayHours * hourMs)),
  }
  const [counted, newest] = await Promise.all([
    clickhouse.rows<Counted>(
      `select project_id as project, intDiv(toInt64(dateDiff('millisecond', posted_at, {now:DateTime64(3)})), ${hourMs}) as ago,
         count() as count
       from mention final
       where project_id in {projects:Array(UInt32)} and posted_at > {from:DateTime64(3)} and posted_at <= {now:DateTime64(3)}
       group by project, ago`,
      params,
    ),
    clickhouse.rows<{ project: number; at: number }>(
      `select project_id as project, toUnixTimestamp64Milli(max(posted_at)) as at
       from mention
       where project_id in {projects:Array(UInt32)}
       group by project`,
      params,
    ),
  ])
  const lastAt = new Map(newest.map((row) => [row.project, new Date(row.at)]))
  return new Map(
    projects.map((id) => [
      id,
      dayOf(
        counted.filter((row) => row.project === id),
        lastAt.get(id) ?? null,
        now,
      ),
    ]),
  )
}

type Counted = { project: number; ago: number; count: number }

function dayOf(rows: Counted[], lastMentionAt: Date | null, now: Date): LastDay {
  const byAgo = new Map(rows.map((row) => [row.ago, row]))
  const count = (ago: number) => byAgo.get(ago)?.count ?? 0
  // Days before the first mention are unknown, not empty.
  const days = Math.min(mostDays, Math.floor(Math.max(-1, ...byAgo.keys()) / dayHours))
  const earlier = days < fewestDays ? [] : Array.from({ length: days }, (_, day) => day + 1)
  const recent = Array.from({ length: dayHours }, (_, ago) => ago)
  const sum = (counts: number[]) => counts.reduce((total, one) => total + one, 0)
  return {
    hours: recent.toReversed().map((ago) => {
      const usual = earlier.map((day) => count(ago + day * dayHours))
      return {
        at: new Date(now.getTime() - (ago + 1) * hourMs),
        count: count(ago),
        usualLow: quantile(usual, 0.1),
        usualHigh: quantile(usual, 0.9),
      }
    }),
    total: sum(recent.map(count)),
    usual: quantile(
      earlier.map((day) => sum(recent.map((ago) => count(ago + day * dayHours)))),
      0.5,
    ),
    lastMentionAt,
  }
}

/** Between two values it goes straight from the one to the other; null of nothing. */
function quantile(values: number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const low = sorted[Math.floor(place)]
  const high = sorted[Math.ceil(place)]
  return low === undefined || high === undefined ? null : low + (high - low) * (place - Math.floor(place))
}
