import { doubled } from '../text/doubled.ts'
import { hashSeed, hashStep } from '../text/hash.ts'
import { wordNumbers } from '../text/word.ts'

/**
 * What a word shows to every model, by the number of the word, found out when it is first met: words repeat, and most of what is
 * read of a text is read of its words.
 */
class WordFeatures {
  /** By number: its hash, then its kinds and how many pieces it has, side by side because both are read of every word. */
  #facts = new Int32Array(2048).fill(unmet)
  #time = wordNumbers.time

  /** Finds out about a word; it is to be called before the facts below are asked for. */
  meet(number: number): void {
    if (this.#time !== wordNumbers.time) {
      this.#facts.fill(unmet)
      this.#time = wordNumbers.time
    }
    while (number * 2 >= this.#facts.length) {
      const { length } = this.#facts
      this.#facts = doubled(this.#facts).fill(unmet, length)
    }
    if (this.#facts[number * 2 + 1] === unmet) this.#read(number)
  }

  /** The hash of a word, not finished yet, because pairs are made of it. */
  hashOf(number: number): number {
    return this.#facts[number * 2]!
  }

  /** Bits of the kinds below. */
  kindsOf(number: number): number {
    return this.#facts[number * 2 + 1]! & 0xff
  }

  countOfPieces(number: number): number {
    return this.#facts[number * 2 + 1]! >>> 8
  }

  /** The pieces of a word between two spaces: two to five letters side by side. Good until the next call. */
  piecesOf(number: number): Int32Array {
    if (this.countOfPieces(number) === 0) return piecesRead.subarray(0, 0)
    return piecesRead.subarray(0, readPieces(readLetters(wordNumbers.words[number]!.folded)))
  }

  #read(number: number): void {
    const { folded, width } = wordNumbers.words[number]!
    const first = folded.charCodeAt(0)
    // All accounts are one word to the models, and all addresses another.
    if (first === atSign) return this.#keep(number, someName, name, 0)
    if (isAddress(folded, first)) return this.#keep(number, someAddress, address, 0)
    const whole = width > 1 || first === hashSign || first === dollarSign
    const end = readLetters(folded)
    const kinds = (first === hashSign ? tag : 0) | (whole ? wholeOfParts : 0) | (stretchedWord ? stretched : 0)
    this.#keep(number, wordHash, kinds, whole ? 0 : readPieces(end))
  }

  #keep(number: number, hash: number, kinds: number, pieces: number): void {
    this.#facts[number * 2] = hash
    this.#facts[number * 2 + 1] = (pieces << 8) | kinds
  }
}

/** No kinds. */
const unmet = -1

// Kinds of words.
export const name = 1
export const address = 2
export const tag = 4
/** Its parts stand beside it, and their letters are read instead of its own. */
export const wholeOfParts = 8
export const stretched = 16

/** Longer words are no words, and their pieces would drown the rest. */
const mostLetters = 40
const shortestPiece = 2
const longestPiece = 5

// One thread reads one word at a time.
const letters = new Uint16Array(mostLetters + 2)
const piecesRead = new Int32Array((mostLetters + 2) * (longestPiece - 1))
let wordHash = 0
let stretchedWord = false

/** Fills the letters between two borders and the two facts above; where the letters end. Those written three times count twice. */
function readLetters(folded: string): number {
  let end = 0
  let run = 0
  let before = 0
  wordHash = hashSeed
  stretchedWord = false
  letters[end++] = border
  for (let i = 0; i < Math.min(folded.length, mostLetters); i++) {
    const code = folded.charCodeAt(i)
    run = code === before ? run + 1 : 1
    before = code
    if (run > 2 && !isDigit(code)) {
      stretchedWord = true
      continue
    }
    wordHash = hashStep(wordHash, code)
    letters[end++] = code
  }
  letters[end++] = border
  return end
}

/** Fills the pieces; how many there are. */
function readPieces(end: number): number {
  let count = 0
  for (let from = 0; from < end - 1; from++) {
    let hash = hashStep(pieceSeed, letters[from]!)
    const until = Math.min(end, from + longestPiece)
    for (let i = from + 1; i < until; i++) {
      hash = hashStep(hash, letters[i]!)
      if (i - from + 1 >= shortestPiece) piecesRead[count++] = finish(hash)
    }
  }
  return count
}

/** Lets all bits of a hash reach the upper ones, of which places are made. */
export function finish(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x9e3779b1)
}

const pieceSeed = 0x2545f491
const someName = 0x7feb352d
const someAddress = 0x31848bab

const border = 32
const atSign = 64
const hashSign = 35
const dollarSign = 36

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

// An address is kept as written, and nothing else that is a word has a point or a slash inside.
function isAddress(folded: string, first: number): boolean {
  return first !== hashSign && (folded.includes('.') || folded.includes('/'))
}

/** One thread reads one text at a time. */
export const wordFeatures = new WordFeatures()
