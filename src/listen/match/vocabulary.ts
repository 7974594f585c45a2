import type { AnalysisMode } from '../../base/text/analyse.ts'
import type { Word } from '../../base/text/word.ts'
import { lettersApart } from '../query/fields.ts'
import { foldPattern, isLike, isTerm, keysOf } from '../query/terms.ts'
import type { Pattern } from './pattern.ts'

/**
 * The patterns of one query, each once and by a number. A word of a text is compared with them when it is first met;
 * afterwards its patterns are known, so wildcards and misspellings cost nothing on words that come again.
 */
export class Vocabulary {
  readonly #mode: AnalysisMode
  readonly #numbers = new Map<string, number>()
  readonly #questions: (((word: Word) => boolean) | null)[] = []
  readonly #byKey: Index = new Map()
  readonly #byPrefix: Index[] = []
  readonly #bySuffix: Index[] = []
  readonly #others: Index = new Map()
  #known = new Map<Word, readonly number[]>()

  constructor(mode: AnalysisMode) {
    this.#mode = mode
  }

  /** The number of the pattern; equal patterns share one. */
  add(pattern: Pattern): number {
    const key = JSON.stringify(pattern)
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const { fits, index } = this.#place(pattern)
    const id = this.#questions.push(fits) - 1
    this.#numbers.set(key, id)
    for (const [map, at] of index) {
      const ids = map.get(at)
      if (ids) ids.push(id)
      else map.set(at, [id])
    }
    this.#known = new Map()
    return id
  }

  /** The patterns that the word fits. */
  idsOf(word: Word): readonly number[] {
    const known = this.#known.get(word)
    if (known) return known
    const found = new Set<number>()
    const take = (ids: number[] | undefined) => {
      for (const id of ids ?? none) {
        const fits = this.#questions[id]
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

// Words beyond this many are compared anew: one-off words must not pile up.
const mostKnown = 200_000
const none: readonly number[] = []

function layer(layers: Index[], text: string): Index {
  return (layers[text.length] ??= new Map())
}
