import { sql } from 'kysely'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import { selectEvents, type TicketEvent } from '../tickets/history.ts'
import type { Reply } from './reply.ts'

/**
 * What others did with the ticket since this reply was begun, or since its writer last said that they have seen it,
 * oldest first. What the writer did themselves they know.
 */
export async function changedSince(
  db: Database,
  { projectId, ticketId, seenEvent, writerId }: Reply,
): Promise<TicketEvent[]> {
  return list(
    db,
    sql<TicketEvent>`
      ${selectEvents}
      where e.project_id = ${projectId} and e.ticket_id = ${ticketId} and e.id > ${seenEvent}
        and (${writerId}::text is null or e.actor_id is distinct from ${writerId})
        and e.kind <> all(${asidesOfTheMatter}::text[])
      order by e.id`,
  )
}

// Who looks on and which clock ran out change nothing in what the customer is to be told.
const asidesOfTheMatter = [
  'watched',
  'unwatched',
  'promise-missed',
  'escalated',
  'handed-over',
  'reply-chosen',
  'record-moved',
  'outcome-changed',
]

/** The newest event of a ticket, 0 when it has none. */
export async function newestEvent(db: Database, ticket: number): Promise<number> {
  const row = await first(
    db,
    sql<{ id: number }>`select coalesce(max(id), 0) as id from ticket_event where ticket_id = ${ticket}`,
  )
  return row?.id ?? 0
}
