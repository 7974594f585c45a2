import type { Analysis, Field } from '../../base/text/analyse.ts'

/** Positions from first to last, and where they stand in their field. */
export type Span = { first: number; last: number; field: Field; start: number; end: number }

// Somebody may publish a text of one word repeated a hundred thousand times; nobody needs all its pairs.
const mostPairs = 20_000

/** How two spans must stand to each other; they never share a position and are always in one field. */
export type Relation =
  | { kind: 'near'; between: number; ordered: boolean }
  | { kind: 'same'; units: Int32Array; ordered: boolean }

/** The left spans that have a partner among the right ones, by a look at the nearest only. */
export function withPartner(left: Span[], right: Span[], relation: Relation): Span[] {
  if (left.length === 0 || right.length === 0) return []
  const partner = partnerFinder(right, relation)
  return left.filter((span) => partner(span, true) || (!relation.ordered && partner(span, false)))
}

/** The right spans that have a partner among the left ones. */
export function asPartner(left: Span[], right: Span[], relation: Relation): Span[] {
  if (left.length === 0 || right.length === 0) return []
  const partner = partnerFinder(left, relation)
  return right.filter((span) => partner(span, false) || (!relation.ordered && partner(span, true)))
}

export function anyPair(left: Span[], right: Span[], relation: Relation): boolean {
  if (left.length === 0 || right.length === 0) return false
  const partner = partnerFinder(right, relation)
  return left.some((span) => partner(span, true) || (!relation.ordered && partner(span, false)))
}

/** What each pair covers, when a pair is itself part of a distance. */
export function pairsOf(left: Span[], right: Span[], relation: Relation): Span[] {
  const found: Span[] = []
  const byFirst = right.toSorted((a, b) => a.first - b.first)
  const longest = byFirst.reduce((most, { first, last }) => Math.max(most, last - first), 0)
  const [earliest, latest] = reachOf(relation)
  for (const a of withPartner(left, right, relation)) {
    const until = latest(a)
    for (let i = lowerBound(byFirst, earliest(a) - longest); i < byFirst.length; i++) {
      const b = byFirst[i]!
      if (b.first > until) break
      if (!related(a, b, relation)) continue
      const [one, two] = a.first < b.first ? [a, b] : [b, a]
      found.push({
        first: one.first,
        last: two.last,
        field: a.field,
        start: one.start,
        end: Math.max(one.end, two.end),
      })
      if (found.length >= mostPairs) return found
    }
  }
  return found
}

/** The left spans without any right one at most `between` words away; touching and overlapping ones are near. */
export function farFrom(left: Span[], right: Span[], between: number): Span[] {
  if (right.length === 0) return left
  const covers = coverFinder(right)
  return left.filter(({ first, last, field }) => !covers(last + between + 1, first - between - 1, field))
}

/** The left spans that lie inside no right one. */
export function outsideOf(left: Span[], right: Span[]): Span[] {
  if (right.length === 0) return left
  const covers = coverFinder(right)
  return left.filter(({ first, last, field }) => !covers(first, last, field))
}

/** How many of the spans fit beside each other without sharing a position. */
export function countApart(spans: Span[]): number {
  let times = 0
  let end = -1
  for (const span of spans.toSorted((a, b) => a.last - b.last)) {
    if (span.first <= end) continue
    times++
    end = span.last
  }
  return times
}

function related(a: Span, b: Span, relation: Relation): boolean {
  if (a.field !== b.field) return false
  const gap = a.last < b.first ? b.first - a.last - 1 : b.last < a.first ? a.first - b.last - 1 : -1
  if (gap < 0 || (relation.ordered && b.first < a.first)) return false
  if (relation.kind === 'near') return gap <= relation.between
  const unit = relation.units[a.first]
  return relation.units[a.last] === unit && relation.units[b.first] === unit && relation.units[b.last] === unit
}

// The first and the last position where a partner of the span can be.
function reachOf(relation: Relation): [(span: Span) => number, (span: Span) => number] {
  if (relation.kind === 'near') {
    const reach = relation.between + 1
    return [(span) => span.first - reach, (span) => span.last + reach]
  }
  const { units } = relation
  const begins = new Map<number, number>()
  const ends = new Map<number, number>()
  for (const [position, unit] of units.entries()) {
    if (!begins.has(unit)) begins.set(unit, position)
    ends.set(unit, position)
  }
  return [(span) => begins.get(units[span.first]!)!, (span) => ends.get(units[span.first]!)!]
}

// Whether some of the others stands after (or before) a span as the relation asks.
function partnerFinder(others: Span[], relation: Relation): (span: Span, after: boolean) => boolean {
  if (others.length <= 4) {
    const one = { ...relation, ordered: false }
    return (span, after) =>
      others.some((other) => (after ? other.first > span.last : other.last < span.first) && related(span, other, one))
  }
  if (relation.kind === 'same') {
    const latest = new Map<number, number>()
    const earliest = new Map<number, number>()
    const { units } = relation
    for (const { first, last } of others) {
      const unit = units[first]!
      if (units[last] !== unit) continue
      if (first > (latest.get(unit) ?? -1)) latest.set(unit, first)
      if (last < (earliest.get(unit) ?? Infinity)) earliest.set(unit, last)
    }
    return ({ first, last }, after) => {
      const unit = units[first]!
      if (units[last] !== unit) return false
      return after ? (latest.get(unit) ?? -1) > last : (earliest.get(unit) ?? Infinity) < first
    }
  }
  const byFirst = others.toSorted((a, b) => a.first - b.first)
  const byLast = others.toSorted((a, b) => a.last - b.last)
  return (span, after) => {
    if (after) {
      const next = byFirst[lowerBound(byFirst, span.last + 1)]
      return next !== undefined && next.field === span.field && next.first - span.last - 1 <= relation.between
    }
    const previous = byLast[lowerBoundLast(byLast, span.first) - 1]
    return previous !== undefined && previous.field === span.field && span.first - previous.last - 1 <= relation.between
  }
}

// Whether some span begins at `from` or before, ends at `to` or after, and stands in the field.
function coverFinder(spans: Span[]): (from: number, to: number, field: Field) => boolean {
  const finders = { title: inField('title'), text: inField('text') }
  return (from, to, field) => finders[field](from, to)
  function inField(field: Field) {
    const sorted = spans.filter((span) => span.field === field).sort((a, b) => a.first - b.first)
    let most = -1
    const reached = sorted.map(({ last }) => (most = Math.max(most, last)))
    return (from: number, to: number) => {
      const count = lowerBound(sorted, from + 1)
      return count > 0 && reached[count - 1]! >= to
    }
  }
}

function lowerBound(spans: Span[], first: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (spans[middle]!.first < first) low = middle + 1
    else high = middle
  }
  return low
}

function lowerBoundLast(spans: Span[], last: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (spans[middle]!.last < last) low = middle + 1
    else high = middle
  }
  return low
}

/** The span of some tokens; a hyphenated word covers the positions of its parts. */
export function spanOf(analysis: Analysis, first: number, last: number): Span {
  return {
    first: analysis.positions[first]!,
    last: analysis.positions[last]! + analysis.words[last]!.width - 1,
    field: first < analysis.textToken ? 'title' : 'text',
    start: analysis.starts[first]!,
    end: analysis.ends[last]!,
  }
}
