import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import { followAnswer } from './promises.ts'

/** Who did it; null where Heed did it by itself. */
export type Actor = { id: string; name: string } | null

export const eventKinds = [
  'opened',
  'mention-added',
  'status-changed',
  'assigned',
  'note-added',
  'title-changed',
  'priority-changed',
  'queue-changed',
  'tags-changed',
  'field-changed',
  'watched',
  'unwatched',
  'linked',
  'unlinked',
  'incident-joined',
  'incident-left',
  'merged-into',
  'merged-from',
  'split-into',
  'split-from',
  'move-undone',
  'answered',
  'reply-queued',
  'reply-taken-back',
  'reply-refused',
  'reply-edited',
  'reply-removed',
  'reply-chosen',
  'promise-missed',
  'escalated',
  'rule-applied',
  'handed-over',
  'record-moved',
  'outcome-changed',
] as const
export type TicketEventKind = (typeof eventKinds)[number]

export type TicketEvent = {
  id: number
  at: Date
  actor: string | null
  kind: TicketEventKind
  /** What it is about where the kind does not say it, like the name of a field. */
  about: string | null
  from: string | null
  to: string | null
  note: string | null
}

export type Happened = {
  kind: TicketEventKind
  about?: string | null
  from?: string | null
  to?: string | null
  noteId?: number
  /** Now unless said. */
  at?: Date
}

/**
 * Written in the transaction of the change, so that neither exists without the other. An answer keeps the promise of one,
 * whoever notes it.
 */
export async function remember(
  tx: Database,
  ticket: { id: number; projectId: number },
  actor: Actor,
  happened: Happened,
): Promise<void> {
  if (happened.kind === 'answered') await followAnswer(tx, ticket, happened.at ?? new Date())
  await sql`
    insert into ticket_event (project_id, ticket_id, at, actor_id, actor, kind, about, from_value, to_value, note_id)
    values (${ticket.projectId}, ${ticket.id}, ${happened.at ?? sql`now()`}, ${actor?.id ?? null}, ${actor?.name ?? null}, ${happened.kind},
      ${happened.about ?? null}, ${happened.from ?? null}, ${happened.to ?? null}, ${happened.noteId ?? null})`.execute(
    tx,
  )
  await sql`update ticket set updated_at = now() where id = ${ticket.id}`.execute(tx)
}

/** Everything that happened to a ticket, oldest first. */
export async function listHistory(db: Database, project: number, ticket: number): Promise<TicketEvent[]> {
  return list(
    db,
    sql<TicketEvent>`${selectEvents} where e.project_id = ${project} and e.ticket_id = ${ticket} order by e.id`,
  )
}

/** Selects what a `TicketEvent` has, of `e`. */
export const selectEvents = sql`
  select e.id, e.at, e.actor, e.kind, e.about, e.from_value as "from", e.to_value as "to", n.text as note
  from ticket_event e
  left join note n on n.id = e.note_id`
