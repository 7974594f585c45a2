import { sql } from 'kysely'
import type { Database } from '../../base/postgres/postgres.ts'

/** What was done when stays; what people wrote about it at these tickets does not. */
export async function forgetInPlaybooks(tx: Database, tickets: number[]): Promise<void> {
  await sql`
    update play_event set note = null
    where play_id in (select id from play where ticket_id = any(${tickets}::int[]))`.execute(tx)
}
