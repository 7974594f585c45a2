import type { Analysis } from '../../base/text/analyse.ts'
import type { Lexicon, Tokens } from '../../base/text/tokens.ts'
import type { Wanted } from '../../base/text/wanted.ts'
import type { WordTable } from '../../base/text/word-table.ts'
import { groupIn } from './filter.ts'
import type { Patterns } from './patterns.ts'
import type { Places } from './places.ts'

/**
 * The words of posts of one language that some query wants, and the patterns of each, found once for each word and anew after
 * queries came or went.
 */
export class WantedWords implements Lexicon {
  wanted: Wanted | null = null
  readonly #patterns: Patterns
  readonly #table: WordTable
  readonly #group: number
  #times = 0
  #version = -1
  /** By word: the version of the patterns, where its list begins, its length. */
  #facts = new Int32Array(stride * 1024).fill(-1)
  /** The lists of all words. */
  #ids = new Int32Array(1024)
  #end = 0
  readonly #found: number[] = []

  constructor(patterns: Patterns, table: WordTable, language: string) {
    this.#patterns = patterns
    this.#table = table
    this.#group = groupIn(language)
  }

  /** Before the words of each post. */
  begin(): void {
    this.#table.makeRoom()
    if (this.#times !== this.#table.times) {
      this.#times = this.#table.times
      this.#facts.fill(-1)
      this.#end = 0
    }
    this.#version = this.#patterns.version
    this.wanted = this.#patterns.keys.filter.words
  }

  understand(text: string, start: number, end: number, hash: number, width: number): number {
    let word = this.#table.find(text, start, end, hash)
    if (word < 0) {
      if (!this.#patterns.keys.filter.wants(text, start, end, hash, width, this.#group)) return -1
      word = this.#table.understand(text, start, end, hash, width)
    }
    const at = word * stride
    if (at >= this.#facts.length || this.#facts[at] !== this.#version) this.#collect(word)
    return this.#facts[at + 2]! > 0 ? word : -1
  }

  /** Marks the patterns of the words that were understood. */
  mark({ words, positions, count }: Tokens, places: Places): void {
    const facts = this.#facts
    const ids = this.#ids
    for (let token = 0; token < count; token++) {
      const word = words[token]!
      const start = facts[word * stride + 1]!
      const end = start + facts[word * stride + 2]!
      const first = positions[token]!
      const last = first + this.#table.width(word) - 1
      for (let i = start; i < end; i++) places.mark(ids[i]!, first, last)
    }
  }

  /** The same for a post of the language that was analysed; false when its words are not known any more, and nothing was done. */
  markAnalysed({ inTable, positions, tableTimes }: Analysis, places: Places): boolean {
    if (tableTimes !== this.#table.times) return false
    for (let token = 0; token < inTable.length; token++) {
      const word = inTable[token]!
      const at = word * stride
      if (at >= this.#facts.length || this.#facts[at] !== this.#version) this.#collect(word)
      const start = this.#facts[at + 1]!
      const end = start + this.#facts[at + 2]!
      const first = positions[token]!
      for (let i = start; i < end; i++) places.mark(this.#ids[i]!, first, first + this.#table.width(word) - 1)
    }
    return true
  }

  #collect(word: number): void {
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
      if (this.#end > this.#ids.length) {
        const longer = new Int32Array(this.#end * 2)
        longer.set(this.#ids)
        this.#ids = longer
      }
    }
    for (let i = 0; i < this.#found.length; i++) this.#ids[this.#facts[at + 1]! + i] = this.#found[i]!
    this.#facts[at] = this.#version
    this.#facts[at + 2] = this.#found.length
  }
}

const stride = 3
