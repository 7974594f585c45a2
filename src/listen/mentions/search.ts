import type { Clickhouse, SqlParams } from '../../base/clickhouse/clickhouse.ts'
import { UserError } from '../../base/errors.ts'
import type { Condition } from './filter.ts'
import { newestSavedAt } from './newest.ts'
import { countTwice } from './twice.ts'
import { fromRow, mentionColumns, type Mention, type MentionRow } from './mention.ts'

export const orders = {
  newest: { key: 'posted_at', direction: 'desc' },
  oldest: { key: 'posted_at', direction: 'asc' },
  followers: { key: 'toInt64(ifNull(author_followers, 0))', direction: 'desc' },
  engagement: { key: 'toInt64(ifNull(likes, 0) + ifNull(shares, 0) + ifNull(comments, 0))', direction: 'desc' },
} as const
export type Order = keyof typeof orders

export type Page = { items: Mention[]; next: string | null; total: number; newest: string | null }

/**
 * One page of a condition's mentions with the exact number of all. `cursor` is the `next` of the page before;
 * pages follow a key, so mentions that arrive meanwhile neither shift nor repeat a row.
 */
export async function searchMentions(
  clickhouse: Clickhouse,
  condition: Condition,
  options: { order: Order; limit: number; cursor: string | null },
): Promise<Page> {
  const { keys, counted } = await (condition.positional ? findAtOnce : findApart)(clickhouse, condition, options)
  const items = await readPage(clickhouse, condition, keys)
  const full = items.length > options.limit
  if (full) items.pop()
  const last = items.at(-1)
  return {
    items: items.map((item) => fromRow(item)),
    next: full && last ? writeCursor([last.sort_key, last.id]) : null,
    total: counted.total,
    newest: counted.total === 0 ? null : String(counted.newest),
  }
}

/** How many mentions of the condition came in after `after`, the `newest` of an earlier answer. */
export async function countSince(clickhouse: Clickhouse, condition: Condition, after: string): Promise<number> {
  const row = await clickhouse.row<{ added: number }>(
    `select uniqExact(id) as added from mention where ${condition.where} and toUnixTimestamp64Milli(saved_at) > {after_ms:Int64}`,
    { ...condition.params, after_ms: Number(after) || 0 },
  )
  return row?.added ?? 0
}

type Key = { sort_key: number; posted_at: string; id: string }
type Keyed = MentionRow & { sort_key: number }

type Asked = { order: Order; limit: number; cursor: string | null }
type Counted = { total: number; newest: number }
type Found = { keys: Key[]; counted: Counted }

/** The keys are read until the page is full, and counting needs nothing but the index. */
async function findApart(clickhouse: Clickhouse, condition: Condition, asked: Asked): Promise<Found> {
  const [keys, counted] = await Promise.all([listKeys(clickhouse, condition, asked), count(clickhouse, condition)])
  return { keys, counted }
}

/** Where it takes longest to tell which mentions they are, their keys and their number come from one look. */
async function findAtOnce(clickhouse: Clickhouse, condition: Condition, asked: Asked): Promise<Found> {
  const where = condition.scan ?? condition.where
  let total: number | null = null
  const keys = await listKeys(clickhouse, condition, asked, async (key, after, order) => {
    const rows = await clickhouse.rows<Key & { total: number }>(
      `select sort_key, posted_at, id, total
       from (
         select ${key.shown} as sort_key, posted_at, id, ${key.sql} as key, count() over () as total
         from mention
         where ${where}
       )
       ${after ? `where (key, id) ${after}` : ''}
       order by key ${order}, id ${order}
       limit {page_limit:UInt32}`,
      key.params,
    )
    const [first] = rows
    if (first) total ??= first.total
    return rows
  })
  // A page behind the last mention has no row that could tell the number.
  if (total === null && asked.cursor !== null) return { keys, counted: await count(clickhouse, condition) }
  const [twice, newest] = await Promise.all([
    countTwice(clickhouse, where, condition.params),
    newestSavedAt(clickhouse, Number(condition.params['f_project'])),
  ])
  return { keys, counted: { total: (total ?? 0) - twice, newest } }
}

/** Rows whole, by the key of the table. */
async function readPage(clickhouse: Clickhouse, condition: Condition, keys: Key[]): Promise<Keyed[]> {
  if (keys.length === 0) return []
  const moments = [...new Set(keys.map((key) => key.posted_at))]
  const rows = await clickhouse.rows<MentionRow>(
    `select ${mentionColumns}
     from mention final
     where project_id = {f_project:UInt32} and id in {page_ids:Array(String)}
       and posted_at in (${moments.map((_, i) => `{page_at_${i}:DateTime64(3)}`).join(', ')})`,
    {
      f_project: condition.params['f_project'],
      page_ids: keys.map((key) => key.id),
      ...Object.fromEntries(moments.map((at, i) => [`page_at_${i}`, at])),
    },
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  return keys.flatMap((key) => {
    const row = byId.get(key.id)
    return row ? [{ ...row, sort_key: key.sort_key }] : []
  })
}

/** One key more than the page has, each mention once: one that two processes saved at the same moment stands in the table twice. */
async function listKeys(
  clickhouse: Clickhouse,
  condition: Condition,
  asked: Asked,
  ask: Ask = (key, after, order) =>
    clickhouse.rows<Key>(
      `select ${key.shown} as sort_key, posted_at, id
       from mention
       where ${condition.scan ?? condition.where} ${after ? `and (${key.sql}, id) ${after}` : ''}
       order by ${key.sql} ${order}, id ${order}
       limit {page_limit:UInt32}`,
      key.params,
    ),
): Promise<Key[]> {
  const { key, direction } = orders[asked.order]
  const byTime = key === 'posted_at'
  const cursor = asked.cursor === null ? null : readCursor(asked.cursor)
  const bound = byTime ? 'fromUnixTimestamp64Milli({after_key:Int64})' : '{after_key:Int64}'
  const after = cursor && `${direction === 'desc' ? '<' : '>'} (${bound}, {after_id:String})`
  const shown = byTime ? 'toUnixTimestamp64Milli(posted_at)' : key
  const wanted = asked.limit + 1
  for (let most = wanted + 10; ; most *= 2) {
    const page = { page_limit: most, ...(cursor ? { after_key: cursor[0], after_id: cursor[1] } : {}) }
    const rows = await ask({ sql: key, shown, params: { ...condition.params, ...page } }, after, direction)
    const keys = rows.filter(({ id }, i) => id !== rows[i - 1]?.id)
    if (keys.length >= wanted || rows.length < most) return keys.slice(0, wanted)
  }
}

type Ask = (
  key: { sql: string; shown: string; params: SqlParams },
  after: string | null,
  direction: 'asc' | 'desc',
) => Promise<Key[]>

/**
 * Counting rows needs the index of the words only, and counting ids reads them all; so ids are counted where a mention
 * can stand in the table twice.
 */
async function count(clickhouse: Clickhouse, condition: Condition): Promise<Counted> {
  const where = condition.scan ?? condition.where
  const [row, twice, newest] = await Promise.all([
    clickhouse.row<{ total: number }>(`select count() as total from mention where ${where}`, condition.params),
    countTwice(clickhouse, where, condition.params),
    newestSavedAt(clickhouse, Number(condition.params['f_project'])),
  ])
  return { total: (row?.total ?? 0) - twice, newest }
}

function writeCursor(key: [number, string]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

function readCursor(text: string): [number, string] {
  try {
    const key: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (Array.isArray(key) && typeof key[0] === 'number' && typeof key[1] === 'string') return [key[0], key[1]]
  } catch {
    // Told below, like every other cursor that is not ours.
  }
  throw new UserError('This page address is not one that Heed gave out', { key: 'cursor-unknown', field: 'cursor' })
}
