import { doubled } from '../text/doubled.ts'
import { placeOf, type Bag } from './bag.ts'
import type { CompactModel } from './compact.ts'
import { finish, wordFeatures } from './word-features.ts'

/**
 * What each word adds to the scores of a model, itself and all its pieces together, summed when the word is first met. A text
 * has twenty times as many pieces as words, and each would be a look at another place in memory.
 */
export class WordSums {
  readonly #model: Omit<CompactModel, 'sums'>
  /** How many sums a word has: for each class its weight and, where pieces count, for each class theirs. */
  readonly #width: number
  /** By word, in steps of the model; a word that was not met yet begins with `unmet`. */
  #sums: Int16Array
  #times = wordFeatures.times

  constructor(model: Omit<CompactModel, 'sums'>) {
    const { classes, families } = model
    this.#model = model
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
    if (this.#width === classes) return
    const pieces = wordFeatures.piecesOf(word)
    for (let label = 0; label < classes; label++) {
      let sum = 0
      for (let i = 0; i < pieces.length; i++) sum += weights[placeOf(pieces[i]!, bits) * classes + label]!
      sums[at + classes + label] = sum
    }
  }
}

const firstKnown = 1024
/** No weight of a word. */
const unmet = -32_768
