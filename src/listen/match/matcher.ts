import type { Analysis, AnalysisMode } from '../../base/text/analyse.ts'
import type { Post } from '../posts/post.ts'
import type { Query } from '../query/query.ts'
import type { LateFields } from './ask-field.ts'
import { compile, type Compiled } from './compile.ts'
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
type Entry = { id: number; compiled: Compiled; patterns: number[]; turn: number }

function createIndex(mode: AnalysisMode) {
  const vocabulary = new Vocabulary(mode)
  const reading = new Reading(vocabulary)
  const entries = new Map<number, Entry>()
  const byAnchor: (Entry[] | undefined)[] = []
  const always = new Set<Entry>()
  let turn = 0
  return {
    set(id: number, query: Query): void {
      const patterns: number[] = []
      const compiled = compile(query, vocabulary, mode, patterns)
      const entry: Entry = { id, compiled, patterns, turn }
      entries.set(id, entry)
      if (!compiled.anchors) always.add(entry)
      for (const anchor of compiled.anchors ?? []) (byAnchor[anchor] ??= []).push(entry)
    },
    remove(id: number): void {
      const entry = entries.get(id)
      if (!entry) return
      entries.delete(id)
      always.delete(entry)
      for (const anchor of entry.compiled.anchors ?? [])
        byAnchor[anchor] = byAnchor[anchor]!.filter((other) => other !== entry)
      for (const pattern of entry.patterns) vocabulary.drop(pattern)
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
      return { entries: found.sort((a, b) => a.id - b.id), reading }
    },
  }
}

const none: readonly Entry[] = []
