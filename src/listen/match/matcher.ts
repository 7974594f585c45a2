import type { Analysis, AnalysisMode } from '../../base/text/analyse.ts'
import type { Word } from '../../base/text/word.ts'
import type { Post } from '../posts/post.ts'
import { branches, type Query } from '../query/query.ts'
import type { LateFields } from './ask-field.ts'
import { evaluatePrepared, prepare, type MatchPlace } from './evaluate.ts'
import { keysOf, termsOf } from '../query/terms.ts'

export type Match = { id: number; places: MatchPlace[] }

/** Many queries against one post after another. Setting a query again replaces it; the next post meets the change. */
export type Matcher = {
  set(id: number, query: Query): void
  remove(id: number): void
  /** Every query that is true of the post, in the order of their ids, with the places that made it true. */
  match(post: Post & LateFields, analysis: Analysis): Match[]
}

/**
 * A query is looked at only when the post has one of its anchors: words of which at least one must be there for the
 * query to be true (of an AND the branch with the longest words, of an OR all branches, of a NOT none). A query without
 * anchors is looked at for every post.
 */
export function createMatcher(): Matcher {
  const queries = new Map<number, { query: Query; anchors: { [mode in AnalysisMode]: string[] | null } }>()
  const byAnchor = { forms: new Map<string, Set<number>>(), plain: new Map<string, Set<number>>() }
  const always = { forms: new Set<number>(), plain: new Set<number>() }

  const remove = (id: number) => {
    asked = new WeakMap()
    const known = queries.get(id)
    if (!known) return
    queries.delete(id)
    for (const mode of modes) {
      always[mode].delete(id)
      for (const anchor of known.anchors[mode] ?? []) {
        const ids = byAnchor[mode].get(anchor)
        ids?.delete(id)
        if (ids?.size === 0) byAnchor[mode].delete(anchor)
      }
    }
  }
  // Most words of most posts are known ones that nobody asks for, and the analyser gives the same object for the same word.
  let asked = new WeakMap<Word, readonly number[]>()
  const wanting = (word: Word, mode: AnalysisMode): readonly number[] => {
    const known = asked.get(word)
    if (known) return known
    const ids = [word.folded, ...word.stems].flatMap((key) => [...(byAnchor[mode].get(key) ?? none)])
    asked.set(word, ids.length === 0 ? none : ids)
    return ids
  }
  return {
    set: (id, query) => {
      remove(id)
      const anchors = { forms: anchorsOf(query, 'forms'), plain: anchorsOf(query, 'plain') }
      queries.set(id, { query, anchors })
      for (const mode of modes) {
        if (anchors[mode] === null) always[mode].add(id)
        for (const anchor of anchors[mode] ?? []) {
          const ids = byAnchor[mode].get(anchor)
          if (ids) ids.add(id)
          else byAnchor[mode].set(anchor, new Set([id]))
        }
      }
    },
    remove,
    match: (post, analysis) => {
      const candidates = new Set(always[analysis.mode])
      for (const word of analysis.words) {
        for (const id of wanting(word, analysis.mode)) candidates.add(id)
      }
      if (candidates.size === 0) return []
      const prepared = prepare(post, analysis)
      const found: Match[] = []
      for (const id of candidates) {
        const places = evaluatePrepared(queries.get(id)!.query, prepared)
        if (places) found.push({ id, places })
      }
      return found.sort((a, b) => a.id - b.id)
    },
  }
}

const modes = ['forms', 'plain'] as const
const none: readonly number[] = []

/** Words of which one must be in every post that matches; null when there is no such list. */
function anchorsOf(query: Query, mode: AnalysisMode): string[] | null {
  switch (query.kind) {
    case 'word':
      return rarest(
        termsOf(query.text, query.form, mode).map((term) => (term.form === 'any' ? keysOf(term) : [term.folded])),
      )
    case 'phrase':
      return rarest(termsOf(query.text, query.forms, mode).map(keysOf))
    case 'within':
      return rarest(termsOf(query.text, 'any', mode).map(keysOf))
    case 'and':
      return rarest(query.of.map((part) => anchorsOf(part, mode)).filter((anchors) => anchors !== null))
    case 'near':
    case 'same':
      return rarest([anchorsOf(query.left, mode), anchorsOf(query.right, mode)].filter((anchors) => anchors !== null))
    case 'not-near':
    case 'outside':
      return anchorsOf(query.left, mode)
    case 'in':
    case 'times':
      return anchorsOf(branches(query)[0]!, mode)
    case 'or':
    case 'at-least': {
      const all = query.of.map((part) => anchorsOf(part, mode))
      return all.some((anchors) => anchors === null) ? null : [...new Set(all.flatMap((anchors) => anchors!))]
    }
    default:
      return null
  }
}

/** Longer words are rarer, and few of them are rarer than many. */
function rarest(choices: string[][]): string[] | null {
  let best: string[] | null = null
  let bestWeight = -Infinity
  for (const choice of choices) {
    const weight = Math.min(...choice.map((word) => word.length)) - 2 * Math.log2(choice.length + 1)
    if (weight > bestWeight) {
      best = choice
      bestWeight = weight
    }
  }
  return best
}
