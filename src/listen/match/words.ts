import { spanOf, type Span } from './spans.ts'
import type { Reading } from './reading.ts'
import type { Scope } from './scope.ts'

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
 * Where all patterns stand, each at a place of its own, with at most `between` other words among them. The places are given to
 * the patterns as jobs to people: one after another, and a pattern in the way moves on when it can.
 */
export function gatherings(reading: Reading, patterns: number[], between: number, scope: Scope | null, onlyFirst: boolean): Span[] {
  const { analysis } = reading
  const { positions, textPosition } = analysis
  const rows = patterns.map((pattern) => tokensIn(reading, pattern, scope))
  if (rows.length === 0 || rows.some((row) => row.length === 0)) return []
  const found: Span[] = []
  const starts = [...new Set(rows.flatMap((row) => row.map((token) => positions[token]!)))].sort((a, b) => a - b)
  for (const from of starts) {
    const widest = from + patterns.length + between
    const to = from < textPosition ? Math.min(widest, textPosition) : widest
    const choices: number[][] = []
    for (const row of rows) {
      const choice: number[] = []
      // With as many choices as there are patterns one is always left over, so more need not be looked at.
      for (let i = tokenAt(row, positions, from); i < row.length && positions[row[i]!]! < to && choice.length < 2 * rows.length; i++) choice.push(row[i]!)
      if (choice.length === 0) break
      choices.push(choice)
    }
    const chosen = choices.length === rows.length ? assign(choices, positions) : null
    if (!chosen) continue
    const sorted = chosen.sort((a, b) => positions[a]! - positions[b]!)
    if (positions[sorted[0]!] !== from) continue
    found.push(spanOf(analysis, sorted[0]!, sorted.at(-1)!))
    if (onlyFirst) break
  }
  return found
}

function assign(choices: number[][], positions: number[]): number[] | null {
  const owner = new Map<number, number>()
  const chosen: number[] = choices.map(() => -1)
  const settle = (pattern: number, tried: Set<number>): boolean => {
    for (const token of choices[pattern]!) {
      const at = positions[token]!
      if (tried.has(at)) continue
      tried.add(at)
      const other = owner.get(at)
      if (other !== undefined && !settle(other, tried)) continue
      owner.set(at, pattern)
      chosen[pattern] = token
      return true
    }
    return false
  }
  return choices.every((_, pattern) => settle(pattern, new Set())) ? chosen : null
}

// The first of the tokens that stands at the position or behind it.
function tokenAt(tokens: readonly number[], positions: number[], at: number): number {
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (positions[tokens[middle]!]! < at) low = middle + 1
    else high = middle
  }
  return low
}

// A text of nothing but these characters needs no more places than this.
const mostPlaces = 20_000

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
      if (scope && field === 'text' && first >= Math.max(scope.to, scope.from + 1)) continue
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
