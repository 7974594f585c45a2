import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import { listMembers } from '../../base/team/member.ts'
import { listFields, type TicketField } from '../tickets/fields.ts'
import type { TicketEventKind } from '../tickets/history.ts'
import { listQueues } from '../tickets/queues.ts'
import type { TicketStatus } from '../tickets/status.ts'
import { listTicketsByIds, type FieldValues, type Priority, type Ticket } from '../tickets/ticket.ts'
import type { TicketState } from './condition.ts'
import { stateOf } from './state.ts'

type Line = {
  id: number
  ticketId: number
  kind: TicketEventKind
  about: string | null
  from: string | null
  to: string | null
}

/** Tickets as they were: told from what they are and from their histories, which name queues and people as they were called. */
export type PastTickets = {
  /** As it is now; null: it is not there. */
  get(ticket: number): Ticket | null
  /** As it was right after this line of its history. Of each ticket, later lines are asked first. */
  after(ticket: number, line: number): TicketState | null
}

export async function readPast(db: Database, project: number, ids: number[], since: number): Promise<PastTickets> {
  const [tickets, queues, members, fields, lines] = [
    await listTicketsByIds(db, ids),
    await listQueues(db, project),
    await listMembers(db, project),
    await listFields(db, project),
    await list(
      db,
      sql<Line>`
        select id, ticket_id, kind, about, from_value as "from", to_value as "to"
        from ticket_event
        where project_id = ${project} and ticket_id = any(${ids}::int[]) and id > ${since}
        order by id`,
    ),
  ]
  const names = {
    queues: new Map(queues.map(({ id, name }) => [name, id])),
    members: new Map(members.map(({ id, name }) => [name, id])),
    fields: new Map(fields.map((field) => [field.name, field])),
  }
  const now = new Map(tickets.map((ticket) => [ticket.id, ticket]))
  const states = new Map(tickets.map((ticket) => [ticket.id, stateOf(ticket)]))
  const later = Map.groupBy(lines, ({ ticketId }) => ticketId)
  return {
    get: (ticket) => now.get(ticket) ?? null,
    after: (ticket, line) => {
      let state = states.get(ticket)
      if (!state) return null
      const behind = later.get(ticket) ?? []
      for (let last = behind.at(-1); last && last.id > line; last = behind.at(-1)) {
        state = undo(state, last, names)
        behind.pop()
      }
      states.set(ticket, state)
      return state
    },
  }
}

type Names = { queues: Map<string, number>; members: Map<string, string>; fields: Map<string, TicketField> }

function undo(state: TicketState, { kind, about, from, to }: Line, names: Names): TicketState {
  switch (kind) {
    case 'status-changed':
      return { ...state, status: (from ?? state.status) as TicketStatus }
    case 'priority-changed':
      return { ...state, priority: (from ?? state.priority) as Priority }
    case 'queue-changed':
      return { ...state, queue: from === null ? null : (names.queues.get(from) ?? null) }
    case 'assigned':
      return { ...state, assignee: from === null ? null : (names.members.get(from) ?? null) }
    case 'tags-changed': {
      const added = to?.split(', ') ?? []
      return { ...state, tags: [...state.tags.filter((tag) => !added.includes(tag)), ...(from?.split(', ') ?? [])] }
    }
    case 'field-changed': {
      const field = names.fields.get(about ?? '')
      return field ? { ...state, fields: withField(state.fields, field, from) } : state
    }
    default:
      return state
  }
}

function withField(fields: FieldValues, { id, kind }: TicketField, printed: string | null): FieldValues {
  const { [id]: _, ...others } = fields
  if (printed === null) return others
  return { ...others, [id]: kind === 'flag' ? printed === '✓' : kind === 'number' ? Number(printed) : printed }
}
