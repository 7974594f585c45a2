import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { UserError } from '../../base/errors.ts'
import type { Condition } from './filter.ts'
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
  const [items, counted] = await Promise.all([page(clickhouse, condition, options), count(clickhouse, condition)])
  const full = items.length > options.limit
  if (full) items.pop()
  const last = items.at(-1)
  return {
    items: items.map((item) => fromRow(item)),
    next: full && last ? writeCursor([last.sort_key, last.id]) : null,
    total: counted.total,
    newest: counted.newest,
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

/** First the keys of the page, which reads few columns, then its rows whole. */
async function page(
  clickhouse: Clickhouse,
  condition: Condition,
  options: { order: Order; limit: number; cursor: string | null },
): Promise<Keyed[]> {
  const keys = await listKeys(clickhouse, condition, options)
  if (keys.length === 0) return []
  const moments = keys.map((key) => key.posted_at).toSorted()
  const rows = await clickhouse.rows<MentionRow>(
    `select ${mentionColumns}
     from mention final
     where project_id = {f_project:UInt32} and posted_at between {first:DateTime64(3)} and {last:DateTime64(3)} and id in {page_ids:Array(String)}`,
    {
      f_project: condition.params['f_project'],
      first: moments[0],
      last: moments.at(-1),
      page_ids: keys.map((key) => key.id),
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
  options: { order: Order; limit: number; cursor: string | null },
): Promise<Key[]> {
  const { key, direction } = orders[options.order]
  const byTime = key === 'posted_at'
  const after = options.cursor === null ? null : readCursor(options.cursor)
  const compare = direction === 'desc' ? '<' : '>'
  const bound = byTime ? 'fromUnixTimestamp64Milli({after_key:Int64})' : '{after_key:Int64}'
  const wanted = options.limit + 1
  for (let asked = wanted + 10; ; asked *= 2) {
    const rows = await clickhouse.rows<Key>(
      `select ${byTime ? 'toUnixTimestamp64Milli(posted_at)' : key} as sort_key, posted_at, id
       from mention
       where ${condition.scan ?? condition.where} ${after ? `and (${key}, id) ${compare} (${bound}, {after_id:String})` : ''}
       order by ${key} ${direction}, id ${direction}
       limit {page_limit:UInt32}`,
      { ...condition.params, page_limit: asked, ...(after ? { after_key: after[0], after_id: after[1] } : {}) },
    )
    const keys = rows.filter(({ id }, i) => id !== rows[i - 1]?.id)
    if (keys.length >= wanted || rows.length < asked) return keys.slice(0, wanted)
  }
}

/**
 * Counting rows needs the index of the words only, and counting ids reads them all; so ids are counted where a mention
 * can stand in the table twice.
 */
async function count(clickhouse: Clickhouse, condition: Condition): Promise<{ total: number; newest: string | null }> {
  const where = condition.scan ?? condition.where
  const [row, twice] = await Promise.all([
    clickhouse.row<{ total: number; newest: number }>(
      `select count() as total, toUnixTimestamp64Milli(max(saved_at)) as newest from mention where ${where}`,
      condition.params,
    ),
    countTwice(clickhouse, where, condition.params),
  ])
  const total = (row?.total ?? 0) - twice
  return { total, newest: row && total > 0 ? String(row.newest) : null }
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
