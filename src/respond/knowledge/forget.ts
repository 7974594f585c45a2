import { sql } from 'kysely'
import type { Database } from '../../base/postgres/postgres.ts'

/**
 * Takes out what experts were asked beside these tickets, and what they answered: either may quote. Articles that were made of
 * an answer are the team's own words and stay.
 */
export async function forgetQuestions(tx: Database, tickets: number[]): Promise<void> {
  await sql`delete from expert_question where ticket_id = any(${tickets}::int[])`.execute(tx)
}
