import type { AnalysisMode } from '../../base/text/analyse.ts'
import { Matcher } from '../../listen/match/matcher.ts'
import type { Query } from '../../listen/query/query.ts'
import { settle } from './arriving.ts'
import { readPostLine, unreadable } from './post-line.ts'

export type QueryLine = { id: string | number; query: Query }
export type LineMatcher = (first: number, lines: string[]) => Matched
/** The answers to some lines, and whether one of them could not be read. */
export type Matched = { text: string; unreadable: boolean }

/** Matches lines of posts against all queries at once. It keeps nothing between calls, so any thread may take any lines. */
export function createLineMatcher(queries: QueryLine[], mode: AnalysisMode): LineMatcher {
  const matcher = new Matcher(mode)
  const ids = queries.map(({ id }) => id)
  queries.forEach(({ query }, index) => matcher.set(index, query))
  // The order of the answer is fixed once, so that a post only sorts small numbers.
  const ranks = ids.map((_, index) => index).toSorted((a, b) => compare(ids[a], ids[b]))
  const rankOf = new Uint32Array(ids.length)
  ranks.forEach((index, rank) => (rankOf[index] = rank))
  return (first, lines) => {
    const matched: Matched = { text: '', unreadable: false }
    for (const [index, text] of lines.entries()) {
      const line = readPostLine(text)
      if (line.kind === 'unreadable') {
        matched.unreadable = true
        matched.text += `${JSON.stringify(unreadable(first + index, line.reason))}\n`
        continue
      }
      const { id, post } = line.value
      settle(post, mode)
      const found = matcher.ids(post).map((id) => rankOf[id]!)
      found.sort()
      matched.text += `${JSON.stringify({ id, queries: Array.from(found, (rank) => ids[ranks[rank]!]) })}\n`
    }
    return matched
  }
}

function compare(a: string | number | undefined, b: string | number | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0
}
