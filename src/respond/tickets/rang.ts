import { sql } from 'kysely'
import { must } from '../../base/errors.ts'
import { first, type Database } from '../../base/postgres/postgres.ts'
import { takeDue } from '../clocks/ring.ts'

/**
 * Tells what has come of the promises of a project, or of one ticket: a line in the history of the ticket, and whoever is called
 * watches it from then on; an alarm calls managers and heads. The assignee has the ticket already. One statement does all of it, so
 * whoever dies leaves all or nothing. Returns how many promises were looked at, and their tickets.
 */
export async function tellDue(
  tx: Database,
  project: number,
  now: Date,
  of: { limit: number; ticket?: number },
): Promise<{ clocks: number; tickets: number[] }> {
  const told = await first(
    tx,
    sql<{ clocks: number; tickets: number[] | null }>`
      with ${takeDue(project, now, of)}, line as (
        insert into ticket_event (project_id, ticket_id, at, kind, about, to_value)
        select ${project}, ticket_id, at, case tells when 'missed' then 'promise-missed' else 'escalated' end, kind, nullif(tells, 'missed')
        from come
        order by at, clock_id, place
      ), watch as (
        insert into ticket_watcher (ticket_id, member_id)
        select distinct c.ticket_id, s.member_id
        from come c
        join (
          select member_id, role from membership where project_id = ${project}
          union
          -- Heads of the installation are heads of every project.
          select id, 'head' from member where is_head
        ) s on s.role = c.tells or (c.tells = 'alarm' and s.role in ('manager', 'head'))
        on conflict do nothing
      )
      select (select count(*)::int from due) as clocks, (select json_agg(distinct ticket_id) from come) as tickets`,
  )
  const { clocks, tickets } = must(told)
  return { clocks, tickets: tickets ?? [] }
}
