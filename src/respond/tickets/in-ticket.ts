import { sql } from 'kysely'
import { UserError } from '../../base/errors.ts'
import { first, inTransaction, type Database } from '../../base/postgres/postgres.ts'
import type { TicketEventKind } from './history.ts'
import { lockTickets } from './lock.ts'
import { getTicket, type Ticket } from './ticket.ts'

/** Does something to a ticket while nobody else does, and gives it back as it is then. Throws NotFound where there is none. */
export async function inTicket(
  db: Database,
  project: number,
  id: number,
  work: (tx: Database, ticket: Ticket) => Promise<void>,
): Promise<Ticket> {
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    await work(tx, await getTicket(tx, project, id))
    return getTicket(tx, project, id)
  })
}

/**
 * Throws UserError when the ticket is not any more what somebody saw when they decided, naming who changed it: two people
 * at once never lose each other's change. `seen` undefined: they did not say what they saw.
 */
export async function refuseIfOvertaken<T>(
  tx: Database,
  ticket: Ticket,
  kind: TicketEventKind,
  seen: T | undefined,
  now: T,
  about: string | null = null,
): Promise<void> {
  if (seen === undefined || seen === now) return
  const last = await first(
    tx,
    sql<{ actor: string | null }>`
      select actor from ticket_event
      where ticket_id = ${ticket.id} and kind = ${kind} and (${about}::text is null or about = ${about})
      order by id desc
      limit 1`,
  )
  throw new UserError(`${last?.actor ?? 'Heed'} changed it meanwhile; look at it and decide again`, {
    key: 'ticket-overtaken',
    values: { who: last?.actor ?? 'Heed' },
    field: kind,
  })
}
