import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Events } from '../../base/events/events.ts'
import type { Jobs } from '../../base/jobs/jobs.ts'
import { inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { copyWorkState } from '../../listen/mentions/change.ts'
import type { TicketStatus } from './status.ts'

type Desk = { db: Database; clickhouse: Clickhouse; jobs: Jobs; events: Events }

const job = 'ticket-outbox'
const perTurn = 50
const retryMs = 10_000

/**
 * Notes, in the transaction of the change, what the mentions of a ticket have to hear. A mention that has joined another
 * ticket since belongs to that one and hears nothing.
 */
export async function tellMentions(tx: Database, project: number, ticket: number): Promise<void> {
  await sql`
    insert into outbox (project_id, mention_ids, ticket_id, status, assignee, due_at)
    select t.project_id, jsonb_agg(m.mention_id order by m.mention_id), t.id, t.status, t.assignee, nullif(t.hurts_at, 'infinity')
    from ticket t
    join ticket_mention m on m.ticket_id = t.id
    where t.project_id = ${project} and t.id = ${ticket}
      and not exists (
        select from ticket_mention later
        where later.project_id = m.project_id and later.mention_id = m.mention_id and later.turn > m.turn
      )
    group by t.id`.execute(tx)
}

type Told = {
  id: number
  projectId: number
  mentionIds: string[]
  ticketId: number
  status: TicketStatus
  assignee: string | null
  dueAt: Date | null
}

/**
 * Brings ClickHouse up to date, in order. What is delivered is taken out only afterwards, and delivering it twice
 * changes nothing, so a failure in between loses nothing. One at a time, or an older state could overtake a newer one.
 */
export async function deliverOutbox(db: Database, clickhouse: Clickhouse): Promise<void> {
  let delivered: number
  do {
    delivered = await inTransaction(db, async (tx) => {
      await sql`select pg_advisory_xact_lock(72656565)`.execute(tx)
      const waiting = await list(
        tx,
        sql<Told>`select id, project_id, mention_ids, ticket_id, status, assignee, due_at from outbox order by id limit ${perTurn}`,
      )
      for (const { projectId, mentionIds, ticketId, status, assignee, dueAt } of waiting) {
        await copyWorkState(clickhouse, projectId, mentionIds, { ticket: ticketId, status, assignee, dueAt })
      }
      await sql`delete from outbox where id = any(${waiting.map((told) => told.id)}::bigint[])`.execute(tx)
      return waiting.length
    })
  } while (delivered === perTurn)
}

/** Delivers what an earlier process left behind, and from then on whatever could not be delivered at once. */
export async function keepDelivering({ db, clickhouse, jobs }: Omit<Desk, 'events'>): Promise<void> {
  const again = () => jobs.send(job, {}, { key: job, startAfter: new Date(Date.now() + retryMs) })
  const deliver = async () => {
    try {
      await deliverOutbox(db, clickhouse)
    } catch (error) {
      // A row of its own for each try: the engine may be away for longer than a job is tried again.
      await again()
      throw error
    }
  }
  await jobs.handle(job, deliver, { retries: 0, expireSeconds: 300 })
  await deliver().catch(() => {})
}

/** After the commit of a change: the streams hear of it before the answer goes out, or a job goes on trying. */
export async function announceTicket(
  { db, clickhouse, jobs, events }: Desk,
  ticket: { id: number; projectId: number },
): Promise<void> {
  // The change itself is safe; the job reports the failure when it meets it again.
  await deliverOutbox(db, clickhouse).catch(() => jobs.send(job, {}, { key: job }))
  await events.publish({ project: ticket.projectId, kind: 'ticket', ticket: ticket.id })
}
