import { sql } from 'kysely'
import { first, list, type Database } from '../../base/postgres/postgres.ts'

const keptDays = 7
// Who forgot to end a shift is not given tickets for ever.
const longestMs = 16 * 3_600_000

/** A shift that began before has ended by itself. */
export function earliestBegin(now: Date): Date {
  return new Date(now.getTime() - longestMs)
}

/** Since when somebody works; null: they do not. */
export async function onShiftSince(db: Database, member: string, now: Date): Promise<Date | null> {
  const shift = await first(
    db,
    sql<{ beganAt: Date }>`select began_at from shift where member_id = ${member} and began_at > ${earliestBegin(now)}`,
  )
  return shift?.beganAt ?? null
}

/** Who has begun already goes on. */
export async function beginShift(db: Database, member: string, now: Date): Promise<void> {
  await sql`
    insert into shift (member_id, began_at) values (${member}, ${now})
    on conflict (member_id) do update set began_at = excluded.began_at where shift.began_at <= ${earliestBegin(now)}`.execute(
    db,
  )
}

export async function endShift(db: Database, member: string): Promise<void> {
  await sql`delete from shift where member_id = ${member}`.execute(db)
}

export type Handover = { id: number; projectId: number; author: string; writtenAt: Date; text: string }

/** Tells those who come next what they have to know. Notes older than a week go. */
export async function handOver(
  db: Database,
  project: number,
  text: string,
  author: { id: string; name: string },
  now: Date,
): Promise<void> {
  await sql`delete from handover where written_at < ${now}::timestamptz - ${keptDays}::int * interval '1 day'`.execute(
    db,
  )
  await sql`
    insert into handover (project_id, author_id, author, written_at, text)
    values (${project}, ${author.id}, ${author.name}, ${now}, ${text})`.execute(db)
}

/** What was handed over in these projects since, newest first. */
export async function listHandovers(db: Database, projects: number[], since: Date): Promise<Handover[]> {
  return list(
    db,
    sql<Handover>`
      select id, project_id, author, written_at, text
      from handover
      where project_id = any(${projects}::int[]) and written_at >= ${since}
      order by written_at desc, id desc
      limit 50`,
  )
}
