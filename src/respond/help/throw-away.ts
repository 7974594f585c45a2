import { sql } from 'kysely'
import type { Database } from '../../base/postgres/postgres.ts'

const dayMs = 86_400_000

/** Addresses that nobody has confirmed in a week, and what was turned down a month ago, are nobody's business any more. */
export async function throwAway(db: Database, now: Date): Promise<void> {
  await sql`
    delete from help_subscription
    where confirmed_at is null and asked_at < ${new Date(now.getTime() - 7 * dayMs)}`.execute(db)
  await sql`
    delete from help_post
    where state = 'rejected' and changed_at < ${new Date(now.getTime() - 30 * dayMs)}`.execute(db)
}
