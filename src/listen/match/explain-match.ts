import type { Analysis } from '../../base/text/analyse.ts'
import type { Post } from '../posts/post.ts'
import { nameOf } from '../query/explain.ts'
import type { LateFields } from './ask-field.ts'
import type { Compiled, Truth } from './compile.ts'
import { inReadingOrder, prepared, type MatchPlace } from './evaluate.ts'
import type { Reading } from './reading.ts'
import { narrow, type Scope } from './scope.ts'

/** One part of a query as it fared with one mention. */
export type PartExplained = {
  /** The part as it is written in a query. */
  text: string
  /** Null: the mention does not say, so neither the part nor its negation is true. */
  truth: Truth
  /** The answer of the whole hangs on this part: it is why the mention matched, or why it did not. */
  decides: boolean
  places: MatchPlace[]
  parts: PartExplained[]
}

/** Why a mention matches, or which part failed. The whole query stands on top, its branches below in the order of writing. */
export function explainMatch(
  query: Parameters<typeof prepared>[0],
  post: Post & LateFields,
  analysis: Analysis,
): PartExplained {
  const { compiled, reading } = prepared(query, analysis.mode)
  reading.read(post, analysis)
  return explain(compiled, reading, null, true)
}

function explain(part: Compiled, reading: Reading, scope: Scope | null, decides: boolean): PartExplained {
  const truth = part.truth(reading, scope)
  const { query } = part
  const inner = query.kind === 'in' ? narrow(query.where, reading.analysis, scope) : scope
  const parts = part.parts.map((branch) =>
    explain(branch, reading, inner, decides && hangsOn(part, truth, branch.truth(reading, inner))),
  )
  return {
    text: nameOf(query),
    truth,
    decides,
    places: truth === true ? inReadingOrder(part.places(reading, scope)) : [],
    parts,
  }
}

function hangsOn({ query }: Compiled, whole: Truth, branch: Truth): boolean {
  switch (query.kind) {
    // One false branch settles an AND, one true branch an OR; otherwise all of them did.
    case 'and':
      return branch === whole
    case 'or':
    case 'at-least':
      return whole === false || branch === whole
    case 'near':
    case 'same':
      return whole === true || branch !== true
    default:
      return true
  }
}
