import { analysePost } from '../../base/text/analyse.ts'
import { evaluate, type MatchPlace } from '../match/evaluate.ts'
import type { Mention } from '../mentions/mention.ts'
import type { Query } from '../query/query.ts'
import { share, type Estimate } from './estimate.ts'

/** What a query does with the posts somebody marked. */
export type Quality = { wantedFound: number; wantedMissed: number; unwantedFound: number; unwantedLeft: number }
export type Marked = { mention: Mention; wanted: boolean }

/** Marks below which a share says little: with 20, its interval is still some 30 points wide. */
export const fewMarks = 20

/** Of each mark, in order: the places the query finds it by, null when it does not. */
export function findMarked(query: Query, marks: Marked[]): (MatchPlace[] | null)[] {
  return marks.map(({ mention }) => evaluate(query, mention, analysePost(mention)))
}

/** Null without marks. */
export function measure(query: Query, marks: Marked[]): Quality | null {
  return marks.length === 0 ? null : count(marks, findMarked(query, marks))
}

export function count(marks: Marked[], found: (MatchPlace[] | null)[]): Quality {
  const those = (wanted: boolean, isFound: boolean) =>
    marks.filter((mark, i) => mark.wanted === wanted && (found[i] !== null) === isFound).length
  return {
    wantedFound: those(true, true),
    wantedMissed: those(true, false),
    unwantedFound: those(false, true),
    unwantedLeft: those(false, false),
  }
}

/** Precision: wanted ÷ all marked posts that the query finds, with Wilson's 95 % interval. Null when it finds none. */
export function precisionOf({ wantedFound, unwantedFound }: Quality): Estimate | null {
  return share(wantedFound, wantedFound + unwantedFound)
}

/**
 * Recall: found ÷ all posts marked as wanted, with Wilson's 95 % interval. It knows of no wanted post that nobody
 * marked. Null when none is marked as wanted.
 */
export function recallOf({ wantedFound, wantedMissed }: Quality): Estimate | null {
  return share(wantedFound, wantedFound + wantedMissed)
}
