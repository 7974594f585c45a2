import { moment, type Clickhouse, type SqlParams } from '../../base/clickhouse/clickhouse.ts'
import { matches, pages, type Condition } from '../mentions/filter.ts'
import { fromRow, mentionColumns, type Mention, type MentionRow } from '../mentions/mention.ts'
import type { Query } from '../query/query.ts'
import { compileSql } from '../query/sql.ts'

const dayMs = 86_400_000
const historyDays = 30
const shown = 20

export type Preview = {
  /** The newest posts that match. */
  latest: Mention[]
  found: number
  /** How much history was looked through: up to 30 days, from the first post that we know. */
  days: number
  expectedPerMonth: { low: number; high: number; estimate: number } | null
}

/** What a query would have brought this project lately, from its mentions and from the archive. Saves nothing. */
export async function previewQuery(clickhouse: Clickhouse, project: number, query: Query, now: Date): Promise<Preview> {
  const compiled = compileSql(query)
  const params = {
    ...compiled.params,
    p_project: project,
    p_from: moment(new Date(now.getTime() - historyDays * dayMs)),
    p_to: moment(now),
  }
  const history = `project_id in (0, {p_project:UInt32}) and posted_at > {p_from:DateTime64(3)} and posted_at <= {p_to:DateTime64(3)}`
  const condition = { where: `${history} and (${compiled.where})`, params }
  const [days, { latest, found }] = await Promise.all([
    knownDays(clickhouse, { where: history, params }, now),
    compiled.exact ? findBySql(clickhouse, condition) : findByMatcher(clickhouse, condition, query),
  ])
  return {
    latest: latest.map((row) => fromRow(row)),
    found,
    days,
    expectedPerMonth: days < 1 ? null : expectPerMonth(found, days),
  }
}

type Found = { latest: MentionRow[]; found: number }

async function findBySql(clickhouse: Clickhouse, { where, params }: Condition): Promise<Found> {
  const newest = (table: string) =>
    clickhouse.rows<MentionRow>(
      `select ${mentionColumns} from ${table} final where ${where} order by posted_at desc, id desc limit ${shown}`,
      params,
    )
  const [mentions, archived, counted] = await Promise.all([
    newest('mention'),
    newest('archive'),
    clickhouse.row<{ found: number }>(
      `select uniqExact(id) as found
       from (select id from mention final where ${where} union all select id from archive final where ${where})`,
      params,
    ),
  ])
  return { latest: newestOf([...mentions, ...archived]), found: counted?.found ?? 0 }
}

/** Where SQL only narrows, the matcher has the last word on each post. */
async function findByMatcher(clickhouse: Clickhouse, condition: Condition, query: Query): Promise<Found> {
  const ids = new Set<string>()
  let latest: MentionRow[] = []
  for (const table of ['mention', 'archive'] as const) {
    for await (const rows of pages(clickhouse, table, condition)) {
      const found = rows.filter((row) => matches(query, row))
      for (const { id } of found) ids.add(id)
      latest = newestOf([...latest, ...found])
    }
  }
  return { latest, found: ids.size }
}

/** A post may be a mention and lie in the archive for another project. */
function newestOf(rows: MentionRow[]): MentionRow[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return [...byId.values()]
    .toSorted((a, b) => (a.posted_at < b.posted_at ? 1 : a.posted_at > b.posted_at ? -1 : 0))
    .slice(0, shown)
}

async function knownDays(
  clickhouse: Clickhouse,
  { where, params }: { where: string; params: SqlParams },
  now: Date,
): Promise<number> {
  const row = await clickhouse.row<{ first: number; posts: number }>(
    `select toUnixTimestamp64Milli(min(posted_at)) as first, count() as posts
     from (select posted_at from mention where ${where} union all select posted_at from archive where ${where})`,
    params,
  )
  return row && row.posts > 0 ? (now.getTime() - row.first) / dayMs : 0
}

/** found ÷ days × 30, between the ends of the 95 % Poisson interval (Byar's approximation). */
export function expectPerMonth(found: number, days: number): { low: number; high: number; estimate: number } {
  const perMonth = 30 / days
  const end = (count: number, sign: 1 | -1) =>
    count * (1 - 1 / (9 * count) + (sign * 1.96) / (3 * Math.sqrt(count))) ** 3
  return {
    low: found === 0 ? 0 : Math.max(0, end(found, -1)) * perMonth,
    high: end(found + 1, 1) * perMonth,
    estimate: found * perMonth,
  }
}
