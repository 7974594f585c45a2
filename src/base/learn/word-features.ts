import { doubled } from '../text/doubled.ts'
import { hashSeed, hashStep } from '../text/hash.ts'
import { PerWord, type Word } from '../text/word.ts'

/**
 * What a word shows to every model, found out when it is first met: words repeat, and most of what is read of a text is
 * read of its words. Each has a number, good until `times` changes; all accounts are one word, and all addresses another.
 */
class WordFeatures {
  /** By number: its hash, then its kinds and how many pieces it has, side by side because both are read of every word. */
  #facts = new Int32Array(2048)
  /** Counts how often the numbers began anew. */
  times = 0
  #words: Word[] = []
  /** Numbers of an earlier time lie below those of this one. */
  readonly #numbers = new PerWord<number>()

  constructor() {
    this.#begin()
  }

  /** Begins anew when too many are known; between two texts, because bags hold numbers. */
  makeRoom(): void {
    if (this.#words.length < mostKnown) return
    this.times++
    this.#begin()
  }

  numberOf(word: Word): number {
    const since = this.times * numbersOfATime
    const known = this.#numbers.get(word)
    if (known !== undefined && known >= since) return known - since
    return this.#numbers.keep(word, since + this.#meet(word)) - since
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
    return piecesRead.subarray(0, readPieces(readLetters(this.#words[number]!.folded)))
  }

  #begin(): void {
    this.#words = []
    this.#keep(nobody, someName, name)
    this.#keep(nobody, someAddress, address)
  }

  #meet(word: Word): number {
    const { folded, written, width } = word
    const first = folded.charCodeAt(0)
    if (first === atSign) return 0
    if (isAddress(folded, first)) return 1
    const whole = width > 1 || first === hashSign || first === dollarSign
    const end = readLetters(folded)
    return this.#keep(
      word,
      wordHash,
      (first === hashSign ? tag : 0) |
        (whole ? wholeOfParts : 0) |
        (stretchedWord ? stretched : 0) |
        (written.length > 1 && isLoud(written) ? loud : 0),
      whole ? 0 : readPieces(end),
    )
  }

  #keep(word: Word, hash: number, kind: number, pieces = 0): number {
    const number = this.#words.push(word) - 1
    if (number * 2 === this.#facts.length) this.#facts = doubled(this.#facts)
    this.#facts[number * 2] = hash
    this.#facts[number * 2 + 1] = (pieces << 8) | kind
    return number
  }
}

// Kinds of words.
export const name = 1
export const address = 2
export const tag = 4
/** Its parts stand beside it, and their letters are read instead of its own. */
export const wholeOfParts = 8
export const stretched = 16
export const loud = 32

/** More than most days have; a word takes some 20 bytes here and as many in each model. */
const mostKnown = 2 ** 18
/** As many and those of the one text that went beyond. */
const numbersOfATime = 2 ** 19
/** Longer words are no words, and their pieces would drown the rest. */
const mostLetters = 40
const shortestPiece = 2
const longestPiece = 5

const nobody: Word = { written: '', accented: '', folded: '', stems: [], accentedStems: [], width: 1, kept: [] }
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

function isLoud(written: string): boolean {
  const first = written.charCodeAt(0)
  // Small Latin and Cyrillic letters decide at once.
  if ((first >= 97 && first <= 122) || (first >= 0x430 && first <= 0x45f)) return false
  return written === written.toUpperCase() && written !== written.toLowerCase()
}

/** One thread reads one text at a time. */
export const wordFeatures = new WordFeatures()
