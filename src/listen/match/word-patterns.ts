import type { WordTable } from '../../base/text/word-table.ts'
import type { Patterns } from './patterns.ts'

/** The patterns of the words of one table, found once for each word and anew after queries came or went. */
export class WordPatterns {
  readonly #patterns: Patterns
  readonly #table: WordTable
  #times = 0
  /** By word: the version of the patterns, where its list begins, its length. */
  #facts = new Int32Array(stride * 1024).fill(-1)
  /** The lists of all words. */
  ids = new Int32Array(1024)
  #end = 0
  readonly #found: number[] = []

  constructor(patterns: Patterns, table: WordTable) {
    this.#patterns = patterns
    this.#table = table
  }

  /** Where the patterns of a word begin in `ids`; `count` says how many they are. */
  start(word: number): number {
    const at = word * stride
    if (this.#times !== this.#table.times || at >= this.#facts.length || this.#facts[at] !== this.#patterns.version)
      this.#collect(word)
    return this.#facts[at + 1]!
  }

  count(word: number): number {
    return this.#facts[word * stride + 2]!
  }

  #collect(word: number): void {
    if (this.#times !== this.#table.times) {
      this.#times = this.#table.times
      this.#facts.fill(-1)
      this.#end = 0
    }
    const at = word * stride
    if (at >= this.#facts.length) {
      const longer = new Int32Array(Math.max(at + stride, this.#facts.length * 2)).fill(-1, this.#facts.length)
      longer.set(this.#facts)
      this.#facts = longer
    }
    this.#found.length = 0
    this.#patterns.collect(this.#table.word(word), this.#found)
    // An old list leaves its place unless the new one fits into it.
    if (this.#found.length > this.#facts[at + 2]!) {
      this.#facts[at + 1] = this.#end
      this.#end += this.#found.length
      if (this.#end > this.ids.length) {
        const longer = new Int32Array(this.#end * 2)
        longer.set(this.ids)
        this.ids = longer
      }
    }
    for (let i = 0; i < this.#found.length; i++) this.ids[this.#facts[at + 1]! + i] = this.#found[i]!
    this.#facts[at] = this.#patterns.version
    this.#facts[at + 2] = this.#found.length
  }
}

const stride = 3
