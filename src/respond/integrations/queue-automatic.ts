import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { listMentionIds } from '../tickets/ticket.ts'
import { handOver } from './hand-over.ts'
import { getIntegration, type Integration } from './integration.ts'

const perTurn = 200
/** Replies are looked for among those of this many days, so that the look stays small. */
const replyDays = 3

/**
 * Queues what set-up says happens by itself: tickets opened for chosen topics, replies that were sent, tickets that were
 * solved or closed. Interrupted, it does the same again and nothing twice.
 */
export async function queueAutomatic({ db, clickhouse }: { db: Database; clickhouse: Clickhouse }): Promise<void> {
  await queueReplies(db)
  const behind = await list(
    db,
    sql<{ id: number; projectId: number; seenEvent: number }>`
      select i.id, i.project_id, i.seen_event
      from integration i
      where exists (select from ticket_event e where e.project_id = i.project_id and e.id > i.seen_event)`,
  )
  for (const { id, projectId, seenEvent } of behind) {
    const events = await list(
      db,
      sql<Happened>`
        select id, ticket_id, kind, to_value
        from ticket_event
        where project_id = ${projectId} and id > ${seenEvent}
        order by id
        limit ${perTurn}`,
    )
    const integration = await getIntegration(db, projectId, id)
    const wanted = await wantedOf(clickhouse, db, integration, events)
    await inTransaction(db, async (tx) => {
      for (const ticket of wanted) await handOver(tx, integration, ticket, null)
      await queueClosings(tx, integration, events)
      await sql`update integration set seen_event = ${events.at(-1)?.id ?? seenEvent} where id = ${id}`.execute(tx)
    })
  }
}

type Happened = { id: number; ticketId: number; kind: string; toValue: string | null }

/** Tickets that were opened about one of the chosen topics. */
async function wantedOf(
  clickhouse: Clickhouse,
  db: Database,
  { projectId, setup }: Integration,
  events: Happened[],
): Promise<number[]> {
  if (setup.topics.length === 0) return []
  const wanted: number[] = []
  for (const { ticketId } of events.filter(({ kind }) => kind === 'opened')) {
    const mentions = await findMentions(clickhouse, projectId, await listMentionIds(db, projectId, ticketId))
    if (mentions.some(({ topics }) => topics.some((topic) => setup.topics.includes(topic)))) wanted.push(ticketId)
  }
  return wanted
}

async function queueReplies(db: Database): Promise<void> {
  await sql`
    insert into integration_exchange (integration_id, link_id, kind, cause, reply_id, key)
    select i.id, l.id, 'note', 'reply:' || r.id, r.id, l.key || '-' || r.id
    from reply r
    join integration_link l on l.ticket_id = r.ticket_id and l.project_id = r.project_id
    join integration i on i.id = l.integration_id
    where r.state = 'sent' and r.sent_at > now() - make_interval(days => ${replyDays}) and r.sent_at >= l.asked_at
      and (i.setup ->> 'replies')::boolean
    on conflict (link_id, cause) do nothing`.execute(db)
}

async function queueClosings(tx: Database, { id, setup }: Integration, events: Happened[]): Promise<void> {
  if (!setup.closes) return
  const ended = events.filter(
    ({ kind, toValue }) => kind === 'status-changed' && (toValue === 'solved' || toValue === 'closed'),
  )
  for (const event of ended)
    await sql`
      insert into integration_exchange (integration_id, link_id, kind, cause, key)
      select ${id}, l.id, 'close', ${`closed:${event.id}`}, l.key
      from integration_link l
      where l.integration_id = ${id} and l.ticket_id = ${event.ticketId} and l.ended is not true
      on conflict (link_id, cause) do nothing`.execute(tx)
}
