import type { Analysis, AnalysisMode, Field } from '../../base/text/analyse.ts'
import type { Post } from '../posts/post.ts'
import type { Query } from '../query/query.ts'
import type { LateFields } from './ask-field.ts'
import { compile, type Compiled } from './compile.ts'
import { Reading } from './reading.ts'
import type { Span } from './spans.ts'
import { Vocabulary } from './vocabulary.ts'

/** A place in the mention that made a match true, in UTF-16 units of the field. */
export type MatchPlace = { field: Field; start: number; end: number }

/** The places that make the query true of the post, in reading order; null when it is not true. */
export function evaluate(query: Query, post: Post & LateFields, analysis: Analysis): MatchPlace[] | null {
  const { compiled, reading } = prepared(query, analysis.mode)
  reading.read(post, analysis)
  return compiled.truth(reading, null) === true ? placesOf(compiled, reading) : null
}

export function placesOf(compiled: Compiled, reading: Reading): MatchPlace[] {
  return inReadingOrder(compiled.places(reading, null))
}

/** Each place once; a place inside another one would be highlighted twice. */
export function inReadingOrder(spans: Span[]): MatchPlace[] {
  const sorted = spans
    .map(({ field, start, end }): MatchPlace => ({ field, start, end }))
    .sort((a, b) => (a.field === b.field ? a.start - b.start || b.end - a.end : a.field === 'title' ? -1 : 1))
  const places: MatchPlace[] = []
  for (const place of sorted) {
    const last = places.at(-1)
    if (!last || last.field !== place.field || place.end > last.end) places.push(place)
  }
  return places
}

type Prepared = { compiled: Compiled; reading: Reading }

const known: { [mode in AnalysisMode]: WeakMap<Query, Prepared> } = { forms: new WeakMap(), plain: new WeakMap() }

/** A query alone with its words, made once however many posts it is asked about. */
export function prepared(query: Query, mode: AnalysisMode): Prepared {
  let found = known[mode].get(query)
  if (!found) {
    const vocabulary = new Vocabulary(mode)
    found = { compiled: compile(query, vocabulary, mode), reading: new Reading(vocabulary) }
    known[mode].set(query, found)
  }
  return found
}
