import { analysePost } from '../../base/text/analyse.ts'
import type { LateFields } from '../../listen/match/ask-field.ts'
import { evaluate, type MatchPlace } from '../../listen/match/evaluate.ts'
import type { Mention } from '../../listen/mentions/mention.ts'
import type { Query } from '../../listen/query/query.ts'
import type { RuleAction } from './action.ts'
import { hold, type TicketState, type WorkState } from './condition.ts'
import type { Rule } from './rule.ts'

/** A rule as it is tried; `id` 0 is one that is not saved yet. */
export type TriedRule = Pick<Rule, 'id' | 'name' | 'conditions' | 'actions'> & { parsed: Query | null }

/** A later rule puts something else where an earlier one had put something. */
export type Undone = { earlier: TriedRule; later: TriedRule; about: string }

export type Simulated = {
  /** Which of the rules would have run, and the places in the mention that made its query true. */
  ran: Map<number, MatchPlace[]>
  undone: Undone[]
}

/** What the rules would do one after the other, without doing it. */
export function simulate(
  rules: TriedRule[],
  { mention, state }: { mention: (Mention & LateFields) | null; state: WorkState },
): Simulated {
  const ran: Simulated['ran'] = new Map()
  const undone: Undone[] = []
  const put = new Map<string, { by: TriedRule; value: string }>()
  const analysis = mention && analysePost(mention)
  let { ticket } = state
  for (const rule of rules) {
    const places = rule.parsed === null ? [] : mention && analysis ? evaluate(rule.parsed, mention, analysis) : null
    if (places === null || !hold(rule.conditions, { ...state, ticket })) continue
    ran.set(rule.id, places)
    for (const action of rule.actions) {
      for (const [about, value] of putsOf(action)) {
        const before = put.get(about)
        if (before && before.by !== rule && before.value !== value)
          undone.push({ earlier: before.by, later: rule, about })
        put.set(about, { by: rule, value })
      }
      ticket = afterAction(ticket, action)
    }
  }
  return { ran, undone }
}

/** What an action puts where: a tag is there or not, everything else has one value. */
export function putsOf(action: RuleAction): [about: string, value: string][] {
  switch (action.do) {
    case 'priority':
      return [['priority', action.priority]]
    case 'queue':
      return [['queue', String(action.queue)]]
    case 'assign':
      return [['assign', String(action.member)]]
    case 'field':
      return [[`field ${action.field}`, String(action.value)]]
    case 'incident':
      return [['incident', String(action.incident)]]
    case 'tags':
      return [
        ...action.add.map((tag): [string, string] => [`tag ${tag}`, '+']),
        ...action.remove.map((tag): [string, string] => [`tag ${tag}`, '−']),
      ]
    default:
      return []
  }
}

const fresh: TicketState = { status: 'open', priority: 'normal', queue: null, assignee: null, tags: [], fields: {} }

function afterAction(ticket: TicketState | null, action: RuleAction): TicketState | null {
  if (action.do === 'open-ticket') return ticket ?? fresh
  if (ticket === null) return null
  switch (action.do) {
    case 'priority':
      return { ...ticket, priority: action.priority }
    case 'queue':
      return { ...ticket, queue: action.queue }
    case 'assign':
      return { ...ticket, assignee: action.member }
    case 'tags': {
      const kept = ticket.tags.filter((tag) => !action.remove.includes(tag))
      return { ...ticket, tags: [...new Set([...kept, ...action.add])] }
    }
    case 'field': {
      const { [action.field]: _, ...others } = ticket.fields
      return { ...ticket, fields: action.value === null ? others : { ...others, [action.field]: action.value } }
    }
    default:
      return ticket
  }
}
