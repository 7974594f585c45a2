import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import { inCohort, type Cohort } from '../../measure/service/cohort.ts'
import type { Served } from '../../measure/service/served.ts'

/** The accounts of the customers of answered tickets, with when they were first answered. */
export async function listServed(db: Database, cohort: Cohort): Promise<Served[]> {
  return list(
    db,
    sql<Served>`
      select a.author_id as author, min(coalesce(s.first_mention_at, s.opened_at) + s.first_ms * interval '1 millisecond') as at
      from service_ticket s
      join ticket t on t.id = s.ticket_id
      join customer_author a on a.customer_id = t.customer_id
      where ${inCohort(cohort)} and s.first_ms is not null
      group by a.author_id`,
  )
}

/** The mentions of solved tickets that were answered where they stand. */
export async function listSolvedAnswers(db: Database, cohort: Cohort): Promise<string[]> {
  const rows = await list(
    db,
    sql<{ id: string }>`
      select distinct r.mention_id as id
      from service_ticket s
      join reply r on r.ticket_id = s.ticket_id and r.state = 'sent'
      where ${inCohort(cohort)} and s.solution_ms is not null`,
  )
  return rows.map(({ id }) => id)
}
