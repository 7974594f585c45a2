import { sql, type RawBuilder } from 'kysely'

/** Milliseconds; null when there is nothing to take the middle of. */
export type Times = { median: number | null; p90: number | null }

/**
 * The value that half, and the one that nine tenths lie below, between neighbours by a straight line (definition 7 of
 * Hyndman and Fan 1996, which is PostgreSQL's percentile_cont).
 */
export function quantiles(column: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`percentile_cont(array[0.5, 0.9]) within group (order by ${column})`
}

export function timesOf(found: (number | null)[] | null): Times {
  const [median = null, p90 = null] = found ?? []
  return { median, p90 }
}
