import { sql } from 'kysely'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import type { FieldKind } from './field-value.ts'

/** Something a project writes down about its tickets beside what every ticket has. */
export type TicketField = { id: number; name: string; kind: FieldKind; choices: string[]; retired: boolean }

/** Those in use first, then retired ones, which tickets may still have. */
export async function listFields(db: Database, project: number): Promise<TicketField[]> {
  return list(
    db,
    sql<TicketField>`
      select id, name, kind, choices, retired from ticket_field where project_id = ${project} order by retired, id`,
  )
}

export async function getField(db: Database, project: number, id: number): Promise<TicketField> {
  const field = await first(
    db,
    sql<TicketField>`
      select id, name, kind, choices, retired from ticket_field where project_id = ${project} and id = ${id}`,
  )
  if (!field) throw new NotFound()
  return field
}

/** Throws UserError when the name is taken, or a choice has nothing to choose from. */
export async function addField(
  db: Database,
  project: number,
  { name, kind, choices }: { name: string; kind: FieldKind; choices: string[] },
): Promise<TicketField> {
  refuseNoChoice(kind, choices)
  const added = await first(
    db,
    sql<TicketField>`
      insert into ticket_field (project_id, name, kind, choices)
      values (${project}, ${name}, ${kind}, ${choices}::text[])
      on conflict (project_id, name) do nothing
      returning id, name, kind, choices, retired`,
  )
  if (!added) throw nameTaken(name)
  return added
}

/** The kind stays, because tickets hold values of it. A retired field is offered no more, and comes back the same way. */
export async function changeField(
  db: Database,
  project: number,
  id: number,
  to: { name?: string | undefined; choices?: string[] | undefined; retired?: boolean | undefined },
): Promise<TicketField> {
  const before = await getField(db, project, id)
  refuseNoChoice(before.kind, to.choices ?? before.choices)
  const taken =
    to.name !== undefined &&
    (await first(
      db,
      sql`select id from ticket_field where project_id = ${project} and name = ${to.name} and id <> ${id}`,
    ))
  if (to.name !== undefined && taken) throw nameTaken(to.name)
  return must(
    await first(
      db,
      sql<TicketField>`
        update ticket_field
        set name = ${to.name ?? before.name}, choices = ${to.choices ?? before.choices}::text[],
          retired = ${to.retired ?? before.retired}
        where id = ${id}
        returning id, name, kind, choices, retired`,
    ),
  )
}

function refuseNoChoice(kind: FieldKind, choices: string[]): void {
  if (kind === 'choice' && choices.length === 0)
    throw new UserError('Write at least one choice', { key: 'ticket-field-no-choice', field: 'choices' })
}

function nameTaken(name: string): UserError {
  return new UserError(`“${name}” is there already`, { key: 'ticket-name-taken', values: { name }, field: 'name' })
}
