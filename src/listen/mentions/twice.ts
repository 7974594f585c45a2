import type { Clickhouse, SqlParams } from '../../base/clickhouse/clickhouse.ts'
import type { Condition } from './filter.ts'
import { listParts, type Part } from './parts.ts'

/**
 * How many rows more than mentions a condition selects, as an aggregate over `mention`: one that two processes saved at the
 * same moment stands in the table twice until the engine joins the two. Never too few; 0 is exact. Only times of which
 * several parts have mentions are looked at, because equal mentions have equal times and the engine joins those within a part.
 */
export function twiceByKey(parts: Part[]): string {
  const times = sharedTimes(parts)
  return times === null ? 'toUInt64(0)' : `countIf(${times}) - uniqExactIf(id_key, ${times})`
}

/** The same exactly; asked where `twiceByKey` is not 0, which two ids of one key can make it, too. */
export async function countTwice(clickhouse: Clickhouse, where: string, params: SqlParams): Promise<number> {
  const row = await clickhouse.row<{ twice: number }>(
    `select count() - uniqExact(id) as twice from mention where ${where}`,
    params,
  )
  return row?.twice ?? 0
}

/** Whether counting rows of the condition may count a mention twice. */
export async function hasTwice(clickhouse: Clickhouse, condition: Condition): Promise<boolean> {
  const times = sharedTimes(await listParts(clickhouse))
  if (times === null) return false
  const [row] = await clickhouse.shared<{ twice: number }>(
    `select count() - uniqExact(id_key) as twice from mention where ${condition.scan ?? condition.where} and (${times})`,
    condition.params,
  )
  return row !== undefined && row.twice !== 0
}

/** SQL that holds at the times of which several parts have mentions; null when there are none. */
function sharedTimes(parts: Part[]): string | null {
  const shared: [from: number, to: number][] = []
  let until = -Infinity
  for (const { from, to } of parts) {
    const end = Math.min(to, until)
    const last = shared.at(-1)
    if (from < end && last && from <= last[1]) last[1] = Math.max(last[1], end)
    else if (from < end) shared.push([from, end])
    until = Math.max(until, to)
  }
  const at = (seconds: number) => `toDateTime64(${seconds}, 3, 'UTC')`
  const times = shared.map(([from, to]) => `posted_at >= ${at(from)} and posted_at < ${at(to)}`)
  return times.length === 0 ? null : times.join(' or ')
}
