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
  readonly #rows: Rows[] = []

  /** Begins anew when too many are known; between two texts, because whoever reads one holds numbers. */
  makeRoom(): void {
    if (this.words.length < mostNumbers) return
    this.words = []
    this.time++
    for (const rows of this.#rows) rows.numbers.fill(0)
  }

  add(word: Word): number {
    const number = this.words.push(word) - 1
    for (const rows of this.#rows) rows.reach(number)
    return number
  }

  /** So many columns for one reader, and where the first of them is in a row. */
  take(columns: number): { rows: Rows; column: number } {
    let rows = this.#rows.at(-1)
    if (!rows || rows.taken + columns > rowLength) {
      this.#rows.push((rows = new Rows()))
      rows.reach(this.words.length)
    }
    const column = rows.taken
    rows.taken += columns
    return { rows, column }
  }
}

/** A row of numbers for each word, in which several readers have columns: what they know of a word lies at one place in memory. */
class Rows {
  numbers = new Int32Array(firstRows * rowLength)
  taken = 0

  reach(word: number): void {
    while ((word + 1) * rowLength > this.numbers.length) this.numbers = doubled(this.numbers)
  }
}

const firstRows = 2 ** 10
/** As many as the processor fetches at once. */
const rowLength = 16

export const wordNumbers = new WordNumbers()

/** Good until `wordNumbers.time` changes. Words that differ by capitals only have one, as far as they were made from each other. */
export function numberOfWord(word: Word): number {
  if (word.time !== wordNumbers.time) {
    word.time = wordNumbers.time
    word.number = wordNumbers.add(word)
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

/** The same for several whole numbers, by the number of the word. */
export class NumbersPerWord {
  readonly #find: (word: Word, into: Int32Array, at: number) => void
  readonly #rows: Rows
  readonly #column: number

  /** `find` writes what it finds from `at` on, the first of it no 0. */
  constructor(count: number, find: (word: Word, into: Int32Array, at: number) => void) {
    this.#find = find
    const { rows, column } = wordNumbers.take(count)
    this.#rows = rows
    this.#column = column
  }

  /** Among others those of the words that were met; they move when a word is met. */
  get numbers(): Int32Array {
    return this.#rows.numbers
  }

  /** Where those of the word begin in `numbers`. */
  at(number: number): number {
    const at = number * rowLength + this.#column
    if (this.#rows.numbers[at] === 0) this.#find(wordNumbers.words[number]!, this.#rows.numbers, at)
    return at
  }
}

/** The same for one whole number from 0 on. */
export class NumberPerWord {
  readonly #find: (word: Word) => number
  readonly #rows: Rows
  readonly #column: number

  constructor(find: (word: Word) => number) {
    this.#find = find
    const { rows, column } = wordNumbers.take(1)
    this.#rows = rows
    this.#column = column
  }

  of(number: number): number {
    // One more than the value; 0: not known yet.
    const known = this.#rows.numbers[number * rowLength + this.#column]!
    return known > 0 ? known - 1 : this.#meet(number)
  }

  #meet(number: number): number {
    const value = this.#find(wordNumbers.words[number]!)
    this.#rows.numbers[number * rowLength + this.#column] = value + 1
    return value
  }
}
