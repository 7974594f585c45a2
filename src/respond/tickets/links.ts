import { sql } from 'kysely'
import { UserError } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { remember, type Actor } from './history.ts'
import { lockTickets } from './lock.ts'
import { getTicket, nameOf, type Ticket } from './ticket.ts'

/** A ticket as another one names it. */
export type TicketName = Pick<Ticket, 'id' | 'title' | 'titleOf' | 'status'>

/** Tickets that belong together and stay apart, newest first. */
export async function listLinks(db: Database, project: number, ticket: number): Promise<TicketName[]> {
  return list(
    db,
    sql<TicketName>`
      select t.id, t.title, t.title_of, t.status
      from ticket_link l
      join ticket t on t.id = case when l.one = ${ticket} then l.other else l.one end
      where l.project_id = ${project} and (l.one = ${ticket} or l.other = ${ticket})
      order by t.id desc`,
  )
}

/** Links two tickets, or takes the link off. Doing it twice changes nothing. Returns the first. */
export async function setLinked(
  db: Database,
  project: number,
  { ticket, other, linked }: { ticket: number; other: number; linked: boolean },
  actor: Actor,
): Promise<Ticket> {
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    const [one, two] = [await getTicket(tx, project, ticket), await getTicket(tx, project, other)]
    if (ticket === other)
      throw new UserError('Choose another ticket to link with', { key: 'ticket-link-itself', field: 'other' })
    const [older, newer] = [Math.min(ticket, other), Math.max(ticket, other)]
    const changed = await first(
      tx,
      linked
        ? sql`insert into ticket_link (project_id, one, other) values (${project}, ${older}, ${newer}) on conflict do nothing returning one`
        : sql`delete from ticket_link where one = ${older} and other = ${newer} returning one`,
    )
    if (!changed) return one
    const kind = linked ? 'linked' : 'unlinked'
    await remember(tx, one, actor, { kind, to: nameOf(two) })
    await remember(tx, two, actor, { kind, to: nameOf(one) })
    return getTicket(tx, project, ticket)
  })
}
