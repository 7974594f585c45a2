import { doubled } from './doubled.ts'
import type { Wanted } from './wanted.ts'

/**
 * The words of one text after another in columns that are used again for the next text: nothing is allocated. Columns named in
 * the plural run over tokens in reading order; several tokens may stand at one position.
 */
export class Tokens {
  /** The number under which the lexicon knows the word. */
  words = new Int32Array(first)
  positions = new Int32Array(first)
  starts = new Int32Array(first)
  ends = new Int32Array(first)
  count = 0
  /** By position. */
  sentenceAt = new Int32Array(first)
  paragraphAt = new Int32Array(first)
  size = 0

  clear(): void {
    this.count = 0
    this.size = 0
  }

  add(word: number, position: number, start: number, end: number): void {
    if (this.count === this.words.length) this.#widen()
    this.words[this.count] = word
    this.positions[this.count] = position
    this.starts[this.count] = start
    this.ends[this.count] = end
    this.count++
  }

  /** The next position, in this sentence and paragraph. */
  next(sentence: number, paragraph: number): number {
    if (this.size === this.sentenceAt.length) {
      this.sentenceAt = doubled(this.sentenceAt)
      this.paragraphAt = doubled(this.paragraphAt)
    }
    this.sentenceAt[this.size] = sentence
    this.paragraphAt[this.size] = paragraph
    return this.size++
  }

  #widen(): void {
    this.words = doubled(this.words)
    this.positions = doubled(this.positions)
    this.starts = doubled(this.starts)
    this.ends = doubled(this.ends)
  }
}

/** Knows words by number. */
export type Lexicon = {
  /** Words that are not marked are passed over: they take their position and nothing else. Null: every word is looked up. */
  wanted: Wanted | null
  /**
   * The number of the word from `start` to `end` that covers `width` positions; −1 when it is of no use. `hash`: of its folded
   * letters, or `unhashed`.
   */
  understand(text: string, start: number, end: number, hash: number, width: number): number
}

/** In place of a hash: the word is an address, which is kept as written. */
export const wholeAddress = -2

/** Words beyond this position are not looked for: stored positions have 16 bits, and nobody writes posts of 60,000 words. */
export const lastPosition = 60_000

const first = 256
