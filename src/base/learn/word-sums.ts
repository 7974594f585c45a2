import { doubled } from '../text/doubled.ts'
import { placeOf, type Bag } from './bag.ts'
import type { CompactModel } from './compact.ts'
import { finish, lastPieces, wordFeatures } from './word-features.ts'

/**
 * What each word adds to the scores of a model, itself and all its pieces together, summed when the word is first met. A text
 * has twenty times as many pieces as words, and each would be a look at another place in memory.
 */
export class WordSums {
  readonly #model: Omit<CompactModel, 'sums'>
  readonly #bytes: DataView
  /** How many sums a word has: for each class its weight and, where pieces count, for each class theirs. */
  readonly #width: number
  /** By word, in steps of the model; a word that was not met yet begins with `unmet`. */
  #sums: Int16Array
  #times = wordFeatures.times

  constructor(model: Omit<CompactModel, 'sums'>) {
    const { weights, classes, families } = model
    this.#model = model
    this.#bytes = new DataView(weights.buffer, weights.byteOffset, weights.byteLength)
    this.#width = families.pieces === 0 ? classes : classes * 2
    this.#sums = new Int16Array(firstKnown * this.#width).fill(unmet)
  }

  /** Adds up the words of a text into the first places of `totals`, and their pieces into as many behind them. */
  add(bag: Bag, totals: Int32Array): void {
    if (this.#times !== wordFeatures.times) {
      this.#sums.fill(unmet)
      this.#times = wordFeatures.times
    }
    const { classes } = this.#model
    const width = this.#width
    totals.fill(0, 0, classes * 2)
    const { words, pieced, wordCount } = bag
    for (let i = 0; i < wordCount; i++) {
      const word = words[i]!
      const from = word * width
      if (from >= this.#sums.length || this.#sums[from] === unmet) this.#meet(word)
      const sums = this.#sums
      const places = pieced[i] === 1 ? width : classes
      for (let place = 0; place < places; place++) totals[place]! += sums[from + place]!
    }
  }

  #meet(word: number): void {
    const { bits, classes, weights } = this.#model
    const at = word * this.#width
    while (at >= this.#sums.length) {
      const { length } = this.#sums
      this.#sums = doubled(this.#sums).fill(unmet, length)
    }
    const sums = this.#sums
    const own = placeOf(finish(wordFeatures.hashOf(word)), bits) * classes
    for (let label = 0; label < classes; label++) sums[at + label] = weights[own + label]!
    if (this.#width > classes) {
      const from = wordFeatures.piecesOf(word)
      const to = from + wordFeatures.countOfPieces(word)
      for (let label = 0; label < classes; label += 4) this.#sumPieces(from, to, label, at + classes)
    }
  }

  /** Sums up to four classes beginning with `label`. */
  #sumPieces(from: number, to: number, label: number, at: number): void {
    const { bits, classes, weights } = this.#model
    const sums = this.#sums
    if (classes - label === 1) {
      let sum = 0
      for (let i = from; i < to; i++) sum += weights[placeOf(lastPieces[i]!, bits) * classes + label]!
      sums[at + label] = sum
      return
    }
    // Four weights are read at once and added two by two, each with 128 more than it has, so that none carries into the other:
    // a word has less than 256 pieces.
    const bytes = this.#bytes
    const last = bytes.byteLength - 4
    let even = 0
    let odd = 0
    for (let i = from; i < to; i++) {
      const place = placeOf(lastPieces[i]!, bits) * classes + label
      const four =
        (place <= last ? bytes.getInt32(place, true) : bytes.getInt32(last, true) >>> ((place - last) * 8)) ^ everySign
      even = (even + (four & everySecond)) | 0
      odd = (odd + ((four >>> 8) & everySecond)) | 0
    }
    const more = (to - from) * 128
    sums[at + label] = (even & 0xffff) - more
    sums[at + label + 1] = (odd & 0xffff) - more
    if (classes - label > 2) sums[at + label + 2] = (even >>> 16) - more
    if (classes - label > 3) sums[at + label + 3] = (odd >>> 16) - more
  }
}

const firstKnown = 1024
/** No weight of a word. */
const unmet = -32_768
const everySign = 0x80808080 | 0
const everySecond = 0x00ff00ff
