import { sql } from 'kysely'
import { must, NotFound } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'

/** Time that somebody wrote down for a ticket. */
export type WorkMinutes = {
  id: number
  memberId: string
  member: string
  minutes: number
  /** As 2026-03-12. */
  day: string
  notedAt: Date
}

export async function noteMinutes(
  db: Database,
  project: number,
  ticket: number,
  noted: { memberId: string; member: string; minutes: number; day: string },
  now: Date,
): Promise<WorkMinutes> {
  const { memberId, member, minutes, day } = noted
  return must(
    await first(
      db,
      sql<WorkMinutes>`
        insert into work_minutes (project_id, ticket_id, member_id, member, minutes, day, noted_at)
        values (${project}, ${ticket}, ${memberId}, ${member}, ${minutes}, ${day}::date, ${now})
        returning ${columns}`,
    ),
  )
}

/** What was written down for a ticket, oldest first. */
export async function listMinutes(db: Database, project: number, ticket: number): Promise<WorkMinutes[]> {
  return list(
    db,
    sql<WorkMinutes>`
      select ${columns} from work_minutes where project_id = ${project} and ticket_id = ${ticket} order by day, id`,
  )
}

/** Takes back what was written down, by whoever wrote it; `member` null: by anybody. Throws NotFound where there is no such line. */
export async function removeMinutes(db: Database, project: number, id: number, member: string | null): Promise<void> {
  const gone = await first(
    db,
    sql`
      delete from work_minutes
      where project_id = ${project} and id = ${id} and (${member}::text is null or member_id = ${member})
      returning id`,
  )
  if (!gone) throw new NotFound()
}

const columns = sql`id, member_id, member, minutes, day::text as day, noted_at`
