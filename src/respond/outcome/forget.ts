import { sql } from 'kysely'
import type { Database } from '../../base/postgres/postgres.ts'
import type { TouchedTicket } from '../tickets/forget.ts'

/**
 * Takes out what these mentions were like and what was written beside answers and marks of these tickets. How it ended stays, for it
 * names nobody and was counted.
 */
export async function forgetOutcomes(
  tx: Database,
  project: number,
  mentions: string[],
  tickets: TouchedTicket[],
): Promise<void> {
  const all = tickets.map(({ id }) => id)
  const theirs = tickets.filter(({ isTheirs }) => isTheirs).map(({ id }) => id)
  await sql`
    update outcome_evidence set mention_id = null
    where project_id = ${project} and mention_id = any(${mentions}::text[])`.execute(tx)
  await sql`
    update outcome_evidence set details = details - 'words' where ticket_id = any(${theirs}::int[])`.execute(tx)
  await sql`
    update ticket_outcome set seen = seen - ${mentions}::text[] where ticket_id = any(${all}::int[])`.execute(tx)
}
