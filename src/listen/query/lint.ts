import { printQuery } from './print.ts'
import { mostOfAKind, problem, type Place, type Problem } from './problems.ts'
import { branches, type Query } from './query.ts'

/** What is wrong or doubtful about a query that could be read. `places` tells where a node was written. */
export function lint(query: Query, places: Map<Query, Place>, bracketed: Set<Query>, text: string): Problem[] {
  const problems: Problem[] = []
  const at = (node: Query): Place => places.get(node) ?? { start: 0, end: text.length }
  // What an outer OR says of its reading says it of the inner ones too.
  const visit = (node: Query, told: boolean) => {
    let isTold = told
    switch (node.kind) {
      case 'word':
        return
      case 'or':
        if (!told) {
          const parts = node.of.filter((part) => part.kind === 'and' && !bracketed.has(part))
          problems.push(...mixed(node, parts.map(at)))
          isTold = parts.length > 0
        }
        break
      case 'near':
      case 'not-near':
      case 'same':
      case 'outside':
      case 'times':
        for (const side of branches(node))
          if (!hasPlaces(side)) problems.push(problem('near-needs-words', at(side), { operator: operatorOf(node) }))
        break
      default:
    }
    if (node.kind === 'or' || node.kind === 'at-least') {
      for (const part of node.of)
        if (part.kind !== 'word' && !looksFor(part)) problems.push(problem('or-not', at(part)))
    }
    if (node.kind === 'and' || node.kind === 'or' || node.kind === 'at-least') problems.push(...doubles(node.of, at))
    for (const part of branches(node)) if (part.kind !== 'word') visit(part, isTold)
  }
  visit(query, false)
  const reached = query.kind !== 'or' || query.of.length > 0
  if (reached && !looksFor(query) && !problems.some(({ key }) => key === 'or-not'))
    problems.push(problem('no-word', at(query)))
  return problems

  // Comments and lines stay as they were written.
  function mixed(node: Query, parts: Place[]): Problem[] {
    const [head] = parts
    if (!head) return []
    const reading = printQuery(node)
    let repaired = ''
    let end = head.start
    for (const part of parts) {
      repaired += `${text.slice(end, part.start)}(${text.slice(part.start, part.end)})`
      end = part.end
    }
    return [
      problem(
        'mixed',
        at(node),
        { reading: reading.length > 200 ? `${reading.slice(0, 200)}…` : reading },
        { start: head.start, end, text: repaired },
      ),
    ]
  }
}

/** Whether it asks for something, and does not only exclude. */
function looksFor(query: Query): boolean {
  switch (query.kind) {
    case 'not':
      return query.of.kind === 'not' && looksFor(query.of.of)
    case 'and':
      return query.of.some(looksFor)
    case 'or':
    case 'at-least':
      return query.of.every(looksFor)
    case 'in':
      return looksFor(query.of)
    case 'times':
      return query.from > 0 && looksFor(query.of)
    default:
      return true
  }
}

/** Whether it stands at places in the text, so that a distance to it has a meaning. */
function hasPlaces(query: Query): boolean {
  switch (query.kind) {
    case 'and':
    case 'not':
    case 'field':
    case 'all':
    case 'at-least':
      return false
    case 'list':
      return true
    default:
      return branches(query).every(hasPlaces)
  }
}

function operatorOf(query: Query): string {
  switch (query.kind) {
    case 'near':
      return query.ordered ? 'ONEAR' : 'NEAR'
    case 'not-near':
      return 'NOT NEAR'
    case 'same':
      return query.unit === 'paragraph' ? 'PARAGRAPH' : 'SENTENCE'
    case 'outside':
      return 'XNOT'
    default:
      return '{n}'
  }
}

function doubles(parts: Query[], at: (node: Query) => Place): Problem[] {
  const problems: Problem[] = []
  const seen = new Map<string, boolean>()
  const same = sameness(parts)
  for (const part of parts) {
    if (problems.length >= mostOfAKind) break
    const excluded = part.kind === 'not'
    const key = same(excluded ? part.of : part)
    if (key === null) continue
    const before = seen.get(key)
    if (before === excluded) problems.push(problem('duplicate', at(part), { text: printQuery(part).slice(0, 100) }))
    else if (before !== undefined)
      problems.push(problem('contradiction', at(part), { text: printQuery(excluded ? part.of : part).slice(0, 100) }))
    else seen.set(key, excluded)
  }
  return problems
}

/**
 * A text that two parts have in common when they are equal; null for a part that certainly has no equal. Only parts of one
 * kind that begin with the same word are compared whole.
 */
function sameness(parts: Query[]): (part: Query) => string | null {
  const beginnings = new Map<string, number>()
  for (const part of parts) {
    const asked = part.kind === 'not' ? part.of : part
    if (asked.kind === 'word') continue
    const beginning = beginningOf(asked)
    beginnings.set(beginning, (beginnings.get(beginning) ?? 0) + 1)
  }
  return (part) => {
    if (part.kind === 'word') return part.form === 'any' ? part.text : `${part.form} ${part.text}`
    return beginnings.get(beginningOf(part)) === 1 ? null : JSON.stringify(part)
  }
}

function beginningOf(query: Query): string {
  let first = query
  for (let [next] = branches(first); next; [next] = branches(first)) first = next
  return `${query.kind} ${'text' in first ? first.text : JSON.stringify(first)}`
}
