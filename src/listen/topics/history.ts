import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import type { Condition } from '../mentions/filter.ts'
import { mentionColumns, type MentionRow } from '../mentions/mention.ts'

const dayMs = 86_400_000
const historyDays = 30
const tables = ['mention', 'archive'] as const

/** The last 30 days of what a project's queries can find: its mentions, and the archive that belongs to nobody. */
export type History = Condition

export function historyOf(project: number, now: Date): History {
  return {
    where: `project_id in (0, {h_project:UInt32}) and posted_at > {h_from:DateTime64(3)} and posted_at <= {h_to:DateTime64(3)}`,
    params: {
      h_project: project,
      h_from: moment(new Date(now.getTime() - historyDays * dayMs)),
      h_to: moment(now),
    },
  }
}

export function narrowed(history: History, condition: Condition): History {
  return {
    where: `${history.where} and (${condition.where})`,
    params: { ...history.params, ...condition.params },
  }
}

/** How many days of the 30 are known, from the first post on; 0 when there is none. */
export async function knownDays(clickhouse: Clickhouse, history: History, now: Date): Promise<number> {
  const row = await clickhouse.row<{ first: number; posts: number }>(
    `select toUnixTimestamp64Milli(min(posted_at)) as first, count() as posts
     from (${inEach(({ table }) => `select posted_at from ${table} where ${history.where}`)})`,
    history.params,
  )
  return row && row.posts > 0 ? (now.getTime() - row.first) / dayMs : 0
}

/** Posts on each day (of UTC) that has some. A post may be a mention and lie in the archive for others; it counts once. */
export async function countByDay(clickhouse: Clickhouse, history: History): Promise<number[]> {
  const days = await clickhouse.rows<{ posts: number }>(
    `select toDate(posted_at) as day, uniqExact(id) as posts
     from (${inEach(({ table }) => `select id, posted_at from ${table} where ${history.where}`)})
     group by day`,
    history.params,
  )
  return days.map(({ posts }) => posts)
}

/** Where a post is: `place` 0 among the mentions of the project, 1 in the archive. */
export type Key = { id: string; at: string; place: number }

/**
 * Up to `most` posts drawn by chance, each once. The same seed draws the same posts in the same order, and a narrower
 * condition draws in that order too, so that a sample changes no more than the query does.
 */
export async function drawKeys(
  clickhouse: Clickhouse,
  history: History,
  { seed, most }: { seed: number; most: number },
): Promise<Key[]> {
  return clickhouse.rows<Key>(
    `select id, any(posted_at) as at, min(place) as place
     from (${inEach(({ table, place }) => `select id, posted_at, ${place} as place from ${table} where ${history.where}`)})
     group by id
     order by cityHash64(id, {d_seed:UInt32}), id
     limit {d_most:UInt32}`,
    { ...history.params, d_seed: seed, d_most: most },
  )
}

// Small enough that reading and asking the matcher about a page holds nobody up.
const pageSize = 500

/** The posts of the keys in their order, page by page: the mention of the project where it has one, else the archive's. */
export async function* readKeys(clickhouse: Clickhouse, history: History, keys: Key[]): AsyncGenerator<MentionRow[]> {
  for (let from = 0; from < keys.length; from += pageSize) {
    const page = keys.slice(from, from + pageSize)
    const rows = await Promise.all(tables.map((table, place) => readFrom(clickhouse, history, table, page, place)))
    const byId = new Map(rows.flat().map((row) => [row.id, row]))
    yield page.flatMap(({ id }) => byId.get(id) ?? [])
  }
}

async function readFrom(
  clickhouse: Clickhouse,
  { params }: History,
  table: string,
  keys: Key[],
  place: number,
): Promise<MentionRow[]> {
  const wanted = keys.filter((key) => key.place === place)
  if (wanted.length === 0) return []
  return clickhouse.rows<MentionRow>(
    `select ${mentionColumns}
     from ${table} final
     where project_id in (0, {h_project:UInt32})
       and (posted_at, id) in (select arrayJoin(arrayZip({k_at:Array(DateTime64(3, 'UTC'))}, {k_id:Array(String)})))`,
    { h_project: params['h_project'], k_at: wanted.map(({ at }) => at), k_id: wanted.map(({ id }) => id) },
  )
}

function inEach(select: (from: { table: string; place: number }) => string): string {
  return tables.map((table, place) => select({ table, place })).join(' union all ')
}
