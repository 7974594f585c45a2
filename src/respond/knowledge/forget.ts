import { sql } from 'kysely'
import { forgetLetters } from '../../base/letters/letter.ts'
import type { Database } from '../../base/postgres/postgres.ts'

/**
 * Takes out what experts were asked and written beside these tickets, and what they answered: either may quote. Articles that were made of
 * an answer are the team's own words and stay.
 */
export async function forgetQuestions(tx: Database, project: number, tickets: number[]): Promise<void> {
  await forgetLetters(
    tx,
    project,
    tickets.map((id) => `ticket:${id}`),
  )
  await sql`delete from expert_question where ticket_id = any(${tickets}::int[])`.execute(tx)
}
