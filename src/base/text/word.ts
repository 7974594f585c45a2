import { doubled } from './doubled.ts'

/** One word as the analyser understood it. Equal words of equal languages are usually one object, so what it means may be kept with it. */
export type Word = {
  /** Compatibility forms made plain (NFKC); case and accents as written. */
  written: string
  /** Lower case, `ё` as `е`; accents kept, so that a typed accent can be demanded. */
  accented: string
  /** The same without accents. The stored `tokens`. */
  folded: string
  /** `ru:банк`: stems without accents, each with its language. The stored `stems`. */
  stems: readonly string[]
  /** The same stems with accents. */
  accentedStems: readonly string[]
  /** Number of positions it covers: a hyphenated word covers its parts. */
  width: number
  /** Written in capitals alone, and more than one letter of them. */
  loud: boolean
  /** See `numberOfWord`. */
  number: number
  /** The time of which the number is. */
  time: number
}

/**
 * What readers find out about words lies in columns by the number of the word instead of with the word: those that most tokens
 * are have the lowest numbers, so that what is known of them stays close to the processor. Numbers begin anew when there are
 * too many of them.
 */
class WordNumbers {
  /** Counts how often the numbers began anew. */
  time = 0
  words: Word[] = []

  /** Begins anew when too many are known; between two texts, because whoever reads one holds numbers. */
  makeRoom(): void {
    if (this.words.length < mostNumbers) return
    this.words = []
    this.time++
  }
}

export const wordNumbers = new WordNumbers()

/** Good until `wordNumbers.time` changes. Words that differ by capitals only have one, as far as they were made from each other. */
export function numberOfWord(word: Word): number {
  if (word.time !== wordNumbers.time) {
    word.time = wordNumbers.time
    word.number = wordNumbers.words.push(word) - 1
  }
  return word.number
}

/** More than most days have. */
const mostNumbers = 2 ** 18

/** In place of the time of a number: there is none yet. */
export const unnumbered = -1

/** What one reader makes of each word, however it is capitalised: found out when it is first met, and kept. */
export class PerWord<Value> {
  #values: (Value | undefined)[] = []
  #time = wordNumbers.time

  /** Undefined: nothing is kept yet. */
  get(word: Word): Value | undefined {
    const number = numberOfWord(word)
    return this.#time === wordNumbers.time ? this.#values[number] : undefined
  }

  /** Returns the value. */
  keep(word: Word, value: Value): Value {
    const number = numberOfWord(word)
    if (this.#time !== wordNumbers.time) {
      this.#values = []
      this.#time = wordNumbers.time
    }
    // Holes would make of the list a table that is looked up by hashes.
    while (this.#values.length < number) this.#values.push(undefined)
    this.#values[number] = value
    return value
  }
}

/** The same for several whole numbers of a word side by side, by the number of the word: one place in memory tells all of them. */
export class NumbersPerWord {
  readonly #stride: number
  readonly #find: (word: Word, into: Int32Array, at: number) => void
  #time = wordNumbers.time
  /** The numbers of word after word; the first one of a word that was met is never 0. */
  numbers: Int32Array

  /** `find` writes what it finds from `at` on, the first of it no 0. */
  constructor(stride: number, find: (word: Word, into: Int32Array, at: number) => void) {
    this.#stride = stride
    this.#find = find
    this.numbers = new Int32Array(1024 * stride)
  }

  /** Where those of the word begin in `numbers`, which may be others than before the call. */
  at(number: number): number {
    const at = number * this.#stride
    if (this.#time !== wordNumbers.time || at >= this.numbers.length || this.numbers[at] === 0) this.#meet(number)
    return at
  }

  #meet(number: number): void {
    if (this.#time !== wordNumbers.time) {
      this.numbers.fill(0)
      this.#time = wordNumbers.time
    }
    const at = number * this.#stride
    while (at >= this.numbers.length) this.numbers = doubled(this.numbers)
    this.#find(wordNumbers.words[number]!, this.numbers, at)
  }
}

/** The same for whole numbers from 0 on, by the number of the word. */
export class NumberPerWord {
  readonly #find: (word: Word) => number
  /** One more than the value; 0: not known yet. */
  #values = new Int32Array(1024)
  #time = wordNumbers.time

  constructor(find: (word: Word) => number) {
    this.#find = find
  }

  of(number: number): number {
    const known = this.#time === wordNumbers.time && number < this.#values.length ? this.#values[number]! : 0
    return known > 0 ? known - 1 : this.#meet(number)
  }

  #meet(number: number): number {
    const value = this.#find(wordNumbers.words[number]!)
    if (this.#time !== wordNumbers.time) {
      this.#values.fill(0)
      this.#time = wordNumbers.time
    }
    while (number >= this.#values.length) this.#values = doubled(this.#values)
    this.#values[number] = value + 1
    return value
  }
}
