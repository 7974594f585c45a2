import { sql } from 'kysely'
import type { Database } from '../../base/postgres/postgres.ts'

/**
 * Takes out what experts were asked beside the tickets of a person, and what they answered: either may quote. Before the
 * tickets forget whose they were. Articles that were made of an answer are the team's own words and stay.
 */
export async function forgetQuestions(
  tx: Database,
  project: number,
  mentions: string[],
  accounts: string[],
): Promise<void> {
  await sql`
    delete from expert_question
    where project_id = ${project}
      and ticket_id in (
        select ticket_id from ticket_mention where project_id = ${project} and mention_id = any(${mentions}::text[])
        union
        select t.id
        from ticket t
        join customer_author a on a.customer_id = t.customer_id
        where t.project_id = ${project} and a.project_id = ${project} and a.author_id = any(${accounts}::text[])
      )`.execute(tx)
}
