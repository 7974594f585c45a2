import { NotFound } from '../../base/errors.ts'
import type { Database } from '../../base/postgres/postgres.ts'
import { getMember } from '../../base/team/member.ts'
import type { Scope } from '../../base/team/scope.ts'
import type { Actor } from '../../respond/tickets/history.ts'
import { announceTicket } from '../../respond/tickets/outbox.ts'
import type { Ticket } from '../../respond/tickets/ticket.ts'
import type { House } from '../house.ts'
import type * as shapes from './shapes/ticket.ts'
import { showTicketDetail } from './ticket-shape.ts'

/** After a change of a ticket: the streams and the open screens hear of it, of the others it touched too, and the answer shows it. */
export async function tellChange(
  house: House,
  scope: Scope,
  change: Promise<Ticket>,
  others: number[] = [],
): Promise<shapes.TicketDetail> {
  const ticket = await change
  const desk = { db: house.postgres.db, clickhouse: house.clickhouse, jobs: house.jobs, events: house.events }
  for (const id of new Set([ticket.id, ...others])) await announceTicket(desk, { id, projectId: ticket.projectId })
  return showTicketDetail(house, ticket, scope)
}

export function actorOf({ who }: Scope): Actor {
  return { id: who.kind === 'key' ? `key:${who.id}` : who.id, name: who.name }
}

/** Finds somebody of the project, or the head of the installation taking it on themselves. */
export function colleagueFor({ who, project }: Scope): (tx: Database, id: string) => Promise<{ name: string } | null> {
  return async (tx, id) => {
    if (who.kind === 'member' && who.isHead && who.id === id) return who
    return getMember(tx, project.id, id).catch((error: unknown) => {
      if (error instanceof NotFound) return null
      throw error
    })
  }
}
