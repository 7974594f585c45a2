import { sql } from 'kysely'
import { must } from '../errors.ts'
import { first, type Database } from '../postgres/postgres.ts'

export type Limit = { tries: number; perMs: number }
export type Admission = { kind: 'admitted' } | { kind: 'refused'; retryAt: Date }

/**
 * Counts a try before it is made, so that many at once are counted too. Several processes count together. `isFirst`: those
 * before it, if any, are forgotten.
 */
export async function countTry(
  db: Database,
  table: 'sign_in_try' | 'public_try',
  key: string,
  limit: Limit,
  now: Date,
): Promise<{ admission: Admission; isFirst: boolean }> {
  const begun = new Date(now.getTime() - limit.perMs)
  const counted = must(
    await first(
      db,
      sql<{ tries: number; since: Date }>`
        insert into ${sql.table(table)} as t (key, tries, since)
        values (${key}, 1, ${now})
        on conflict (key) do update set
          tries = case when t.since <= ${begun} then 1 else t.tries + 1 end,
          since = case when t.since <= ${begun} then ${now} else t.since end
        returning tries, since`,
    ),
  )
  const isFirst = counted.tries === 1
  if (counted.tries <= limit.tries) return { admission: { kind: 'admitted' }, isFirst }
  return { admission: { kind: 'refused', retryAt: new Date(counted.since.getTime() + limit.perMs) }, isFirst }
}
