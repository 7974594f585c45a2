import type { Clickhouse, SqlParams } from '../../base/clickhouse/clickhouse.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { must, UserError } from '../../base/errors.ts'
import type { Condition } from './filter.ts'
import { fromRow, pageColumns, unpack, type Mention, type PackedRow } from './mention.ts'
import { newestSavedAt } from './newest.ts'
import { listParts } from './parts.ts'
import { countTwice, twiceByKey } from './twice.ts'

/** By chance, and the same for everybody: a hash of the id. Whoever judges the first ones judges a fair sample. */
export const drawnOrder = 'toInt64(bitAnd(mention.id_key, 4294967295))'

export const orders = {
  newest: { direction: 'desc', ...byTime() },
  oldest: { direction: 'asc', ...byTime() },
  followers: { direction: 'desc', ...byNumber('ifNull(author_followers, 0)') },
  engagement: { direction: 'desc', ...byNumber('ifNull(likes, 0) + ifNull(shares, 0) + ifNull(comments, 0)') },
  drawn: { direction: 'asc', ...byNumber(drawnOrder) },
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
  const after = options.cursor === null ? null : readCursor(options.cursor)
  const asked: Asked = { ...orders[options.order], limit: options.limit, after, params: condition.params }
  if (after) asked.params = { ...asked.params, after_key: asked.bind(after[0]), after_id_key: after[1] }
  const { items, total, newest } = await findPage(clickhouse, condition, asked)
  const full = items.length > options.limit
  if (full) items.pop()
  const last = items.at(-1)
  return {
    items: items.map((item) => fromRow(unpack(item))),
    next: full && last ? writeCursor([last.sort_key, last.id_key]) : null,
    total,
    newest: total === 0 ? null : String(newest),
  }
}

/** How many mentions of the condition came in after `after`, the `newest` of an earlier answer. */
export async function countSince(clickhouse: Clickhouse, condition: Condition, after: string): Promise<number> {
  const row = await clickhouse.row<{ added: number }>(
    `select uniqExact(id) as added
     from mention
     where ${condition.scan ?? condition.where} and toUnixTimestamp64Milli(saved_at) > {after_ms:Int64}`,
    { ...condition.params, after_ms: Number(after) || 0 },
  )
  return row?.added ?? 0
}

/** `sql` is what is sorted by, of the type `type`; `key` is it as the number that a cursor holds, `bind` the way back. */
type Sorted = { sql: string; type: string; key: string; bind: (key: number) => unknown }
type Asked = Sorted & {
  direction: 'asc' | 'desc'
  limit: number
  after: Cursor | null
  params: SqlParams
}
type Keyed = PackedRow & { sort_key: number; id_key: string }

/** Where a page ended. Mentions of one key follow the hash of their ids, a number of 64 bits. */
type Cursor = [key: number, idKey: string]

/** `firsts`: where the first rows behind the cursor lie. */
type Look = { total: number; newest: number; firsts: First[] }
type First = [idKey: string, postedAtMs: number]

/** The page's mentions and one more, where there is one. */
async function findPage(
  clickhouse: Clickhouse,
  condition: Condition,
  asked: Asked,
): Promise<Look & { items: Keyed[] }> {
  // More, where one that two processes saved at the same moment stands in the table twice.
  for (let most = asked.limit + 1; ; most *= 2) {
    const look = await (condition.scan ? lookOnce : lookApart)(clickhouse, condition, asked, most)
    const items = await readRows(clickhouse, asked, look.firsts)
    if (items.length > asked.limit || look.firsts.length < most) return { ...look, items }
  }
}

/**
 * Where it takes time to tell which mentions they are, all about them comes from one look. What the first ones are found by is
 * one number, because the engine keeps the smallest of numbers in hardly any time and of tuples in a third of the whole look.
 */
async function lookOnce(clickhouse: Clickhouse, condition: Condition, asked: Asked, most: number): Promise<Look> {
  const key = asked.direction === 'desc' ? `-(${asked.key})` : asked.key
  // From the highest bits: the key made positive, the hash of the id, the moment; 64 bits each.
  const row = `bitShiftLeft(toUInt256(reinterpretAsUInt64(toInt64(${key})) + ${2n ** 63n}), 128)
    + bitShiftLeft(toUInt256(id_key), 64) + toUInt256(toUnixTimestamp64Milli(posted_at))`
  const firsts = `arrayMap(row -> toString(row), groupArraySortedIf(${most})(${row}, ${behind(asked)}))`
  const look = await count<{ firsts: string[] }>(clickhouse, condition, asked.params, `, ${firsts} as firsts`)
  return { ...look, firsts: look.firsts.map(readFirst) }
}

function readFirst(row: string): First {
  const bits = BigInt(row)
  return [String(BigInt.asUintN(64, bits >> 64n)), Number(BigInt.asUintN(64, bits))]
}

/** Where counting needs no row, the first keys are read until there are enough of them. */
async function lookApart(clickhouse: Clickhouse, condition: Condition, asked: Asked, most: number): Promise<Look> {
  const [look, rows] = await Promise.all([
    count(clickhouse, condition, asked.params),
    clickhouse.rows<{ first: First }>(
      `select (toString(id_key), toUnixTimestamp64Milli(posted_at)) as first
       from mention
       where ${condition.where} and ${behind(asked)}
       order by ${asked.sql} ${asked.direction}, id_key
       limit ${most}`,
      asked.params,
    ),
  ])
  return { ...look, firsts: rows.map(({ first }) => first) }
}

/** Rows are counted, and what stands there twice is taken off. */
async function count<Also>(
  clickhouse: Clickhouse,
  condition: Condition,
  params: SqlParams,
  also = '',
): Promise<Also & { total: number; newest: number }> {
  const where = condition.scan ?? condition.where
  const parts = await listParts(clickhouse)
  const [row, newest] = await Promise.all([
    clickhouse.row<Also & { total: number; twice: number }>(
      `select count() as total, ${twiceByKey(parts)} as twice ${also} from mention where ${where}`,
      params,
    ),
    newestSavedAt(clickhouse, parts, Number(params['f_project'])),
  ])
  const { twice, ...look } = must(row, 'row of counts')
  const more = twice === 0 ? 0 : await countTwice(clickhouse, where, params)
  return { ...look, total: look.total - more, newest } as Also & { total: number; newest: number }
}

/** The first mentions behind the cursor. What they were found by is not asked again: they are found where they lie. */
async function readRows(clickhouse: Clickhouse, asked: Asked, firsts: First[]): Promise<Keyed[]> {
  if (firsts.length === 0) return []
  return clickhouse.rows<Keyed>(
    `select ${asked.key} as sort_key, toString(id_key) as id_key, ${pageColumns}
     from mention
     where project_id = {f_project:UInt32} and posted_at in {page_times:Array(DateTime64(3, 'UTC'))}
       and mention.id_key in {page_ids:Array(UInt64)}
     order by ${asked.sql} ${asked.direction}, mention.id_key
     limit 1 by id
     limit ${asked.limit + 1}`,
    {
      ...asked.params,
      page_times: [...new Set(firsts.map(([, ms]) => moment(new Date(ms))))],
      page_ids: [...new Set(firsts.map(([idKey]) => BigInt(idKey)))],
    },
  )
}

function behind({ after, sql, type, direction }: Asked): string {
  if (!after) return 'true'
  const key = `{after_key:${type}}`
  const beyond = direction === 'desc' ? '<' : '>'
  return `(${sql} ${beyond} ${key} or (${sql} = ${key} and id_key > {after_id_key:UInt64}))`
}

function byTime() {
  return {
    sql: 'posted_at',
    type: "DateTime64(3, 'UTC')",
    key: 'toUnixTimestamp64Milli(posted_at)',
    bind: (key: number) => moment(new Date(key)),
  }
}

function byNumber(number: string) {
  return { sql: `toInt64(${number})`, type: 'Int64', key: `toInt64(${number})`, bind: (key: number) => key }
}

function writeCursor(key: Cursor): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

function readCursor(text: string): Cursor {
  try {
    const key: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (Array.isArray(key) && typeof key[0] === 'number' && idKeyShape.test(String(key[1])))
      return [key[0], String(key[1])]
  } catch {
    // Told below, like every other cursor that is not ours.
  }
  throw new UserError('This page address is not one that Heed gave out', { key: 'cursor-unknown', field: 'cursor' })
}

const idKeyShape = /^\d{1,20}$/
