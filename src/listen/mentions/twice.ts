import type { Clickhouse, SqlParams } from '../../base/clickhouse/clickhouse.ts'

/**
 * How many rows more than mentions a condition selects: one that two processes saved at the same moment stands in the table
 * twice until the engine joins the two. Cheap, because equal mentions have equal times, and few times are in several parts.
 */
export async function countTwice(clickhouse: Clickhouse, where: string, params: SqlParams): Promise<number> {
  const shared = await findSharedTimes(clickhouse)
  if (shared.length === 0) return 0
  const at = (seconds: number) => `toDateTime64(${seconds}, 3, 'UTC')`
  const times = shared.map(([from, to]) => `posted_at >= ${at(from)} and posted_at < ${at(to)}`)
  const row = await clickhouse.row<{ twice: number }>(
    `select count() - uniqExact(id) as twice from mention where ${where} and (${times.join(' or ')})`,
    params,
  )
  return row?.twice ?? 0
}

/**
 * The times, in seconds, of which several parts of the table have mentions. Equal mentions have equal times, and the engine
 * joins those within a part.
 */
async function findSharedTimes(clickhouse: Clickhouse): Promise<[from: number, to: number][]> {
  const parts = await clickhouse.rows<{ from: number; to: number }>(
    `select toUnixTimestamp(min_time) as from, toUnixTimestamp(max_time) + 1 as to
     from system.parts
     where active and database = currentDatabase() and table = 'mention' and partition_id not like 'patch-%'
     order by from`,
  )
  const shared: [number, number][] = []
  let until = -Infinity
  for (const { from, to } of parts) {
    const end = Math.min(to, until)
    const last = shared.at(-1)
    if (from < end && last && from <= last[1]) last[1] = Math.max(last[1], end)
    else if (from < end) shared.push([from, end])
    until = Math.max(until, to)
  }
  return shared
}
