import { sql } from 'kysely'
import { NotFound, UserError } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'

/** A name under which tickets of a project wait. */
export type TicketQueue = { id: number; name: string; retired: boolean; open: number }

/** Those in use first, by name, with how many open tickets wait in each. */
export async function listQueues(db: Database, project: number): Promise<TicketQueue[]> {
  return list(
    db,
    sql<TicketQueue>`
      select q.id, q.name, q.retired,
        (select count(*)::int from ticket t where t.queue_id = q.id and t.status = 'open') as open
      from ticket_queue q
      where q.project_id = ${project}
      order by q.retired, lower(q.name), q.id`,
  )
}

/** Throws UserError when the name is taken. */
export async function addQueue(db: Database, project: number, name: string): Promise<number> {
  const added = await first(
    db,
    sql<{ id: number }>`
      insert into ticket_queue (project_id, name) values (${project}, ${name})
      on conflict (project_id, name) do nothing
      returning id`,
  )
  if (!added) throw nameTaken(name)
  return added.id
}

/** A retired queue is offered no more; tickets that have it keep it. */
export async function changeQueue(
  db: Database,
  project: number,
  id: number,
  to: { name?: string | undefined; retired?: boolean | undefined },
): Promise<void> {
  const taken =
    to.name !== undefined &&
    (await first(
      db,
      sql`select id from ticket_queue where project_id = ${project} and name = ${to.name} and id <> ${id}`,
    ))
  if (to.name !== undefined && taken) throw nameTaken(to.name)
  const changed = await first(
    db,
    sql`
      update ticket_queue
      set name = coalesce(${to.name ?? null}, name), retired = coalesce(${to.retired ?? null}, retired)
      where project_id = ${project} and id = ${id}
      returning id`,
  )
  if (!changed) throw new NotFound()
}

function nameTaken(name: string): UserError {
  return new UserError(`“${name}” is there already`, { key: 'ticket-name-taken', values: { name }, field: 'name' })
}
