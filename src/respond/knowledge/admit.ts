import { sql } from 'kysely'
import type { Database } from '../../base/postgres/postgres.ts'
import { countTry, type Admission, type Limit } from '../../base/team/tries.ts'

/** Counts a try of somebody without an account before it is made; several processes count together. */
export async function admit(db: Database, key: string, limit: Limit, now: Date): Promise<Admission> {
  const { admission, isFirst } = await countTry(db, 'public_try', key, limit, now)
  // Whoever begins anew takes what is long over with them.
  if (isFirst) await sql`delete from public_try where since < ${new Date(now.getTime() - longestMs)}`.execute(db)
  return admission
}

const longestMs = 86_400_000
