import type { Clickhouse, SqlParams } from '../../base/clickhouse/clickhouse.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { must, UserError } from '../../base/errors.ts'
import type { Condition } from './filter.ts'
import { fromRow, mentionColumns, type Mention, type MentionRow } from './mention.ts'
import { newestSavedAt } from './newest.ts'
import { listParts } from './parts.ts'
import { countTwice, twiceByKey } from './twice.ts'

/** By chance, and the same for everybody: a hash of the id. Whoever judges the first ones judges a fair sample. */
export const drawnOrder = 'toInt64(bitAnd(cityHash64(id), 4294967295))'

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
  if (after) asked.params = { ...asked.params, after_key: asked.bind(after[0]), after_id: after[1] }
  const { items, total, newest } = await findPage(clickhouse, condition, asked)
  const full = items.length > options.limit
  if (full) items.pop()
  const last = items.at(-1)
  return {
    items: items.map((item) => fromRow(item)),
    next: full && last ? writeCursor([last.sort_key, last.id]) : null,
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
  after: [key: number, id: string] | null
  params: SqlParams
}
type Keyed = MentionRow & { sort_key: number }

/** `firsts`: the keys of the first rows whose key lies behind the cursor's. */
type Look = { total: number; newest: number; firsts: number[] }

/** The page's mentions and one more, where there is one. */
async function findPage(
  clickhouse: Clickhouse,
  condition: Condition,
  asked: Asked,
): Promise<Look & { items: Keyed[] }> {
  // More, where one that two processes saved at the same moment stands in the table twice.
  for (let most = asked.limit + 1; ; most *= 2) {
    const look = await (condition.scan ? lookOnce : lookApart)(clickhouse, condition, asked, most)
    const items = await readRows(clickhouse, condition, asked, look.firsts)
    if (items.length > asked.limit || look.firsts.length < most) return { ...look, items }
  }
}

/** Where it takes time to tell which mentions they are, all about them comes from one look. */
async function lookOnce(clickhouse: Clickhouse, condition: Condition, asked: Asked, most: number): Promise<Look> {
  const sign = asked.direction === 'desc' ? -1 : 1
  const firsts = `groupArraySortedIf(${most})(${sign} * ${asked.key}, ${behind(asked)})`
  const look = await count<{ firsts: number[] }>(clickhouse, condition, asked.params, `, ${firsts} as firsts`)
  return { ...look, firsts: look.firsts.map((key) => sign * key) }
}

/** Where counting needs no row, the first keys are read until there are enough of them. */
async function lookApart(clickhouse: Clickhouse, condition: Condition, asked: Asked, most: number): Promise<Look> {
  const [look, rows] = await Promise.all([
    count(clickhouse, condition, asked.params),
    clickhouse.rows<{ key: number }>(
      `select ${asked.key} as key
       from mention
       where ${condition.where} and ${behind(asked)}
       order by ${asked.sql} ${asked.direction}
       limit ${most}`,
      asked.params,
    ),
  ])
  return { ...look, firsts: rows.map((row) => row.key) }
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

/** The first mentions behind the cursor among those that have its key or one of these. */
async function readRows(
  clickhouse: Clickhouse,
  condition: Condition,
  asked: Asked,
  firsts: number[],
): Promise<Keyed[]> {
  const { direction, key, sql, type, bind, limit, after } = asked
  const keys = [...new Set(after ? [after[0], ...firsts] : firsts)]
  if (keys.length === 0) return []
  return clickhouse.rows<Keyed>(
    `select ${key} as sort_key, ${mentionColumns}
     from mention
     where ${condition.scan ?? condition.where} and ${sql} in {page_keys:Array(${type})}
       ${after ? `and (${sql}, id) ${direction === 'desc' ? '<' : '>'} ({after_key:${type}}, {after_id:String})` : ''}
     order by ${sql} ${direction}, id ${direction}
     limit 1 by id
     limit ${limit + 1}`,
    { ...asked.params, page_keys: keys.map(bind) },
  )
}

function behind({ after, sql, type, direction }: Asked): string {
  return after ? `${sql} ${direction === 'desc' ? '<' : '>'} {after_key:${type}}` : 'true'
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
