import { sql } from 'kysely'
import { must } from '../errors.ts'
import { first, type Database } from '../postgres/postgres.ts'

type Limit = { tries: number; perMs: number }
// One address guesses many passwords; many addresses guess one. The second limit is wide, because whoever
// reaches it also keeps the real member from signing in with the password.
const perAddress: Limit = { tries: 10, perMs: 60_000 }
const perEmail: Limit = { tries: 100, perMs: 3_600_000 }

export type Admission = { kind: 'admitted' } | { kind: 'refused'; retryAt: Date }
type From = { address: string; email?: string }

/** Counts a try before it is made, so that many at once are counted too. Several processes count together. */
export async function admitTry(db: Database, from: From, now: Date): Promise<Admission> {
  for (const [key, limit] of limitsOf(from)) {
    const counted = must(
      await first(
        db,
        sql<{ tries: number; since: Date }>`
          insert into sign_in_try as t (key, tries, since)
          values (${key}, 1, ${now})
          on conflict (key) do update set
            tries = case when t.since <= ${new Date(now.getTime() - limit.perMs)} then 1 else t.tries + 1 end,
            since = case when t.since <= ${new Date(now.getTime() - limit.perMs)} then ${now} else t.since end
          returning tries, since`,
      ),
    )
    if (counted.tries > limit.tries)
      return { kind: 'refused', retryAt: new Date(counted.since.getTime() + limit.perMs) }
  }
  return { kind: 'admitted' }
}

/** A try that succeeded was none, and forgetting is done on the way. */
export async function forgiveTry(db: Database, from: From, now: Date): Promise<void> {
  const keys = limitsOf(from).map(([key]) => key)
  await sql`update sign_in_try set tries = tries - 1 where key = any(${keys}) and tries > 0`.execute(db)
  await sql`delete from sign_in_try where since < ${new Date(now.getTime() - perEmail.perMs)}`.execute(db)
}

function limitsOf(from: From): [string, Limit][] {
  return [
    [`address ${from.address}`, perAddress],
    ...(from.email ? ([[`email ${from.email.toLowerCase()}`, perEmail]] as [string, Limit][]) : []),
  ]
}
