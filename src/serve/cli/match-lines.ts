import type { AnalysisMode } from '../../base/text/analyse.ts'
import { Matcher } from '../../listen/match/matcher.ts'
import type { Memory } from '../../listen/match/memory.ts'
import type { Query } from '../../listen/query/query.ts'
import { settle } from './arriving.ts'
import { readPostLine, unreadable } from './post-line.ts'

export type QueryLine = { id: string | number; query: Query }

/** What any thread needs to match: the queries in shared memory, and the ids by their numbers in there. */
export type Registered = { mode: AnalysisMode; memory: Memory; ids: (string | number)[] }

/** The answers to some lines in UTF-8; lines that could not be read are answered with their number among these lines, from 0. */
export type Matched = { answers: Uint8Array<ArrayBuffer>; lines: number; unreadable: boolean }

/** Puts all queries into one matcher, numbered in the order in which an answer lists them. */
export function registerQueries(
  queries: QueryLine[],
  mode: AnalysisMode,
): { matcher: Matcher; registered: Registered } {
  const matcher = new Matcher(mode)
  const inOrder = queries.toSorted((a, b) => compare(a.id, b.id))
  for (const [number, { query }] of inOrder.entries()) matcher.set(number, query)
  return { matcher, registered: { mode, memory: matcher.memory, ids: inOrder.map(({ id }) => id) } }
}

/** Matches lines of posts in UTF-8. It keeps nothing between calls, so any thread may take any lines. */
export function createLineMatcher(matcher: Matcher, { mode, ids }: Registered): (bytes: Uint8Array) => Matched {
  const written = ids.map((id) => JSON.stringify(id))
  return (bytes) => {
    const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString().split('\n')
    if (lines.at(-1) === '') lines.pop()
    let text = ''
    let broken = false
    for (const [index, one] of lines.entries()) {
      const line = readPostLine(one)
      if (line.kind === 'unreadable') {
        broken = true
        text += `${JSON.stringify(unreadable(index, line.reason))}\n`
        continue
      }
      const { id, post } = line.value
      settle(post, mode)
      let found = ''
      for (const number of matcher.ids(post)) found += found === '' ? written[number]! : `,${written[number]!}`
      text += `{"id":${JSON.stringify(id)},"queries":[${found}]}\n`
    }
    return { answers: encoder.encode(text), lines: lines.length, unreadable: broken }
  }
}

const encoder = new TextEncoder()

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0
}
