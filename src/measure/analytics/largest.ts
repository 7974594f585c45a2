import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Condition } from './measure.ts'

/**
 * The largest of very many groups, each packed into one number because the engine finds the ten smallest numbers many
 * times faster than the ten smallest tuples. From the highest bits: 26 of the mention count (inverted, so that the
 * largest comes first), 60 of the group's key, 42 of the moment in milliseconds of one of its mentions.
 */
export type Large = { count: number; key: bigint; at: Date }

const keyBits = 60n
const atBits = 42n
const mostMentions = 2 ** 26 - 1
const keyMask = (1n << keyBits) - 1n

/** SQL over groups with the columns `mentions`, `key` and `at`, a moment; made readable by `readLargest`. */
export function largest(howMany: number, onlyIf: string): string {
  const packed = `bitShiftLeft(toUInt128(${mostMentions} - least(mentions, ${mostMentions})), ${keyBits + atBits})
    + bitShiftLeft(toUInt128(bitAnd(key, ${keyMask})), ${atBits}) + toUInt128(toUnixTimestamp64Milli(at))`
  return `arrayMap(one -> toString(one), groupArraySortedIf(${howMany})(${packed}, ${onlyIf}))`
}

/** Joins the lists of several parts of the groups; largest first. */
export function readLargest(packed: string[], howMany: number): Large[] {
  return packed
    .map(BigInt)
    .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .slice(0, howMany)
    .map((one) => ({
      count: mostMentions - Number(one >> (keyBits + atBits)),
      key: (one >> atBits) & keyMask,
      at: new Date(Number(one & ((1n << atBits) - 1n))),
    }))
}

/** One mention of each group, found by its moment, which the table is sorted by. `column` holds the key. */
export async function findOneOfEach<T>(
  clickhouse: Clickhouse,
  condition: Condition,
  column: 'cluster_key' | 'author_key',
  groups: Large[],
  columns: string,
): Promise<(Large & T)[]> {
  if (groups.length === 0) return []
  const rows = await clickhouse.rows<T & { named: string }>(
    `select concat(toString(bitAnd(${column}, ${keyMask})), ' ', toString(toUnixTimestamp64Milli(posted_at))) as named, ${columns}
     from mention final
     where ${condition.where} and posted_at in (${groups.map((_, index) => `fromUnixTimestamp64Milli({g_at_${index}:Int64}, 'UTC')`).join(', ')})
     order by id`,
    { ...condition.params, ...Object.fromEntries(groups.map((group, index) => [`g_at_${index}`, group.at.getTime()])) },
  )
  const found = new Map(rows.toReversed().map((row) => [row.named, row]))
  return groups.flatMap((group) => {
    const row = found.get(`${group.key} ${group.at.getTime()}`)
    return row ? [{ ...row, ...group }] : []
  })
}
