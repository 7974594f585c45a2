import { sql } from 'kysely'
import { must } from '../../base/errors.ts'
import { first, type Database } from '../../base/postgres/postgres.ts'

export type Limit = { tries: number; perMs: number }
export type Admission = { kind: 'admitted' } | { kind: 'refused'; retryAt: Date }

/** Counts a try of somebody without an account before it is made; several processes count together. */
export async function admit(db: Database, key: string, limit: Limit, now: Date): Promise<Admission> {
  const begun = new Date(now.getTime() - limit.perMs)
  const counted = must(
    await first(
      db,
      sql<{ tries: number; since: Date }>`
        insert into public_try as t (key, tries, since)
        values (${key}, 1, ${now})
        on conflict (key) do update set
          tries = case when t.since <= ${begun} then 1 else t.tries + 1 end,
          since = case when t.since <= ${begun} then ${now} else t.since end
        returning tries, since`,
    ),
  )
  // Whoever begins anew takes what is long over with them.
  if (counted.tries === 1)
    await sql`delete from public_try where since < ${new Date(now.getTime() - longestMs)}`.execute(db)
  if (counted.tries <= limit.tries) return { kind: 'admitted' }
  return { kind: 'refused', retryAt: new Date(counted.since.getTime() + limit.perMs) }
}

const longestMs = 86_400_000
