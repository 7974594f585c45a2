import { spread } from './hash.ts'
import { unhashed } from './folds.ts'
import { makeAddress } from './make-word.ts'
import { wholeAddress } from './tokens.ts'
import type { Word } from './word.ts'

/**
 * Words of one language already understood, by number, found by their letters in a text without cutting them out first. It has
 * room for 262,144 words, more than a day of posts in one language has.
 */
export class WordTable {
  readonly #make: (raw: string, width: number) => Word
  #slots = new Int32Array(firstSlots)
  /** By word: hash, where its letters begin, and how many they are. */
  #facts = new Int32Array(firstSlots * stride)
  #letters = new Uint16Array(firstSlots * 8)
  #lettersEnd = 0
  #words: Word[] = []
  /** Counts how often it started anew: numbers of words are those of this time only. */
  times = 0

  /** `make` understands a word that is new. */
  constructor(make: (raw: string, width: number) => Word) {
    this.#make = make
  }

  /** Starts anew when it is full; between two texts, because their tokens hold numbers. */
  makeRoom(): void {
    if (this.#words.length < mostWords) return
    this.#slots.fill(0)
    this.#words = []
    this.#lettersEnd = 0
    this.times++
  }

  word(number: number): Word {
    return this.#words[number]!
  }

  width(number: number): number {
    return this.#words[number]!.width
  }

  /** The number of the word, also of one that was never met; see `Lexicon`. */
  understand(text: string, start: number, end: number, hash: number, width: number): number {
    // People seldom repeat an address, so it is not looked for.
    if (hash === wholeAddress) return this.#words.push(makeAddress(text.slice(start, end))) - 1
    // Longer runs of letters are not words; their beginning is kept, so that they can be found at all.
    if (end - start > longestWord)
      return this.understand(text.slice(start, start + longestWord), 0, longestWord, unhashed, width)
    const place = hash === unhashed ? rawHash(text, start, end) : hash
    const known = this.#find(text, start, end, place)
    if (known >= 0) return known
    const raw = text.slice(start, end)
    return this.#keep(this.#make(detached(raw), width), raw, place)
  }

  #find(text: string, start: number, end: number, hash: number): number {
    const slots = this.#slots
    const facts = this.#facts
    const letters = this.#letters
    const length = end - start
    for (let slot = spread(hash, slots.length); ; slot = (slot + 1) & (slots.length - 1)) {
      const word = slots[slot]! - 1
      if (word < 0) return -1
      const at = word * stride
      if (facts[at] !== hash || facts[at + 2] !== length) continue
      const from = facts[at + 1]!
      let i = 0
      while (i < length && letters[from + i] === text.charCodeAt(start + i)) i++
      if (i === length) return word
    }
  }

  #keep(word: Word, raw: string, hash: number): number {
    const number = this.#words.push(word) - 1
    while (number * 2 >= this.#slots.length) this.#widen()
    if (this.#lettersEnd + raw.length > this.#letters.length) {
      const longer = new Uint16Array(this.#letters.length * 2)
      longer.set(this.#letters)
      this.#letters = longer
    }
    for (let i = 0; i < raw.length; i++) this.#letters[this.#lettersEnd + i] = raw.charCodeAt(i)
    const at = number * stride
    this.#facts[at] = hash
    this.#facts[at + 1] = this.#lettersEnd
    this.#facts[at + 2] = raw.length
    this.#lettersEnd += raw.length
    this.#hang(number)
    return number
  }

  #hang(number: number): void {
    const slots = this.#slots
    let slot = spread(this.#facts[number * stride]!, slots.length)
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
    slots[slot] = number + 1
  }

  #widen(): void {
    this.#slots = new Int32Array(this.#slots.length * 2)
    const facts = new Int32Array(this.#facts.length * 2)
    facts.set(this.#facts)
    this.#facts = facts
    for (let number = 0; number < this.#words.length - 1; number++)
      if (facts[number * stride + 2]! > 0) this.#hang(number)
  }
}

const firstSlots = 2 ** 13
const stride = 3
const mostWords = 2 ** 18
const longestWord = 256

function rawHash(text: string, start: number, end: number): number {
  let hash = 1
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}

// V8 keeps a longer slice as a view of the whole text, and a kept word would keep its whole post in memory.
function detached(slice: string): string {
  return slice.length < 13 ? slice : Buffer.from(slice, 'utf16le').toString('utf16le')
}
