import { sql } from 'kysely'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import type { TicketEventKind } from '../tickets/history.ts'
import { holdHappenings, noteHappening, type HappeningKind } from './happening.ts'

const perTurn = 500

type Line = { id: number; ticketId: number; at: Date; kind: TicketEventKind; to: string | null }

/**
 * Tells what the histories of tickets say, of every project that is followed. A line of history is written in the
 * transaction of its cause, under the lock of the project's tickets, so lines are committed in the order of their
 * numbers: reading on from the last number loses none, whatever dies when.
 */
export async function followTickets(db: Database): Promise<void> {
  const followed = await list(
    db,
    sql<{ projectId: number }>`
      select f.project_id
      from happening_follow f
      where exists (select from ticket_event e where e.project_id = f.project_id and e.id > f.ticket_event)`,
  )
  for (const { projectId } of followed) while ((await takeLines(db, projectId)) === perTurn);
}

async function takeLines(db: Database, project: number): Promise<number> {
  return inTransaction(db, async (tx) => {
    await holdHappenings(tx, project)
    const follow = await first(
      tx,
      sql<{ ticketEvent: number }>`select ticket_event from happening_follow where project_id = ${project}`,
    )
    if (!follow) return 0
    const lines = await list(
      tx,
      sql<Line>`
        select id, ticket_id, at, kind, to_value as "to"
        from ticket_event
        where project_id = ${project} and id > ${follow.ticketEvent}
        order by id
        limit ${perTurn}`,
    )
    for (const { id, ticketId, at, kind, to } of lines) {
      const about = { ticket: ticketId, event: id }
      await noteHappening(tx, { project, kind: kindOf(kind, to), key: `ticket ${id}`, at, about })
    }
    const last = lines.at(-1)
    if (last) await sql`update happening_follow set ticket_event = ${last.id} where project_id = ${project}`.execute(tx)
    return lines.length
  })
}

export function kindOf(kind: TicketEventKind, to: string | null): HappeningKind {
  switch (kind) {
    case 'opened':
      return 'ticket.opened'
    case 'status-changed':
      return to === 'solved' ? 'ticket.solved' : 'ticket.changed'
    case 'answered':
      return 'reply.sent'
    case 'promise-missed':
      return 'promise.missed'
    case 'escalated':
      return to === 'assignee' ? 'promise.near' : to === 'alarm' ? 'promise.explosion' : 'promise.escalated'
    default:
      return 'ticket.changed'
  }
}
