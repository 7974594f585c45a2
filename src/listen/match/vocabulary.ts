import type { AnalysisMode } from '../../base/text/analyse.ts'
import type { Word } from '../../base/text/word.ts'
import { lettersApart } from '../query/fields.ts'
import { foldPattern, isLike, isTerm, keysOf, type Term } from '../query/terms.ts'

/** What one word of a text may have to look like. */
export type Pattern =
  | { kind: 'term'; term: Term }
  | { kind: 'like'; pattern: string }
  | { kind: 'fuzzy'; text: string; letters: number }

/**
 * All patterns that some queries look for, each once and by a number. A word of a text is compared with them when it is first
 * met; afterwards its patterns are known, so wildcards and misspellings cost nothing on words that come again.
 */
export class Vocabulary {
  readonly #mode: AnalysisMode
  readonly #numbers = new Map<string, number>()
  readonly #patterns: ({
    key: string
    uses: number
    fits: ((word: Word) => boolean) | null
    index: [Index, string][]
  } | null)[] = []
  readonly #free: number[] = []
  readonly #byKey: Index = new Map()
  readonly #byPrefix: Index[] = []
  readonly #bySuffix: Index[] = []
  readonly #others: Index = new Map()
  readonly #met: number[] = []
  #known = new Map<Word, readonly number[]>()
  /** Posts read so far. */
  posts = 0

  constructor(mode: AnalysisMode) {
    this.#mode = mode
  }

  /** The number of the pattern; equal patterns share one, and each `add` needs its `drop`. */
  add(pattern: Pattern): number {
    const key = JSON.stringify(pattern)
    const known = this.#numbers.get(key)
    if (known !== undefined) {
      this.#patterns[known]!.uses++
      return known
    }
    const id = this.#free.pop() ?? this.#patterns.length
    const { fits, index } = this.#place(pattern)
    this.#patterns[id] = { key, uses: 1, fits, index }
    this.#numbers.set(key, id)
    this.#met[id] = guess(pattern) * (this.posts + guessed)
    for (const [map, at] of index) {
      const ids = map.get(at)
      if (ids) ids.push(id)
      else map.set(at, [id])
    }
    this.#known = new Map()
    return id
  }

  /** True when nobody uses the pattern any more: its number may come back with another one. */
  drop(id: number): boolean {
    const known = this.#patterns[id]!
    if (--known.uses > 0) return false
    for (const [map, at] of known.index) {
      const left = map.get(at)!.filter((other) => other !== id)
      if (left.length > 0) map.set(at, left)
      else map.delete(at)
    }
    this.#numbers.delete(known.key)
    this.#patterns[id] = null
    this.#free.push(id)
    this.#known = new Map()
    return true
  }

  /** A pattern was found in a post. */
  meet(id: number): void {
    this.#met[id]!++
  }

  /** The share of posts that probably have the pattern: a guess from its length at first, then what was seen. */
  shareOf(id: number): number {
    return this.#met[id]! / (this.posts + guessed)
  }

  /** The patterns that the word fits. */
  idsOf(word: Word): readonly number[] {
    const known = this.#known.get(word)
    if (known) return known
    const found = new Set<number>()
    const take = (ids: number[] | undefined) => {
      for (const id of ids ?? none) {
        const { fits } = this.#patterns[id]!
        if (!fits || fits(word)) found.add(id)
      }
    }
    take(this.#byKey.get(word.folded))
    for (const stem of word.stems) take(this.#byKey.get(stem))
    for (const [length, index] of this.#byPrefix.entries()) {
      if (index && length <= word.folded.length) take(index.get(word.folded.slice(0, length)))
    }
    for (const [length, index] of this.#bySuffix.entries()) {
      if (index && length <= word.folded.length) take(index.get(word.folded.slice(word.folded.length - length)))
    }
    take(this.#others.get(''))
    const ids = found.size === 0 ? none : [...found]
    if (this.#known.size >= mostKnown) this.#known = new Map()
    this.#known.set(word, ids)
    return ids
  }

  // Where a word finds the pattern, and what is still to be asked then.
  #place(pattern: Pattern): { fits: ((word: Word) => boolean) | null; index: [Index, string][] } {
    if (pattern.kind === 'term') {
      const { term } = pattern
      const index: [Index, string][] = keysOf(term).map((key) => [this.#byKey, key])
      return { fits: term.form === 'case' || term.demandsAccent ? (word) => isTerm(term, word) : null, index }
    }
    if (pattern.kind === 'fuzzy') {
      const { folded } = foldPattern(pattern.text, this.#mode)
      const { letters } = pattern
      return { fits: (word) => lettersApart(folded, word.folded, letters) <= letters, index: [[this.#others, '']] }
    }
    const { folded, accented } = foldPattern(pattern.pattern, this.#mode)
    if (folded !== accented) return { fits: (word) => isLike(accented, word.accented), index: [[this.#others, '']] }
    const simple = /^(\*?)([^*?]+)(\*?)$/.exec(folded)
    if (simple && simple[1] === '' && simple[3] === '*')
      return { fits: null, index: [[layer(this.#byPrefix, simple[2]!), simple[2]!]] }
    if (simple && simple[1] === '*' && simple[3] === '')
      return { fits: null, index: [[layer(this.#bySuffix, simple[2]!), simple[2]!]] }
    return { fits: (word) => isLike(folded, word.folded), index: [[this.#others, '']] }
  }
}

type Index = Map<string, number[]>

// The guess about a pattern weighs as much as this many posts read.
const guessed = 300

// Words of natural texts become rarer with their length about so.
function guess(pattern: Pattern): number {
  if (pattern.kind === 'term') return rarity(pattern.term.folded.length) * (pattern.term.form === 'any' ? 2 : 1)
  if (pattern.kind === 'fuzzy') return rarity(pattern.text.length) * 4
  return Math.min(1, rarity(pattern.pattern.replace(/[*?]/g, '').length) * 6)
}

function rarity(length: number): number {
  return 2 ** (-Math.min(length, 14) / 1.5)
}

// Words beyond this many are compared anew: one-off words must not pile up.
const mostKnown = 200_000
const none: readonly number[] = []

function layer(layers: Index[], text: string): Index {
  return (layers[text.length] ??= new Map())
}
