import { hashSeed, hashStep } from '../text/hash.ts'
import { NumbersPerWord, wordNumbers, type Word } from '../text/word.ts'

/**
 * What a word shows to every model, by the number of the word, found out when it is first met: words repeat, and most of what is
 * read of a text is read of its words.
 */
class WordFeatures {
  /** Its kinds and how many pieces it has, and its hash. */
  readonly #facts = new NumbersPerWord(2, readFacts)

  /** The hash of a word, not finished yet, because pairs are made of it. */
  hashOf(number: number): number {
    return this.#facts.numbers[this.#facts.at(number) + 1]!
  }

  /** Bits of the kinds below. */
  kindsOf(number: number): number {
    return this.#facts.numbers[this.#facts.at(number)]! & 0x7f
  }

  countOfPieces(number: number): number {
    return this.#facts.numbers[this.#facts.at(number)]! >>> 8
  }

  /** The pieces of a word between two spaces: two to five letters side by side. Good until the next call. */
  piecesOf(number: number): Int32Array {
    if (this.countOfPieces(number) === 0) return piecesRead.subarray(0, 0)
    return piecesRead.subarray(0, readPieces(readLetters(wordNumbers.words[number]!.folded)))
  }
}

function readFacts({ folded, width }: Word, into: Int32Array, at: number): void {
  const first = folded.charCodeAt(0)
  const whole = width > 1 || first === hashSign || first === dollarSign
  let kinds = (first === hashSign ? tag : 0) | (whole ? wholeOfParts : 0)
  let pieces = 0
  // All accounts are one word to the models, and all addresses another.
  if (first === atSign || isAddress(folded, first)) {
    kinds = first === atSign ? name : address
    wordHash = first === atSign ? someName : someAddress
  } else {
    const end = readLetters(folded)
    if (stretchedWord) kinds |= stretched
    if (!whole) pieces = readPieces(end)
  }
  into[at] = (pieces << 8) | met | kinds
  into[at + 1] = wordHash
}

// Kinds of words.
export const name = 1
export const address = 2
export const tag = 4
/** Its parts stand beside it, and their letters are read instead of its own. */
export const wholeOfParts = 8
export const stretched = 16
const met = 128

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
