import type { FieldValue } from '../tickets/field-value.ts'
import type { Priority } from '../tickets/ticket.ts'

/** What a rule does, one thing each; done in the order in which they stand. */
export type RuleAction =
  /** A ticket for the mention, or its place in the one of the same person and thread. */
  | { do: 'open-ticket' }
  | { do: 'priority'; priority: Priority }
  /** Null: in no queue. */
  | { do: 'queue'; queue: number | null }
  /** Null: with nobody. `turn`: whoever's turn it is. */
  | { do: 'assign'; member: string | null }
  | { do: 'tags'; add: string[]; remove: string[] }
  | { do: 'field'; field: number; value: FieldValue | null }
  | { do: 'watch'; member: string }
  | { do: 'incident'; incident: number }
  | { do: 'note'; text: string }
  /** A letter to members of the project. */
  | { do: 'tell'; members: string[]; text: string }
  /** For the ticket where there is one, else for the project. */
  | { do: 'playbook'; playbook: number }
  /** Tags of the mention itself. */
  | { do: 'mark'; tags: string[] }

export const actionKinds = [
  'open-ticket',
  'priority',
  'queue',
  'assign',
  'tags',
  'field',
  'watch',
  'incident',
  'note',
  'tell',
  'playbook',
  'mark',
] as const satisfies readonly RuleAction['do'][]

/** What was done, in words that outlive the queue or the person they name; `what` is empty where the kind says all. */
export type Did = { do: RuleAction['do']; what: string }
