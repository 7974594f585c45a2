import { sql } from 'kysely'
import type { Database } from '../../base/postgres/postgres.ts'

/** What one ticket says about the service; times in milliseconds, from its first mention on. */
export type ServiceTicket = {
  ticketId: number
  projectId: number
  openedAt: Date
  platform: string | null
  queueId: number | null
  assignee: string | null
  status: string
  mentions: number
  /** Those that were there when we last answered. */
  answeredMentions: number
  firstMentionAt: Date | null
  /** Null: not answered. `Work`: of working hours alone. */
  firstMs: number | null
  firstWorkMs: number | null
  /** Null: not solved. */
  solutionMs: number | null
  solutionWorkMs: number | null
  /** Null: nothing was promised, or the promise still runs. */
  firstPromise: 'kept' | 'missed' | null
  solutionPromise: 'kept' | 'missed' | null
  breaches: number
  outcome: string | null
}

/** Whoever owns the desk hands over what its tickets are now; each is there once afterwards. */
export async function putServiceTickets(tx: Database, tickets: ServiceTicket[]): Promise<void> {
  if (tickets.length === 0) return
  const rows = tickets.map((ticket) =>
    Object.fromEntries(Object.entries(ticket).map(([name, value]) => [snake(name), value])),
  )
  await sql`
    insert into service_ticket
    select * from jsonb_populate_recordset(null::service_ticket, ${JSON.stringify(rows)}::jsonb)
    on conflict (ticket_id) do update
    set opened_at = excluded.opened_at, platform = excluded.platform, queue_id = excluded.queue_id, assignee = excluded.assignee,
      status = excluded.status, mentions = excluded.mentions, answered_mentions = excluded.answered_mentions,
      first_mention_at = excluded.first_mention_at, first_ms = excluded.first_ms, first_work_ms = excluded.first_work_ms,
      solution_ms = excluded.solution_ms, solution_work_ms = excluded.solution_work_ms,
      first_promise = excluded.first_promise, solution_promise = excluded.solution_promise, breaches = excluded.breaches,
      outcome = excluded.outcome`.execute(tx)
}

/** Tickets whose mentions another one has now are no work of their own. */
export async function dropServiceTickets(tx: Database, tickets: number[]): Promise<void> {
  await sql`delete from service_ticket where ticket_id = any(${tickets}::int[])`.execute(tx)
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
