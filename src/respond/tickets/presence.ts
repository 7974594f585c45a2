import { sql } from 'kysely'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import { getTicket } from './ticket.ts'

export const leaseMs = 45_000

/** Somebody who has a ticket before them: looks at it, or writes. */
export type Present = { id: string; name: string; writes: boolean }

/** Everybody whose lease of this ticket has not ended, by name. */
export async function listPresent(db: Database, ticket: number, now: Date): Promise<Present[]> {
  return list(
    db,
    sql<Present>`
      select m.id, m.name, p.writes
      from ticket_presence p
      join member m on m.id = p.member_id
      where p.ticket_id = ${ticket} and p.until > ${now}
      order by lower(m.name), m.id`,
  )
}

/** Takes a lease or renews it. True when others see something new by it. */
export async function comeTo(
  db: Database,
  project: number,
  ticket: number,
  { member, writes, now }: { member: string; writes: boolean; now: Date },
): Promise<boolean> {
  await getTicket(db, project, ticket)
  const before = await first(
    db,
    sql<{ writes: boolean }>`
      select writes from ticket_presence where ticket_id = ${ticket} and member_id = ${member} and until > ${now}`,
  )
  await sql`
    insert into ticket_presence (ticket_id, member_id, writes, until)
    values (${ticket}, ${member}, ${writes}, ${new Date(now.getTime() + leaseMs)})
    on conflict (ticket_id, member_id) do update set writes = excluded.writes, until = excluded.until`.execute(db)
  return before?.writes !== writes
}

/** Gives the lease back. True when there was one. */
export async function leave(db: Database, ticket: number, member: string, now: Date): Promise<boolean> {
  const gone = await first(
    db,
    sql<{ until: Date }>`
      delete from ticket_presence where ticket_id = ${ticket} and member_id = ${member} returning until`,
  )
  return gone !== null && gone.until > now
}
