import { sql } from 'kysely'
import type { Database } from '../postgres/postgres.ts'
import { countTry, type Admission, type Limit } from './tries.ts'

// One address guesses many passwords; many addresses guess one. The second limit is wide, because whoever
// reaches it also keeps the real member from signing in with the password.
const perAddress: Limit = { tries: 10, perMs: 60_000 }
const perEmail: Limit = { tries: 100, perMs: 3_600_000 }

type From = { address: string; email?: string }

/** Counts a try before it is made. */
export async function admitTry(db: Database, from: From, now: Date): Promise<Admission> {
  for (const [key, limit] of limitsOf(from)) {
    const { admission } = await countTry(db, 'sign_in_try', key, limit, now)
    if (admission.kind === 'refused') return admission
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
