import type { AnalysisMode } from '../../base/text/analyse.ts'
import type { Word } from '../../base/text/word.ts'
import { keyKinds } from './keys.ts'
import { describePattern, eachKeyOf, type KeyLengths, type Pattern } from './pattern.ts'

/**
 * The patterns of one query, each once and by a number. A word of a text is compared with them when it is first met;
 * afterwards its patterns are known, so wildcards and misspellings cost nothing on words that come again.
 */
export class Vocabulary {
  readonly #mode: AnalysisMode
  readonly #numbers = new Map<string, number>()
  readonly #questions: (((word: Word) => boolean) | null)[] = []
  readonly #byKey = new Map<string, number[]>()
  readonly #lengths: KeyLengths = { beginnings: 0, endings: 0, insides: false }
  #known = new Map<Word, readonly number[]>()

  constructor(mode: AnalysisMode) {
    this.#mode = mode
  }

  /** The number of the pattern; equal patterns share one. */
  add(pattern: Pattern): number {
    const written = JSON.stringify(pattern)
    const known = this.#numbers.get(written)
    if (known !== undefined) return known
    const { keys, fits } = describePattern(pattern, this.#mode)
    const id = this.#questions.push(fits) - 1
    this.#numbers.set(written, id)
    for (const [kind, text] of keys) {
      this.#byKey.set(kind + text, [...(this.#byKey.get(kind + text) ?? []), id])
      if (kind === keyKinds.beginning) this.#lengths.beginnings |= 1 << text.length
      else if (kind === keyKinds.ending) this.#lengths.endings |= 1 << text.length
      else if (kind === keyKinds.inside) this.#lengths.insides = true
    }
    this.#known = new Map()
    return id
  }

  /** The patterns that the word fits. */
  idsOf(word: Word): readonly number[] {
    const known = this.#known.get(word)
    if (known) return known
    const found = new Set<number>()
    eachKeyOf(word, this.#lengths, (kind, text) => {
      for (const id of this.#byKey.get(kind + text) ?? none) {
        const fits = this.#questions[id]
        if (!fits || fits(word)) found.add(id)
      }
    })
    const ids = found.size === 0 ? none : [...found]
    if (this.#known.size >= mostKnown) this.#known = new Map()
    this.#known.set(word, ids)
    return ids
  }
}

// Words beyond this many are compared anew: one-off words must not pile up.
const mostKnown = 200_000
const none: readonly number[] = []
