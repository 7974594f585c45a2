import { keptNames } from '../enrich/place/russian-names.ts'
import { lint } from './lint.ts'
import { parseQuery, type Parsed } from './parse.ts'
import { problem, type Place, type Problem } from './problems.ts'
import { branches, type Query } from './query.ts'

/** What a query means something by: the project's clocks, and the queries it keeps under names. */
export type Surroundings = { timeZone: string; lists: ReadonlyMap<string, string> }

/** Outside of any project. */
export const nowhere: Surroundings = { timeZone: 'UTC', lists: new Map() }

/** How a list is found: names differ by more than their capitals. */
export function listKey(name: string): string {
  return name.trim().toLowerCase()
}

/**
 * Reads a query as a project means it: lists are what is kept under their names, days and hours are those of its zone. A list
 * that is not there or contains itself is a problem and stays in the tree, where it is unknown. A city or region in Russian is
 * also what it is kept under.
 */
export function readInProject(text: string, { timeZone, lists }: Surroundings): Parsed {
  const parsed = parseQuery(text)
  const { places } = parsed
  const problems = [...parsed.problems]
  const opened: string[] = []
  const known = new Map<string, Query>()
  let parts = 0
  let hasLists = false

  const query = put(parsed.query)
  if (hasLists) problems.push(...newProblems(parsed, query, text))
  return { query, problems: problems.sort((a, b) => a.start - b.start || a.end - b.end), places }

  function put(part: Query): Query {
    parts++
    const changed = part.kind === 'list' ? open(part) : change(part)
    const place = changed === part ? undefined : places.get(part)
    if (place) places.set(changed, place)
    return changed
  }

  function change(part: Query): Query {
    switch (part.kind) {
      case 'field':
        return timed.has(part.field) && timeZone !== 'UTC' ? { ...part, timeZone } : asKept(part)
      case 'and':
      case 'or':
      case 'at-least': {
        const of = part.of.map(put)
        return of.every((one, i) => one === part.of[i]) ? part : { ...part, of }
      }
      case 'not':
      case 'times':
      case 'in': {
        const of = put(part.of)
        return of === part.of ? part : { ...part, of }
      }
      case 'near':
      case 'not-near':
      case 'same':
      case 'outside': {
        const [left, right] = [put(part.left), put(part.right)]
        return left === part.left && right === part.right ? part : { ...part, left, right }
      }
      default:
        return part
    }
  }

  function open(part: Query & { kind: 'list' }): Query {
    hasLists = true
    const key = listKey(part.name)
    const written = lists.get(key)
    if (written === undefined) return tell(part, 'list-missing')
    if (opened.includes(key)) return tell(part, 'list-cycle')
    if (opened.length >= mostNested || parts > mostParts) return tell(part, 'list-too-long')
    let content = known.get(key)
    if (!content) known.set(key, (content = parseQuery(written).query))
    opened.push(key)
    // A copy, so that a list used twice stands at two places.
    const inside = { ...put(content) }
    opened.pop()
    return inside
  }

  // What is wrong inside of a list is told where the query names it.
  function tell(part: Query & { kind: 'list' }, key: 'list-missing' | 'list-cycle' | 'list-too-long'): Query {
    const place = places.get(part) ?? { start: 0, end: text.length }
    if (!problems.some((one) => one.key === key && one.values['name'] === part.name))
      problems.push(problem(key, place, { name: part.name }))
    return part
  }
}

/** The keys of the lists that a query asks for, and of those that they ask for in turn. */
export function listsUsed(text: string, lists: Surroundings['lists']): Set<string> {
  const found = new Set<string>()
  const waiting = [text]
  for (let written = waiting.pop(); written !== undefined; written = waiting.pop()) {
    for (const key of listsNamed(written)) {
      if (found.has(key)) continue
      found.add(key)
      const inner = lists.get(key)
      if (inner !== undefined) waiting.push(inner)
    }
  }
  return found
}

/** The keys of the lists that a query itself asks for. */
export function listsNamed(text: string): Set<string> {
  return new Set(
    [...leaves(parseQuery(text).query)].flatMap((leaf) => (leaf.kind === 'list' ? listKey(leaf.name) : [])),
  )
}

/** Whether it means something by the clocks of the project. */
export function asksForClock(text: string): boolean {
  return leaves(parseQuery(text).query).some((leaf) => leaf.kind === 'field' && timed.has(leaf.field))
}

function leaves(query: Query): Query[] {
  const parts = branches(query)
  return parts.length === 0 ? [query] : parts.flatMap(leaves)
}

// Places are kept under their English names; a platform's own words stay as it wrote them.
function asKept(part: Query & { kind: 'field' }): Query {
  const { field, value } = part
  if ((field !== 'city' && field !== 'region') || !('is' in value)) return part
  const kept = keptNames(field, value.is)
  return kept.length === 0 ? part : { kind: 'or', of: [part, ...kept.map((is) => ({ ...part, value: { is } }))] }
}

const timed = new Set(['posted', 'weekday', 'hour'])
const mostNested = 5
const mostParts = 200_000

// A list may be of a kind that cannot stand where it was put: an AND beside NEAR, nothing but exclusions.
function newProblems(parsed: Parsed, query: Query, text: string): Problem[] {
  const told = new Set(parsed.problems.map(({ key, start }) => `${key} ${start}`))
  const bracketed = new Set<Query>()
  const all = (part: Query) => {
    bracketed.add(part)
    branches(part).forEach(all)
  }
  all(query)
  const places = new Map<Query, Place>(parsed.places)
  return lint(query, places, bracketed, text).filter(
    ({ key, severity, start }) => severity === 'error' && !told.has(`${key} ${start}`),
  )
}
