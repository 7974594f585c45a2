import { sql } from 'kysely'
import { first, type Database } from '../../base/postgres/postgres.ts'
import { workingTimeBetween, type Calendar } from '../clocks/working-time.ts'
import type { Ticket } from '../tickets/ticket.ts'
import type { TicketState, WorkState } from './condition.ts'

/** A calendar of null works around the clock. */
export function hoursAt(calendar: Calendar | null, at: Date): WorkState['hours'] {
  const soon = new Date(at.getTime() + 1)
  return calendar === null || workingTimeBetween(calendar, at, soon) > 0 ? 'working' : 'outside'
}

export function stateOf({ status, priority, queueId, assigneeId, tags, fields }: Ticket): TicketState {
  return { status, priority, queue: queueId, assignee: assigneeId, tags, fields }
}

/** Whether the customer of the ticket, or else the author, has had another ticket before. Null: nobody knows who it is. */
export async function customerState(
  db: Database,
  project: number,
  { ticket, author }: { ticket: { id: number; customerId: number | null } | null; author: string | null },
): Promise<WorkState['customer']> {
  if (!ticket?.customerId && !author) return null
  const row = await first(
    db,
    sql<{ returning: boolean }>`
      select exists (
        select from ticket t
        where t.project_id = ${project} and t.id < ${ticket?.id ?? 2 ** 31 - 1}
          and t.customer_id = coalesce(${ticket?.customerId ?? null}::int,
            (select customer_id from customer_author where project_id = ${project} and author_id = ${author}))
      ) as returning`,
  )
  return row?.returning ? 'returning' : 'new'
}
