import { numbersOf, type Analysis } from '../../../base/text/analyse.ts'
import { NumberPerWord, wordNumbers, type Word } from '../../../base/text/word.ts'

/** Further words are not read: where somebody stands is said in the beginning, and a price list has no stage. */
export const mostUnits = 400

/**
 * The words of a post one after the other, as cues ask for them: the name of an account and an address are one unit, the
 * parts of a hyphenated word are several, and “what's” is “what”.
 */
export class Units {
  count = 0
  readonly words: Word[] = []
  /** Of the words (`numberOfWord`). */
  readonly numbers = new Int32Array(mostUnits)
  readonly tokens = new Int32Array(mostUnits)
  /** Where each unit is an account's name, an address, a tag or a word. */
  readonly kinds = new Uint8Array(mostUnits)
  #read: Analysis | null = null
  #time = 0

  read(analysis: Analysis): this {
    // Stages, aspects and lures are looked for in one post after the other.
    if (analysis === this.#read && wordNumbers.time === this.#time) return this
    this.#read = analysis
    this.#time = wordNumbers.time
    const { words, positions } = analysis
    const numbers = numbersOf(analysis)
    this.count = 0
    let hiddenUntil = -1
    let last = -1
    for (let token = 0; token < words.length; token++) {
      const position = positions[token]!
      if (position <= hiddenUntil) continue
      const kind = kinds.of(numbers[token]!)
      if (kind === name || kind === address) hiddenUntil = position + words[token]!.width - 1
      else if (kind === whole) continue
      // “when” stands behind “when's” at one place.
      if (position === last && this.count > 0) this.count--
      if (this.count === mostUnits) break
      last = position
      this.words[this.count] = words[token]!
      this.numbers[this.count] = numbers[token]!
      this.tokens[this.count] = token
      this.kinds[this.count++] = kind
    }
    return this
  }
}

/** One thread reads one text at a time. */
export const units = new Units()

export const plain = 0
export const name = 1
export const address = 2

/** A hyphenated word or a tag, whose parts follow. */
const whole = 3

const kinds = new NumberPerWord(({ folded, width }) => {
  if (folded.charCodeAt(0) === atSign) return name
  if (folded.includes('://') || (folded.includes('/') && folded.includes('.'))) return address
  return width > 1 ? whole : plain
})

const atSign = 64
