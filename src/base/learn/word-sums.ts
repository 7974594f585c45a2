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
  /** By word: for each class the weight of the word, then for each class the sum of its pieces, in steps of the model. */
  #sums: Int16Array
  #known = new Uint8Array(firstKnown)
  #times = wordFeatures.times

  constructor(model: Omit<CompactModel, 'sums'>) {
    this.#model = model
    this.#sums = new Int16Array(firstKnown * model.classes * 2)
  }

  /** Adds up the words of a text into the first places of `totals`, and their pieces into as many behind them. */
  add(bag: Bag, totals: Int32Array): void {
    if (this.#times !== wordFeatures.times) {
      this.#known.fill(0)
      this.#times = wordFeatures.times
    }
    const { classes } = this.#model
    totals.fill(0, 0, classes * 2)
    const { words, pieced, wordCount } = bag
    for (let i = 0; i < wordCount; i++) {
      const word = words[i]!
      if (this.#known[word] !== 1) this.#meet(word)
      const sums = this.#sums
      const from = word * classes * 2
      const places = pieced[i] === 1 ? classes * 2 : classes
      for (let place = 0; place < places; place++) totals[place]! += sums[from + place]!
    }
  }

  #meet(word: number): void {
    const { bits, classes, weights } = this.#model
    while (word >= this.#known.length) {
      this.#known = doubled(this.#known)
      this.#sums = doubled(this.#sums)
    }
    const own = placeOf(finish(wordFeatures.hashes[word]!), bits) * classes
    const pieces = wordFeatures.piecesOf(word)
    for (let label = 0; label < classes; label++) {
      let sum = 0
      for (let i = 0; i < pieces.length; i++) sum += weights[placeOf(pieces[i]!, bits) * classes + label]!
      this.#sums[word * classes * 2 + label] = weights[own + label]!
      this.#sums[(word * 2 + 1) * classes + label] = sum
    }
    this.#known[word] = 1
  }
}

const firstKnown = 1024
