import { sql } from 'kysely'
import { UserError } from '../../base/errors.ts'
import { first, type Database } from '../../base/postgres/postgres.ts'
import { parseFieldValue, printFieldValue, type FieldValue } from './field-value.ts'
import { getField } from './fields.ts'
import { remember, type Actor } from './history.ts'
import { inTicket, refuseIfOvertaken } from './in-ticket.ts'
import { followFacts } from './promises.ts'
import type { Priority, Ticket } from './ticket.ts'

/** What is to be otherwise; absent stays. `was` is what somebody saw when they decided. */
export type Attributes = {
  title?: string | undefined
  priority?: Priority | undefined
  /** Null: in no queue. */
  queue?: number | null | undefined
  addTags?: string[] | undefined
  removeTags?: string[] | undefined
  /** By the id of the field; null empties it. */
  fields?: { [field: string]: FieldValue | null } | undefined
  was?: Pick<Attributes, 'title' | 'priority' | 'queue' | 'fields'> | undefined
}

/**
 * Changes a ticket in one step: all of it or nothing. Tags are added and taken off one by one, so two people at once both
 * have their way; of the rest the second is told who was quicker. Throws UserError then, and for what the project does not have.
 */
export async function changeAttributes(
  db: Database,
  project: number,
  id: number,
  to: Attributes,
  actor: Actor,
  now = new Date(),
): Promise<Ticket> {
  return inTicket(db, project, id, async (tx, ticket) => {
    await putTitle(tx, ticket, to, actor)
    await putPriority(tx, ticket, to, actor, now)
    await putQueue(tx, ticket, to, actor)
    await putTags(tx, ticket, to, actor)
    for (const [field, value] of Object.entries(to.fields ?? {}))
      await putField(tx, ticket, Number(field), value, to, actor)
  })
}

async function putTitle(tx: Database, ticket: Ticket, { title, was }: Attributes, actor: Actor): Promise<void> {
  if (title === undefined || title === ticket.title) return
  await refuseIfOvertaken(tx, ticket, 'title-changed', was?.title, ticket.title)
  await sql`update ticket set title = ${title}, title_of = null where id = ${ticket.id}`.execute(tx)
  await remember(tx, ticket, actor, { kind: 'title-changed', from: ticket.title, to: title })
}

async function putPriority(
  tx: Database,
  ticket: Ticket,
  { priority, was }: Attributes,
  actor: Actor,
  now: Date,
): Promise<void> {
  if (priority === undefined || priority === ticket.priority) return
  await refuseIfOvertaken(tx, ticket, 'priority-changed', was?.priority, ticket.priority)
  await sql`update ticket set priority = ${priority} where id = ${ticket.id}`.execute(tx)
  await remember(tx, ticket, actor, { kind: 'priority-changed', from: ticket.priority, to: priority })
  if (ticket.status === 'open' || ticket.status === 'pending') await followFacts(tx, ticket, now)
}

async function putQueue(tx: Database, ticket: Ticket, { queue, was }: Attributes, actor: Actor): Promise<void> {
  if (queue === undefined || queue === ticket.queueId) return
  await refuseIfOvertaken(tx, ticket, 'queue-changed', was?.queue, ticket.queueId)
  const found =
    queue === null
      ? null
      : await first(
          tx,
          sql<{ name: string }>`select name from ticket_queue where project_id = ${ticket.projectId} and id = ${queue}`,
        )
  if (queue !== null && !found) {
    throw new UserError('This project has no such queue', { key: 'ticket-queue-unknown', field: 'queue' })
  }
  await sql`update ticket set queue_id = ${queue} where id = ${ticket.id}`.execute(tx)
  await remember(tx, ticket, actor, { kind: 'queue-changed', from: ticket.queueName, to: found?.name ?? null })
}

async function putTags(tx: Database, ticket: Ticket, to: Attributes, actor: Actor): Promise<void> {
  const added = [...new Set(to.addTags)].filter((tag) => !ticket.tags.includes(tag))
  const removed = [...new Set(to.removeTags)].filter((tag) => ticket.tags.includes(tag) && !to.addTags?.includes(tag))
  if (added.length === 0 && removed.length === 0) return
  const tags = [...ticket.tags.filter((tag) => !removed.includes(tag)), ...added]
  await sql`update ticket set tags = ${tags}::text[] where id = ${ticket.id}`.execute(tx)
  await remember(tx, ticket, actor, {
    kind: 'tags-changed',
    from: removed.length === 0 ? null : removed.join(', '),
    to: added.length === 0 ? null : added.join(', '),
  })
}

async function putField(
  tx: Database,
  ticket: Ticket,
  id: number,
  value: FieldValue | null,
  { was }: Attributes,
  actor: Actor,
): Promise<void> {
  const field = await getField(tx, ticket.projectId, id)
  const before = ticket.fields[id] ?? null
  const next = value === null ? null : parseFieldValue(field, value)
  if (next === before) return
  await refuseIfOvertaken(tx, ticket, 'field-changed', was?.fields?.[id], before, field.name)
  await (
    next === null
      ? sql`update ticket set fields = fields - ${String(id)} where id = ${ticket.id}`
      : sql`update ticket set fields = jsonb_set(fields, ${[String(id)]}::text[], ${JSON.stringify(next)}::jsonb) where id = ${ticket.id}`
  ).execute(tx)
  await remember(tx, ticket, actor, {
    kind: 'field-changed',
    about: field.name,
    from: before === null ? null : printFieldValue(before),
    to: next === null ? null : printFieldValue(next),
  })
}
