import { sql } from 'kysely'
import { must } from '../../base/errors.ts'
import { inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import type { TicketEventKind } from '../tickets/history.ts'
import { lockTickets } from '../tickets/lock.ts'
import type { Trigger } from './rule.ts'

/** What somebody did to a ticket in one step, or what befell it. */
export type Happened = {
  /** Its name in the history of rules: `event 15`, by the first of its lines. */
  event: string
  /** What the chain began with that led here; the event itself where no rule caused it. */
  root: string
  /** The last line of it. */
  line: number
  ticket: number
  trigger: Trigger
  at: Date
}

type Line = { id: number; ticketId: number; at: Date; step: string; kind: TicketEventKind; root: string | null }

const perTurn = 1000

/**
 * The next steps behind a line of the histories, oldest first, and the last line they are made of. Read while nobody
 * changes a ticket of the project: then no line with a smaller number can appear later.
 */
export async function readHappened(
  db: Database,
  project: number,
  after: number,
): Promise<{ steps: Happened[]; last: number; isAll: boolean }> {
  const lines = await inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    return list(
      tx,
      sql<Line>`
        select e.id, e.ticket_id, e.at, concat_ws(' ', e.ticket_id, e.at, e.xmin, e.actor_id) as step, e.kind,
          (select r.root from rule_run r
            where r.project_id = e.project_id and r.last_event >= e.id and r.first_event <= e.id
            limit 1) as root
        from ticket_event e
        where e.project_id = ${project} and e.id > ${after}
        order by e.id
        limit ${perTurn}`,
    )
  })
  return { ...stepsOf(lines), isAll: lines.length < perTurn }
}

/** Steps of the histories between two moments, oldest first, up to `most` lines; nothing is said of who caused them. */
export async function listHappened(
  db: Database,
  project: number,
  { from, to, most }: { from: Date; to: Date; most: number },
): Promise<{ steps: Happened[]; isAll: boolean }> {
  const lines = await list(
    db,
    sql<Line>`
      select e.id, e.ticket_id, e.at, concat_ws(' ', e.ticket_id, e.at, e.xmin, e.actor_id) as step, e.kind, null as root
      from ticket_event e
      where e.project_id = ${project} and e.at >= ${from} and e.at < ${to}
      order by e.id desc
      limit ${most}`,
  )
  return { steps: stepsOf(lines.toReversed()).steps, isAll: lines.length < most }
}

// What one transaction wrote about one ticket in one name is one step; a restored backup knows it by its moment alone.
function stepsOf(lines: Line[]): { steps: Happened[]; last: number } {
  const groups = [...Map.groupBy(lines, ({ step }) => step).values()]
  const steps = groups.flatMap((group): Happened[] => {
    const { id, ticketId, at, root } = must(group[0])
    const trigger = triggerOf(new Set(group.map(({ kind }) => kind)))
    const event = `event ${id}`
    const line = must(group.at(-1)).id
    return trigger === null ? [] : [{ event, root: root ?? event, line, ticket: ticketId, trigger, at }]
  })
  return { steps, last: lines.at(-1)?.id ?? 0 }
}

/** Null: nothing that rules wait for. */
function triggerOf(kinds: Set<TicketEventKind>): Trigger | null {
  if (kinds.has('opened')) return 'ticket-opened'
  if (kinds.has('promise-missed')) return 'promise-missed'
  if (kinds.has('escalated')) return 'promise-near'
  if (kinds.has('mention-added')) return 'customer-wrote'
  return changes.some((kind) => kinds.has(kind)) ? 'ticket-changed' : null
}

const changes: TicketEventKind[] = [
  'status-changed',
  'assigned',
  'title-changed',
  'priority-changed',
  'queue-changed',
  'tags-changed',
  'field-changed',
  'incident-joined',
  'incident-left',
  'merged-from',
]
