import { sql } from 'kysely'
import { UserError } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import { remember, type Actor } from './history.ts'
import { inTicket } from './in-ticket.ts'
import type { Ticket } from './ticket.ts'

type FindMember = (db: Database, member: string) => Promise<{ name: string } | null>

/** Members who want to see what becomes of a ticket, by name. */
export async function listWatchers(db: Database, ticket: number): Promise<{ id: string; name: string }[]> {
  return list(
    db,
    sql<{ id: string; name: string }>`
      select m.id, m.name
      from ticket_watcher w
      join member m on m.id = w.member_id
      where w.ticket_id = ${ticket}
      order by lower(m.name), m.id`,
  )
}

/** Watching twice, or not watching twice, changes nothing. Only members of the project can watch its tickets. */
export async function setWatching(
  db: Database,
  project: number,
  id: number,
  { member, watches, findMember }: { member: string; watches: boolean; findMember: FindMember },
  actor: Actor,
): Promise<Ticket> {
  return inTicket(db, project, id, async (tx, ticket) => {
    const found = await findMember(tx, member)
    if (watches && !found) {
      throw new UserError('Only members of the project can watch its tickets', {
        key: 'ticket-watcher-unknown',
        field: 'member',
      })
    }
    const changed = await first(
      tx,
      watches
        ? sql`insert into ticket_watcher (ticket_id, member_id) values (${id}, ${member}) on conflict do nothing returning member_id`
        : sql`delete from ticket_watcher where ticket_id = ${id} and member_id = ${member} returning member_id`,
    )
    if (changed) await remember(tx, ticket, actor, { kind: watches ? 'watched' : 'unwatched', to: found?.name ?? null })
  })
}
