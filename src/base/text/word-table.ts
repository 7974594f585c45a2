import { doubled } from './doubled.ts'
import { spread } from './hash.ts'
import { unhashed } from './folds.ts'
import { makeAddress } from './make-word.ts'
import { hang, widened } from './slots.ts'
import { wholeAddress } from './tokens.ts'
import { numberOfWord, wordNumbers, type Word } from './word.ts'

/** Understands a word that is new. `like`: one that may differ from it by capitals only, as many of the rare ones do. */
export type MakeWord = (raw: string, width: number, like: Word | null) => Word

/**
 * Words of one language already understood, by number, found by their letters in a text without cutting them out first. It has
 * room for 262,144 words, more than a day of posts in one language has.
 */
export class WordTable {
  readonly #make: MakeWord
  // A slot is a hash and one more than the place of the word's spelling, so that other words are passed by without a look at them.
  #slots = new Int32Array(firstSlots * 2)
  // A spelling is the number of the word in two halves, how it is read, and the letters: one place in memory tells all.
  #spellings = new Uint16Array(firstSlots * 8)
  #spellingsEnd = 0
  /** Slots of words met last, few enough to stay close to the processor: most tokens are one of them. */
  readonly #recent = new Int32Array(recentPlaces * 2)
  #words: Word[] = []
  #widths = new Int32Array(firstSlots)
  /** One more than the number of the word (`numberOfWord`); 0 where it was not asked for. */
  #numbers = new Int32Array(firstSlots)
  #time = wordNumbers.time
  /** Counts how often it started anew: numbers of words are those of this time only. */
  times = 0

  constructor(make: MakeWord) {
    this.#make = make
  }

  /** Starts anew when it is full; between two texts, because their tokens hold numbers. */
  makeRoom(): void {
    if (this.#words.length < mostWords) return
    this.#slots.fill(0)
    this.#recent.fill(0)
    this.#numbers.fill(0)
    this.#words = []
    this.#spellingsEnd = 0
    this.times++
  }

  word(number: number): Word {
    return this.#words[number]!
  }

  /** The `numberOfWord`, without a look at the word. */
  numberOf(number: number): number {
    if (this.#time !== wordNumbers.time) {
      this.#time = wordNumbers.time
      this.#numbers.fill(0)
    }
    if (this.#numbers[number] === 0) this.#numbers[number] = numberOfWord(this.#words[number]!) + 1
    return this.#numbers[number]! - 1
  }

  width(number: number): number {
    return this.#widths[number]!
  }

  /** The number of the word, also of one that was never met; see `Lexicon`. */
  understand(text: string, start: number, end: number, hash: number, width: number): number {
    const known = this.find(text, start, end, hash)
    if (known >= 0) return known
    const raw = text.slice(start, end)
    const key = keyOf(text, start, end, hash)
    if (hash === wholeAddress)
      return this.#keep(makeAddress(detached(raw)), raw.length > longestWord ? '' : raw, key, anAddress)
    // Longer runs of letters are not words; their beginning is kept, so that they can be found at all.
    if (raw.length > longestWord)
      return this.understand(text.slice(start, start + longestWord), 0, longestWord, unhashed, width)
    return this.#keep(this.#make(detached(raw), width, this.#like(key)), raw, key, 0)
  }

  /** The number of a word that was met before; −1 of any other and of very long ones. */
  find(text: string, start: number, end: number, hash: number): number {
    if (end - start > longestWord) return -1
    const reading = (end - start) | (hash === wholeAddress ? anAddress : 0)
    return this.#find(text, start, reading, keyOf(text, start, end, hash))
  }

  #find(text: string, start: number, reading: number, hash: number): number {
    const recent = this.#recent
    const near = spread(hash, recentPlaces) * 2
    const met = recent[near + 1]! - 1
    if (met >= 0 && recent[near] === hash && this.#isSpelled(met, text, start, reading)) return this.#numberAt(met)
    const slots = this.#slots
    const last = slots.length / 2 - 1
    for (let slot = spread(hash, last + 1); ; slot = (slot + 1) & last) {
      const at = slots[slot * 2 + 1]! - 1
      if (at < 0) return -1
      if (slots[slot * 2] !== hash || !this.#isSpelled(at, text, start, reading)) continue
      recent[near] = hash
      recent[near + 1] = at + 1
      return this.#numberAt(at)
    }
  }

  #isSpelled(at: number, text: string, start: number, reading: number): boolean {
    const spellings = this.#spellings
    if (spellings[at + 2] !== reading) return false
    const from = at + beforeLetters
    const length = reading & ~anAddress
    for (let i = 0; i < length; i++) if (spellings[from + i] !== text.charCodeAt(start + i)) return false
    return true
  }

  /** A word of the same hash: mostly the same in other letters, large or small. */
  #like(hash: number): Word | null {
    const slots = this.#slots
    const last = slots.length / 2 - 1
    for (let slot = spread(hash, last + 1); slots[slot * 2 + 1] !== 0; slot = (slot + 1) & last) {
      const at = slots[slot * 2 + 1]! - 1
      if (slots[slot * 2] === hash && this.#spellings[at + 2]! < anAddress) return this.#words[this.#numberAt(at)]!
    }
    return null
  }

  #numberAt(spelling: number): number {
    return this.#spellings[spelling]! | (this.#spellings[spelling + 1]! << 16)
  }

  #keep(word: Word, raw: string, hash: number, sort: number): number {
    const number = this.#words.push(word) - 1
    if (number === this.#widths.length) {
      this.#widths = doubled(this.#widths)
      this.#numbers = doubled(this.#numbers)
    }
    this.#widths[number] = word.width
    if (raw === '') return number
    if (number * 4 >= this.#slots.length) this.#slots = widened(this.#slots)
    const at = this.#spellingsEnd
    this.#spellingsEnd += raw.length + beforeLetters
    while (this.#spellingsEnd > this.#spellings.length) this.#spellings = doubled(this.#spellings)
    const spellings = this.#spellings
    spellings[at] = number & 0xffff
    spellings[at + 1] = number >>> 16
    spellings[at + 2] = raw.length | sort
    for (let i = 0; i < raw.length; i++) spellings[at + beforeLetters + i] = raw.charCodeAt(i)
    hang(this.#slots, hash, at)
    return number
  }
}

const firstSlots = 2 ** 13
const recentPlaces = 2 ** 12
const beforeLetters = 3
const mostWords = 2 ** 18
const longestWord = 256
/** Beside how many letters a spelling has: it is read as an address, which the same letters without a link before them are not. */
const anAddress = 2 ** 15

function keyOf(text: string, start: number, end: number, hash: number): number {
  return hash === unhashed || hash === wholeAddress ? rawHash(text, start, end) : hash
}

function rawHash(text: string, start: number, end: number): number {
  let hash = 1
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}

// V8 keeps a longer slice as a view of the whole text, and a kept word would keep its whole post in memory.
function detached(slice: string): string {
  return slice.length < 13 ? slice : Buffer.from(slice, 'utf16le').toString('utf16le')
}
