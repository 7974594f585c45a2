import type { HappeningKind } from '../happenings/happening.ts'
import type { FieldValues, Priority } from '../tickets/ticket.ts'
import type { TicketStatus } from '../tickets/status.ts'

export const subjects = [
  'status',
  'priority',
  'queue',
  'assignee',
  'tag',
  'field',
  'customer',
  'hours',
  'alarm',
  'topic',
] as const

/**
 * A question about the work. `values`: codes, names of tags, ids of queues and members as text; `none` is no ticket, no
 * queue, nobody, no tag, an empty field, no topic. `alarm` and `topic` ask what was raised, and about what. It holds when one of them is so; with `is` false, when none of them is.
 */
export type Condition = {
  about: (typeof subjects)[number]
  /** The id of the field it is about. */
  field?: number | undefined
  is: boolean
  values: string[]
}

/** What conditions are asked of. */
export type WorkState = {
  /** Null: there is no ticket. */
  ticket: TicketState | null
  /** Returning: has had another ticket. Null: nobody knows who wrote. */
  customer: 'new' | 'returning' | null
  /** Working hours of the project. */
  hours: 'working' | 'outside'
  /** Null or absent: no alarm led here. */
  alarm?: { kind: HappeningKind; topic: number | null } | null
}
export type TicketState = {
  status: TicketStatus
  priority: Priority
  queue: number | null
  assignee: string | null
  tags: string[]
  fields: FieldValues
}

/** Whether all of them hold. What is unknown satisfies neither a condition nor its opposite. */
export function hold(conditions: Condition[], state: WorkState): boolean {
  return conditions.every((condition) => {
    const known = knownOf(condition, state)
    return known !== null && known.some((value) => condition.values.includes(value)) === condition.is
  })
}

function knownOf({ about, field }: Condition, { ticket, customer, hours, alarm }: WorkState): string[] | null {
  switch (about) {
    case 'status':
      return [ticket?.status ?? 'none']
    case 'priority':
      return ticket && [ticket.priority]
    case 'queue':
      return ticket && [String(ticket.queue ?? 'none')]
    case 'assignee':
      return ticket && [ticket.assignee ?? 'none']
    case 'tag':
      return ticket && (ticket.tags.length === 0 ? ['none'] : ticket.tags)
    case 'field':
      return ticket && [String(ticket.fields[String(field)] ?? 'none')]
    case 'customer':
      return customer && [customer]
    case 'hours':
      return [hours]
    case 'alarm':
      return alarm ? [alarm.kind] : null
    case 'topic':
      return alarm ? [String(alarm.topic ?? 'none')] : null
  }
}
