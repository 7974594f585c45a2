import { numbersOf, type Analysis } from '../../base/text/analyse.ts'
import type { Slab } from '../../base/text/slab.ts'
import { hashSeed, hashStep } from '../../base/text/hash.ts'
import { NumbersPerWord } from '../../base/text/word.ts'

/**
 * What is compared of one text: a hash of every three words in a row, and of the whole. Case, accents, links, @names,
 * #signs, punctuation, emoji and spacing have no part in it. The columns are used again for the next text: nothing is
 * allocated.
 */
export class Prints {
  /** Three words in a row, each row once, in reading order, with the number of its first word. */
  readonly rows = new Int32Array(mostWords)
  readonly places = new Uint16Array(mostWords)
  count = 0
  words = 0
  /** Of all words together: short texts say the same by chance. */
  letters = 0
  /** Two hashes of all words in their order. */
  whole = 0
  whole2 = 0
  /** One bit of 32 for each different number in the text. */
  numbers = 0
  readonly #hashes = new Int32Array(mostWords)
  // The rows of this text by their hash, to take each once; a slot that another text filled has another stamp.
  readonly #seen = new Int32Array(seenSlots)
  readonly #stamps = new Int32Array(seenSlots)
  #stamp = 0

  /** Of title and text as one. */
  read(analysis: Analysis): void {
    const { positions } = analysis
    const numbers = numbersOf(analysis)
    this.words = 0
    this.letters = 0
    this.numbers = 0
    this.whole = hashSeed
    this.whole2 = 0
    let done = -1
    for (let token = 0; token < numbers.length && this.words < mostWords; token++) {
      const position = positions[token]!
      if (position === done) continue
      const word = shown.at(numbers[token]!)
      const facts = shown.numbers
      if (facts[word] === beside) continue
      done = position
      if (facts[word] === silent) continue
      const hash = facts[word + 1]!
      this.numbers |= facts[word + 2]!
      this.letters += facts[word + 3]!
      this.#hashes[this.words++] = hash
      this.whole = hashStep(this.whole, hash)
      this.whole2 = (Math.imul(this.whole2, 31) + hash) | 0
    }
    this.#makeRows()
  }

  #makeRows(): void {
    this.count = 0
    this.#stamp++
    const hashes = this.#hashes
    for (let i = 0; i + 2 < this.words; i++) {
      const row = mixed(Math.imul(Math.imul(hashes[i]!, 31) + hashes[i + 1]!, 31) + hashes[i + 2]!)
      let slot = row & (seenSlots - 1)
      while (this.#stamps[slot] === this.#stamp && this.#seen[slot] !== row) slot = (slot + 1) & (seenSlots - 1)
      if (this.#stamps[slot] === this.#stamp) continue
      this.#stamps[slot] = this.#stamp
      this.#seen[slot] = row
      this.rows[this.count] = row
      this.places[this.count++] = i
    }
  }

  /**
   * All of it as numbers, for another thread or for keeping; `level`: only rows whose hash ends with so many zeros. Where no slab
   * is given, they are good until the next call.
   */
  pack(level = 0, slab: Slab | null = null): Uint32Array<ArrayBuffer> {
    const mask = (1 << level) - 1
    packed[0] = this.words
    packed[1] = this.letters
    packed[2] = this.whole
    packed[3] = this.whole2
    packed[4] = this.numbers
    let end = head
    for (let i = 0; i < this.count; i++) {
      if ((this.rows[i]! & mask) !== 0) continue
      packed[end++] = this.rows[i]!
      packed[end++] = this.places[i]!
    }
    const whole = packed.subarray(0, end)
    if (slab === null) return whole
    const kept = slab.words(end)
    kept.set(whole)
    return kept
  }

  unpack(packed: ArrayLike<number>): void {
    this.words = packed[0]!
    this.letters = packed[1]!
    this.whole = packed[2]! | 0
    this.whole2 = packed[3]! | 0
    this.numbers = packed[4]! | 0
    this.count = (packed.length - head) / 2
    for (let i = 0; i < this.count; i++) {
      this.rows[i] = packed[head + 2 * i]!
      this.places[i] = packed[head + 2 * i + 1]!
    }
  }
}

/** What a word has in common with its like: its kind, hash, the bit of a word with digits (0 of others), how many letters it has. */
const shown = new NumbersPerWord(4, ({ folded, width }, into, at) => {
  const first = folded.charCodeAt(0)
  // A hyphenated word counts by its parts, and a #word by the word, which stand beside it.
  into[at] = width > 1 || first === hashSign || first === dollar ? beside : isSilent(folded, first) ? silent : counted
  let hash = hashSeed
  let digits = false
  for (let i = 0; i < folded.length; i++) {
    const code = folded.charCodeAt(i)
    if (code >= 48 && code <= 57) digits = true
    hash = hashStep(hash, code)
  }
  hash = mixed(hash)
  into[at + 1] = hash
  into[at + 2] = digits ? 1 << (hash & 31) : 0
  into[at + 3] = folded.length
})

const counted = 1
const silent = 2
const beside = 3

/** An account, an emoji or an address, which have no part in it. */
function isSilent(folded: string, first: number): boolean {
  return first === atSign || isPicture(first) || folded.includes('.') || folded.includes('/')
}

/** All bits of the result depend on all bits of the hash (the last step of MurmurHash3). */
export function mixed(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

// Of longer texts the beginning is compared.
const mostWords = 4096
const seenSlots = 2 * mostWords
const head = 5
// One thread packs one text at a time.
const packed = new Uint32Array(head + 2 * mostWords)

const hashSign = 35
const dollar = 36
const atSign = 64

// Symbols, arrows and the surrogates that emoji begin with.
function isPicture(code: number): boolean {
  return code < 48 || (code >= 0x2000 && code < 0x2c00) || (code >= 0xd83c && code <= 0xd83e)
}
