import { assertNever } from '../../base/errors.ts'
import { fieldOf, type Analysis, type AnalysisMode, type Field } from '../../base/text/analyse.ts'
import type { Post } from '../posts/post.ts'
import { lettersApart } from '../query/fields.ts'
import type { Query } from '../query/query.ts'
import { askField, type LateFields } from './ask-field.ts'
import { foldPattern, indexTokens, isLike, isTerm, keysOf, termsOf, type Term } from '../query/terms.ts'

/** A place in the mention that made a match true, in UTF-16 units of the field. */
export type MatchPlace = { field: Field; start: number; end: number }

/** Null is unknown: a field that the source never fills satisfies neither a condition nor its negation. */
export type Truth = boolean | null

/** A post with what queries ask of it, prepared once for all of them. */
export type Prepared = { post: Post & LateFields; analysis: Analysis; tokens: Map<string, number[]> }

export function prepare(post: Post & LateFields, analysis: Analysis): Prepared {
  return { post, analysis, tokens: indexTokens(analysis) }
}

/** The places that make the query true of the post; null when it is not true. */
export function evaluate(query: Query, post: Post & LateFields, analysis: Analysis): MatchPlace[] | null {
  return evaluatePrepared(query, prepare(post, analysis))
}

export function evaluatePrepared(query: Query, prepared: Prepared): MatchPlace[] | null {
  const { sentenceAt } = prepared.analysis
  const whole = { from: 0, to: sentenceAt.length }
  return truth(query, prepared, whole) === true ? placesOf(query, prepared, whole) : null
}

/** Positions that count, the end not among them. */
type Window = { from: number; to: number }
/** Positions from first to last, and where they stand in the text. */
type Span = { first: number; last: number; field: Field; start: number; end: number }

function truth(query: Query, prepared: Prepared, window: Window): Truth {
  switch (query.kind) {
    case 'all':
      return true
    case 'list':
      return null
    case 'not':
      return negate(truth(query.of, prepared, window))
    case 'and': {
      let known: Truth = true
      for (const part of query.of) {
        const value = truth(part, prepared, window)
        if (value === false) return false
        if (value === null) known = null
      }
      return known
    }
    case 'or': {
      let known: Truth = false
      for (const part of query.of) {
        const value = truth(part, prepared, window)
        if (value === true) return true
        if (value === null) known = null
      }
      return known
    }
    case 'at-least': {
      const values = query.of.map((part) => truth(part, prepared, window))
      if (values.filter((value) => value === true).length >= query.count) return true
      return values.filter((value) => value !== false).length >= query.count ? null : false
    }
    case 'in':
      return truth(query.of, prepared, narrow(query.where, prepared.analysis, window))
    case 'field':
      return askField(query.field, query.value, prepared.post, prepared.analysis)
    default:
      return spansOf(query, prepared, window).length > 0
  }
}

function negate(value: Truth): Truth {
  return value === null ? null : !value
}

/** Where a query that looks for words finds them. */
function spansOf(query: Query, prepared: Prepared, window: Window): Span[] {
  switch (query.kind) {
    case 'word':
      return phrase(
        compiled(query, prepared.analysis.mode, () => termsOf(query.text, query.form, prepared.analysis.mode)),
        prepared,
        window,
      )
    case 'phrase':
      return phrase(
        compiled(query, prepared.analysis.mode, () => termsOf(query.text, query.forms, prepared.analysis.mode)),
        prepared,
        window,
      )
    case 'within':
      return within(
        compiled(query, prepared.analysis.mode, () => termsOf(query.text, 'any', prepared.analysis.mode)),
        query.between,
        prepared,
        window,
      )
    case 'wildcard': {
      const pattern = compiled(query, prepared.analysis.mode, () => foldPattern(query.pattern, prepared.analysis.mode))
      const accents = pattern.accented !== pattern.folded
      return tokensWhere(prepared, window, (token) => {
        const word = prepared.analysis.words[token]!
        return accents ? isLike(pattern.accented, word.accented) : isLike(pattern.folded, word.folded)
      })
    }
    case 'fuzzy': {
      const { folded } = compiled(query, prepared.analysis.mode, () => foldPattern(query.text, prepared.analysis.mode))
      return tokensWhere(
        prepared,
        window,
        (token) => lettersApart(folded, prepared.analysis.words[token]!.folded, query.letters) <= query.letters,
      )
    }
    case 'raw':
      return raw(query.text, prepared, window)
    case 'near':
      return pairs(query.left, query.right, prepared, window, (a, b) => {
        const gap = a.first <= b.first ? b.first - a.last - 1 : a.first - b.last - 1
        return gap >= 0 && gap <= query.between && (!query.ordered || a.first <= b.first)
      })
    case 'same':
      return pairs(query.left, query.right, prepared, window, (a, b) => {
        const units = query.unit === 'sentence' ? prepared.analysis.sentenceAt : prepared.analysis.paragraphAt
        const apart = a.last < b.first || b.last < a.first
        return (
          apart &&
          units[a.first] === units[b.last] &&
          units[b.first] === units[a.last] &&
          (!query.ordered || a.first <= b.first)
        )
      })
    case 'not-near': {
      const right = spansOf(query.right, prepared, window)
      return spansOf(query.left, prepared, window).filter((a) =>
        right.every(
          (b) =>
            a.field !== b.field || (a.first <= b.first ? b.first - a.last - 1 : a.first - b.last - 1) > query.between,
        ),
      )
    }
    case 'outside': {
      const right = spansOf(query.right, prepared, window)
      return spansOf(query.left, prepared, window).filter((a) =>
        right.every((b) => a.first < b.first || a.last > b.last),
      )
    }
    case 'times': {
      const spans = spansOf(query.of, prepared, window)
      const times = apart(spans)
      return times >= query.from && (query.to === null || times <= query.to) ? spans : []
    }
    case 'in':
      return spansOf(query.of, prepared, narrow(query.where, prepared.analysis, window))
    case 'or':
    case 'at-least':
      return query.of.flatMap((part) => spansOf(part, prepared, window))
    case 'and': {
      const parts = query.of.filter((part) => part.kind !== 'not').map((part) => spansOf(part, prepared, window))
      return truth(query, prepared, window) === true ? parts.flat() : []
    }
    case 'not':
    case 'all':
    case 'list':
    case 'field':
      return []
    default:
      return assertNever(query)
  }
}

/** The places to highlight: those of every true branch, and none of what is excluded. */
function placesOf(query: Query, prepared: Prepared, window: Window): MatchPlace[] {
  switch (query.kind) {
    case 'and':
    case 'or':
    case 'at-least':
      return query.of
        .filter((part) => truth(part, prepared, window) === true)
        .flatMap((part) => placesOf(part, prepared, window))
    case 'in':
      return placesOf(query.of, prepared, narrow(query.where, prepared.analysis, window))
    default:
      return spansOf(query, prepared, window).map(({ field, start, end }) => ({ field, start, end }))
  }
}

function narrow(where: 'title' | 'lead' | 'text', analysis: Analysis, window: Window): Window {
  const { textPosition, paragraphAt } = analysis
  let from = 0
  let to = paragraphAt.length
  if (where === 'title') to = textPosition
  if (where === 'text') from = textPosition
  if (where === 'lead') {
    to = textPosition
    while (to < paragraphAt.length && paragraphAt[to] === paragraphAt[textPosition]) to++
  }
  return { from: Math.max(from, window.from), to: Math.min(to, window.to) }
}

function phrase(terms: Term[], prepared: Prepared, window: Window): Span[] {
  const [first, ...others] = terms
  if (!first) return []
  const found: Span[] = []
  for (const token of tokensOf(first, prepared, window)) {
    let last = token
    for (const term of others) {
      const { words, positions } = prepared.analysis
      const at = positions[last]! + Math.max(1, words[last]!.width)
      last = tokensOf(term, prepared, window).find((candidate) => positions[candidate] === at) ?? -1
      if (last < 0) break
    }
    if (last >= 0 && fieldOf(prepared.analysis, token) === fieldOf(prepared.analysis, last))
      found.push(spanOf(prepared.analysis, token, last))
  }
  return found
}

/** All words in any order, each at a place of its own, with at most `between` other words among them. */
function within(terms: Term[], between: number, prepared: Prepared, window: Window): Span[] {
  const lists = terms.map((term) => tokensOf(term, prepared, window))
  if (lists.length === 0 || lists.some((list) => list.length === 0)) return []
  const { positions } = prepared.analysis
  const found: Span[] = []
  const widest = terms.length + between
  for (const start of lists.flat().toSorted((a, b) => a - b)) {
    const from = positions[start]!
    const inside = lists.map((list) =>
      list.filter((token) => positions[token]! >= from && positions[token]! < from + widest),
    )
    const chosen = assign(inside, positions)
    if (!chosen) continue
    const last = chosen.reduce((a, b) => (positions[a]! > positions[b]! ? a : b))
    if (fieldOf(prepared.analysis, start) === fieldOf(prepared.analysis, last))
      found.push(spanOf(prepared.analysis, start, last))
  }
  return found
}

/** One token of each list, no two at one position; null when there is no such choice. */
function assign(lists: number[][], positions: number[], taken: Set<number> = new Set()): number[] | null {
  const [list, ...others] = lists
  if (!list) return []
  for (const token of list) {
    const at = positions[token]!
    if (taken.has(at)) continue
    const rest = assign(others, positions, new Set([...taken, at]))
    if (rest) return [token, ...rest]
  }
  return null
}

function raw(text: string, prepared: Prepared, window: Window): Span[] {
  const { analysis } = prepared
  if (text === '') return []
  const found: Span[] = []
  for (const field of ['title', 'text'] as const) {
    const body = analysis[field]
    for (let start = body.indexOf(text); start >= 0; start = body.indexOf(text, start + text.length)) {
      const end = start + text.length
      // Signs belong to the word before them, so that distances can be counted.
      const first = positionAt(analysis, field, start)
      const last = positionAt(analysis, field, end - 1)
      if (first >= window.from && first < Math.max(window.to, window.from + 1))
        found.push({ first, last, field, start, end })
    }
  }
  return found
}

function positionAt(analysis: Analysis, field: Field, at: number): number {
  const begin = field === 'title' ? 0 : analysis.textToken
  const end = field === 'title' ? analysis.textToken : analysis.words.length
  let position = field === 'title' ? 0 : analysis.textPosition
  for (let token = begin; token < end && analysis.starts[token]! <= at; token++) position = analysis.positions[token]!
  return position
}

function pairs(
  left: Query,
  right: Query,
  prepared: Prepared,
  window: Window,
  fits: (a: Span, b: Span) => boolean,
): Span[] {
  const others = spansOf(right, prepared, window)
  if (others.length === 0) return []
  const found: Span[] = []
  for (const a of spansOf(left, prepared, window)) {
    for (const b of others) {
      if (a.field !== b.field || !fits(a, b)) continue
      const [one, two] = a.first <= b.first ? [a, b] : [b, a]
      found.push({
        first: one.first,
        last: Math.max(one.last, two.last),
        field: a.field,
        start: one.start,
        end: Math.max(one.end, two.end),
      })
    }
  }
  return found
}

/** How many of the spans fit beside each other without sharing a position. */
function apart(spans: Span[]): number {
  let times = 0
  let end = -1
  for (const span of spans.toSorted((a, b) => a.last - b.last)) {
    if (span.first <= end) continue
    times++
    end = span.last
  }
  return times
}

function tokensOf(term: Term, { analysis, tokens }: Prepared, window: Window): number[] {
  const found = new Set<number>()
  for (const key of keysOf(term)) {
    for (const token of tokens.get(key) ?? []) {
      if (inside(analysis.positions[token]!, window) && isTerm(term, analysis.words[token]!)) found.add(token)
    }
  }
  return found.size < 2 ? [...found] : [...found].toSorted((a, b) => a - b)
}

function tokensWhere({ analysis }: Prepared, window: Window, fits: (token: number) => boolean): Span[] {
  const found: Span[] = []
  for (let token = 0; token < analysis.words.length; token++) {
    if (inside(analysis.positions[token]!, window) && fits(token)) found.push(spanOf(analysis, token, token))
  }
  return found
}

function inside(position: number, window: Window): boolean {
  return position >= window.from && position < window.to
}

function spanOf(analysis: Analysis, first: number, last: number): Span {
  return {
    first: analysis.positions[first]!,
    last: analysis.positions[last]! + Math.max(1, analysis.words[last]!.width) - 1,
    field: fieldOf(analysis, first),
    start: analysis.starts[first]!,
    end: analysis.ends[last]!,
  }
}

const prepared = { forms: new WeakMap<Query, unknown>(), plain: new WeakMap<Query, unknown>() }

/** What a node needs is made once, however many posts are read. */
function compiled<T>(query: Query, mode: AnalysisMode, make: () => T): T {
  const known = prepared[mode].get(query)
  if (known !== undefined) return known as T
  const made = make()
  prepared[mode].set(query, made)
  return made
}
