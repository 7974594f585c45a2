import type { Analysis, AnalysisMode } from '../../base/text/analyse.ts'
import type { Post } from '../posts/post.ts'
import type { Query } from '../query/query.ts'
import type { LateFields } from './ask-field.ts'
import { anchorsOf } from './anchors.ts'
import { compile, type Compiled, type Leaves } from './compile.ts'
import { placesOf, type MatchPlace } from './evaluate.ts'
import { Reading } from './reading.ts'
import { Vocabulary } from './vocabulary.ts'

export type Match = { id: number; places: MatchPlace[] }

/** Many queries against one post after another. Setting a query again replaces it; the next post meets the change. */
export type Matcher = {
  set(id: number, query: Query): void
  remove(id: number): void
  /** Every query that is true of the post, in the order of their ids, with the places that made it true. */
  match(post: Post & LateFields, analysis: Analysis): Match[]
  /** The ids alone, for whoever does not show the places. */
  ids(post: Post & LateFields, analysis: Analysis): number[]
}

/**
 * A query is looked at only when the post has one of its anchors: words of which at least one must be there for the
 * query to be true (of an AND the branch that looks rarest, of an OR all branches, of a NOT none). A query without
 * anchors is looked at for every post.
 */
export function createMatcher(): Matcher {
  const queries = new Map<number, Query>()
  // Each way of reading texts has its own words; most processes use one.
  const indexes: { [mode in AnalysisMode]: Index | null } = { forms: null, plain: null }
  const indexFor = (mode: AnalysisMode): Index => {
    let index = indexes[mode]
    if (!index) {
      index = indexes[mode] = createIndex(mode)
      for (const [id, query] of queries) index.set(id, query)
    }
    return index
  }
  const remove = (id: number) => {
    queries.delete(id)
    indexes.forms?.remove(id)
    indexes.plain?.remove(id)
  }
  return {
    set: (id, query) => {
      remove(id)
      queries.set(id, query)
      indexes.forms?.set(id, query)
      indexes.plain?.set(id, query)
    },
    remove,
    match: (post, analysis) => {
      const { entries, reading } = indexFor(analysis.mode).find(post, analysis)
      return entries.map(({ id, compiled }) => ({ id, places: placesOf(compiled, reading) }))
    },
    ids: (post, analysis) =>
      indexFor(analysis.mode)
        .find(post, analysis)
        .entries.map(({ id }) => id),
  }
}

type Index = ReturnType<typeof createIndex>
type Entry = { id: number; compiled: Compiled; used: number[]; anchors: readonly number[] | null; turn: number }

function createIndex(mode: AnalysisMode) {
  const vocabulary = new Vocabulary(mode)
  const reading = new Reading(vocabulary)
  const leaves: Leaves = new Map()
  const entries = new Map<number, Entry>()
  const byAnchor: (Entry[] | undefined)[] = []
  const always = new Set<Entry>()
  let turn = 0
  let reviewAt = 1_000

  const anchor = (entry: Entry) => {
    entry.anchors = anchorsOf(entry.compiled, (pattern) => vocabulary.shareOf(pattern))?.patterns ?? null
    if (!entry.anchors) always.add(entry)
    else for (const pattern of entry.anchors) (byAnchor[pattern] ??= []).push(entry)
  }
  // A crisis makes a rare word common, and a guess may have been wrong: anchors are chosen anew from what was read.
  const review = () => {
    reviewAt = Math.min(reviewAt * 4, reviewAt + 100_000)
    byAnchor.length = 0
    always.clear()
    for (const entry of entries.values()) anchor(entry)
  }
  return {
    set(id: number, query: Query): void {
      const used: number[] = []
      const compiled = compile(query, vocabulary, mode, used, leaves)
      const entry: Entry = { id, compiled, used, anchors: null, turn }
      entries.set(id, entry)
      anchor(entry)
    },
    remove(id: number): void {
      const entry = entries.get(id)
      if (!entry) return
      entries.delete(id)
      always.delete(entry)
      for (const pattern of entry.anchors ?? [])
        byAnchor[pattern] = byAnchor[pattern]!.filter((other) => other !== entry)
      for (const pattern of entry.used) if (vocabulary.drop(pattern)) leaves.delete(pattern)
    },
    find(post: Post & LateFields, analysis: Analysis): { entries: Entry[]; reading: Reading } {
      turn++
      reading.read(post, analysis)
      const found: Entry[] = []
      const look = (entry: Entry) => {
        // An anchor may lead to a query that another one led to before.
        if (entry.turn === turn) return
        entry.turn = turn
        if (entry.compiled.truth(reading, null) === true) found.push(entry)
      }
      for (const entry of always) look(entry)
      for (const pattern of reading.present) for (const entry of byAnchor[pattern] ?? none) look(entry)
      if (turn >= reviewAt) review()
      return { entries: found.sort((a, b) => a.id - b.id), reading }
    },
  }
}

const none: readonly Entry[] = []
