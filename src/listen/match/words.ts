import { spanOf, type Span } from './spans.ts'
import type { Reading } from './reading.ts'
import type { Scope } from './scope.ts'

// Somebody may publish a text of one word a hundred thousand times; nobody needs all its places.
const mostPlaces = 20_000

/** Tokens of the pattern within the scope, in reading order. */
export function tokensIn(reading: Reading, pattern: number, scope: Scope | null): readonly number[] {
  const tokens = reading.tokens(pattern)
  if (!scope || tokens.length === 0) return tokens
  const { positions } = reading.analysis
  return tokens.filter((token) => positions[token]! >= scope.from && positions[token]! < scope.to)
}

/** Where the patterns follow one another without a gap: pairs of the first and the last token. */
export function phrases(reading: Reading, patterns: number[], scope: Scope | null, onlyFirst: boolean): number[] {
  const found: number[] = []
  const { positions, words } = reading.analysis
  const rows = patterns.map((pattern) => tokensIn(reading, pattern, scope))
  for (const token of rows[0] ?? []) {
    // A position may hold several tokens of different widths, so a beginning may go on in several ways.
    let ends = [token]
    for (let next = 1; next < rows.length && ends.length > 0; next++) {
      const row = rows[next]!
      const following: number[] = []
      for (const end of ends) {
        const at = positions[end]! + words[end]!.width
        for (let i = tokenAt(row, positions, at); i < row.length && positions[row[i]!] === at; i++) {
          if (!following.includes(row[i]!)) following.push(row[i]!)
        }
      }
      ends = following
    }
    for (const end of ends) found.push(token, end)
    if (onlyFirst && found.length > 0) break
  }
  return found
}

/**
 * Where all patterns stand, each at a place of its own, with at most `between` other words among them: for each beginning the
 * tokens that are nearest to it.
 */
export function gatherings(
  reading: Reading,
  patterns: number[],
  between: number,
  scope: Scope | null,
  onlyFirst: boolean,
): number[][] {
  const { positions, textPosition } = reading.analysis
  const rows = patterns.map((pattern) => tokensIn(reading, pattern, scope))
  if (rows.length === 0 || rows.some((row) => row.length === 0)) return []
  const found: number[][] = []
  for (const from of beginnings(rows, positions)) {
    const chosen = assign(rows, positions, from, windowEnd(from, rows.length + between, textPosition))
    if (!chosen || !chosen.some((token) => positions[token] === from)) continue
    found.push(chosen)
    if (onlyFirst) break
  }
  return found
}

/** All stretches from the first to the last word of such a place, which matter when it is itself part of a distance. */
export function stretches(reading: Reading, patterns: number[], between: number, scope: Scope | null): Span[] {
  const { analysis } = reading
  const { positions, textPosition } = analysis
  const rows = patterns.map((pattern) => tokensIn(reading, pattern, scope))
  if (rows.length === 0 || rows.some((row) => row.length === 0)) return []
  if (rows.length === 1) return rows[0]!.map((token) => spanOf(analysis, token, token))
  const found: Span[] = []
  for (const [i, row] of rows.entries()) {
    for (const first of row) {
      const from = positions[first]!
      const to = windowEnd(from, rows.length + between, textPosition)
      for (const [j, ends] of rows.entries()) {
        if (i === j) continue
        const others = rows.filter((_, k) => k !== i && k !== j)
        // What fits between two words also fits between the first and a later one, so the farthest end is tried first.
        for (let k = tokenAt(ends, positions, to) - 1; k >= 0 && positions[ends[k]!]! > from; k--) {
          if (!assign(others, positions, from + 1, positions[ends[k]!]!)) break
          found.push(spanOf(analysis, first, ends[k]!))
          if (found.length >= mostPlaces) return found
        }
      }
    }
  }
  return found
}

function beginnings(rows: (readonly number[])[], positions: Int32Array): number[] {
  return [...new Set(rows.flatMap((row) => row.map((token) => positions[token]!)))].sort((a, b) => a - b)
}

// Title and text are never one window.
function windowEnd(from: number, width: number, textPosition: number): number {
  return from < textPosition ? Math.min(from + width, textPosition) : from + width
}

/**
 * One token of each row between two positions, no two at one position; null when there is no such choice. Places are given out
 * as jobs to people: one after another, and whoever is in the way moves on when there is another one for them.
 */
function assign(rows: (readonly number[])[], positions: Int32Array, from: number, to: number): number[] | null {
  const choices: number[][] = []
  for (const row of rows) {
    const choice: number[] = []
    // With as many choices as there are rows one is always left over. Twice, as two tokens may stand at one position.
    for (let i = tokenAt(row, positions, from); i < row.length && positions[row[i]!]! < to; i++) {
      choice.push(row[i]!)
      if (choice.length === 2 * rows.length) break
    }
    if (choice.length === 0) return null
    choices.push(choice)
  }
  const owner = new Map<number, number>()
  const chosen: number[] = choices.map(() => -1)
  const settle = (row: number, tried: Set<number>): boolean => {
    for (const token of choices[row]!) {
      const at = positions[token]!
      if (tried.has(at)) continue
      tried.add(at)
      const other = owner.get(at)
      if (other !== undefined && !settle(other, tried)) continue
      owner.set(at, row)
      chosen[row] = token
      return true
    }
    return false
  }
  return choices.every((_, row) => settle(row, new Set())) ? chosen : null
}

// The first of the tokens that stands at the position or behind it.
function tokenAt(tokens: readonly number[], positions: Int32Array, at: number): number {
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (positions[tokens[middle]!]! < at) low = middle + 1
    else high = middle
  }
  return low
}

/** Where the characters stand as written. Signs belong to the word before them, so that distances can be counted. */
export function charactersIn({ analysis }: Reading, text: string, scope: Scope | null, onlyFirst: boolean): Span[] {
  const found: Span[] = []
  if (text === '') return found
  for (const field of ['title', 'text'] as const) {
    if (scope && !scope[field]) continue
    const body = analysis[field]
    for (let start = body.indexOf(text); start >= 0; start = body.indexOf(text, start + text.length)) {
      const end = start + text.length
      const first = positionAt(reading(field), start)
      const last = positionAt(reading(field), end - 1)
      if (scope && field === 'text' && first >= scope.to) continue
      found.push({ first, last, field, start, end })
      if (onlyFirst || found.length >= mostPlaces) return found
    }
  }
  return found

  function reading(field: 'title' | 'text') {
    return field === 'title'
      ? { from: 0, to: analysis.textToken, position: 0 }
      : { from: analysis.textToken, to: analysis.words.length, position: analysis.textPosition }
  }

  function positionAt({ from, to, position }: { from: number; to: number; position: number }, at: number): number {
    let low = from
    let high = to
    while (low < high) {
      const middle = (low + high) >> 1
      if (analysis.starts[middle]! <= at) low = middle + 1
      else high = middle
    }
    return low === from ? position : analysis.positions[low - 1]!
  }
}
