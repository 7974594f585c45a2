import { doubled } from '../text/doubled.ts'
import { finish, wordFeatures } from './word-features.ts'

/**
 * What a text shows to every model: hashed features, family after family, in columns that are used again for the next
 * text. A hash has 32 bits; each model takes as many of the upper ones as its table has places for, so one bag serves
 * them all. Pieces are most of them and those of a word are always the same, so they are written out only for who asks.
 */
export class Bag {
  hashes = new Int32Array(1024)
  count = 0
  /** Counts the texts. */
  times = 0
  /** Where each family ends; it begins where the one before it ends. Pieces stand apart. */
  readonly ends = new Int32Array(families.length)
  /** The words of the text by their number (`numberOfWord`), and whether their pieces are here too. */
  words = new Int32Array(256)
  pieced = new Uint8Array(256)
  wordCount = 0
  #pieces = new Int32Array(1024)
  #pieceCount = 0
  #piecesWritten = false

  clear(): void {
    this.times++
    this.count = 0
    this.ends.fill(0)
    this.wordCount = 0
    this.#pieceCount = 0
    this.#piecesWritten = false
  }

  /** The word itself, with its pieces or without. */
  addWord(number: number, withPieces: boolean): void {
    if (this.wordCount === this.words.length) {
      this.words = doubled(this.words)
      this.pieced = doubled(this.pieced)
    }
    this.words[this.wordCount] = number
    this.pieced[this.wordCount++] = withPieces ? 1 : 0
    if (withPieces) this.#pieceCount += wordFeatures.countOfPieces(number)
    this.add(finish(wordFeatures.hashOf(number)))
  }

  add(hash: number): void {
    if (this.count === this.hashes.length) this.hashes = doubled(this.hashes)
    this.hashes[this.count++] = hash
  }

  /** Ends a family; families are filled in their order, and those behind it are empty until they are filled. */
  endFamily(family: number): void {
    this.ends.fill(this.count, family)
  }

  /** The features of a family one by one; good until the bag is changed. */
  featuresOf(family: number): Int32Array {
    if (family !== pieces) return this.hashes.subarray(this.ends[family]! - this.countOf(family), this.ends[family])
    if (!this.#piecesWritten) this.#writePieces()
    return this.#pieces.subarray(0, this.#pieceCount)
  }

  #writePieces(): void {
    while (this.#pieces.length < this.#pieceCount) this.#pieces = doubled(this.#pieces)
    for (let i = 0, end = 0; i < this.wordCount; i++) {
      if (this.pieced[i] === 0) continue
      const some = wordFeatures.piecesOf(this.words[i]!)
      this.#pieces.set(some, end)
      end += some.length
    }
    this.#piecesWritten = true
  }

  countOf(family: number): number {
    if (family === pieces) return this.#pieceCount
    return this.ends[family]! - (family === 0 ? 0 : this.ends[family - 1]!)
  }

  /**
   * The value of each feature of a family: the weight of the family ÷ √(features in it), so that a family has the same
   * length in a long and in a short text. Signs are few and count whole.
   */
  valueOf(family: number, weight: number): number {
    if (family === signs) return weight
    const count = this.countOf(family)
    return count === 0 ? 0 : weight / Math.sqrt(count)
  }
}

/**
 * Words; pairs of neighbours; pieces of words; what is no word: faces, marks, capitals, length. Only those have the last three
 * who add them: any two words of the text (`addTogether`), the words near something in the text that is asked about, and pieces
 * of the names of accounts (`addAccounts`).
 */
export const families = ['words', 'pairs', 'pieces', 'signs', 'together', 'near', 'accounts'] as const
export type Family = (typeof families)[number]

export const words = families.indexOf('words')
export const pairs = families.indexOf('pairs')
export const pieces = families.indexOf('pieces')
export const signs = families.indexOf('signs')
export const together = families.indexOf('together')
export const near = families.indexOf('near')
export const accounts = families.indexOf('accounts')

/** How much each family counts; 0 leaves it out. */
export type FamilyWeights = { [family in Exclude<Family, Added>]: number } & { [family in Added]?: number }
type Added = 'together' | 'near' | 'accounts'

export const evenWeights: FamilyWeights = { words: 1, pairs: 1, pieces: 1, signs: 0.3 }

/** The place of a feature in a table of 2^bits places. */
export function placeOf(hash: number, bits: number): number {
  return hash >>> (32 - bits)
}
