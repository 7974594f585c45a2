import { doubled } from '../text/doubled.ts'
import { families, pairs, pieces, signs, words, type Bag, type FamilyWeights } from './bag.ts'
import { wordNumbers } from '../text/word.ts'
import { finish, wordFeatures } from './word-features.ts'

/** What a model lays on a shelf: `weights[place * classes + class]`, for 2^bits places. */
export type Laid = { bits: number; classes: number; families: FamilyWeights; weights: Int8Array }

/**
 * Weights of models that are asked about the same texts, side by side: where one look for a feature leads, those of all of them
 * lie together, for most of the time of scoring goes into waiting for memory. What each word adds, itself and all its pieces
 * together, is summed when the word is first met, because a text has twenty times as many pieces as words.
 */
export class Shelf {
  readonly #models: number
  /** Models that read pieces stand in front, so that the sums of pieces have the columns of the first of them. */
  readonly #withPieces: number
  /** The table is cut into 2^blockBits blocks of `#stride` bytes; a hash leads to its block by its upper bits. */
  readonly #shift: number
  readonly #stride: number
  readonly #cells: Int8Array
  /** By model: where it begins in a block, which bits of a hash lead on in it, and the first of its columns. */
  readonly #begins: Int32Array
  readonly #lows: Int32Array
  readonly #masks: Int32Array
  readonly #classes: Int32Array
  readonly #columns: Int32Array
  /** How many columns all models have, one for each class, and how many of them know pieces. */
  readonly #width: number
  readonly #widthOfPieces: number
  /** By family: whether a model reads it. */
  readonly #reads: boolean[]
  /** By word, in steps of the models: its own columns and those of its pieces; a word not met yet begins with `unmet`. */
  #sums = new Int16Array(0)
  #time = wordNumbers.time
  /** Columns of words, of their pieces, of pairs and of signs, of the text last read. */
  readonly #totals: Int32Array
  #read = -1
  #readSigns = -1

  /** Those with pieces are to be given first. */
  constructor(models: readonly Laid[]) {
    this.#models = models.length
    this.#withPieces = models.findLastIndex(({ families: own }) => own.pieces !== 0) + 1
    this.#classes = Int32Array.from(models, ({ classes }) => classes)
    const blockBits = models.length === 1 ? models[0]!.bits : commonBits(models)
    this.#shift = 32 - blockBits
    this.#lows = Int32Array.from(models, ({ bits }) => 32 - Math.max(bits, blockBits))
    this.#masks = Int32Array.from(models, ({ bits }) => 2 ** Math.max(0, bits - blockBits) - 1)
    this.#begins = new Int32Array(models.length)
    this.#columns = new Int32Array(models.length)
    let stride = 0
    let width = 0
    for (const [i, { classes }] of models.entries()) {
      this.#begins[i] = stride
      this.#columns[i] = width
      stride += (this.#masks[i]! + 1) * classes
      width += classes
    }
    this.#stride = stride
    this.#width = width
    this.#widthOfPieces = this.#withPieces < models.length ? this.#columns[this.#withPieces]! : width
    this.#reads = families.map((family) => models.some(({ families: own }) => (own[family] ?? 0) !== 0))
    this.#totals = new Int32Array(4 * width)
    this.#cells = models.length === 1 ? models[0]!.weights : this.#lay(models, blockBits)
  }

  /** A model's weights as they were before they were laid here. */
  weightsOf(model: number, bits: number): Int8Array {
    if (this.#models === 1) return this.#cells
    const classes = this.#classes[model]!
    const weights = new Int8Array(2 ** bits * classes)
    for (let place = 0; place < 2 ** bits; place++) {
      const base = this.#baseOf(model, place << (32 - bits))
      for (let label = 0; label < classes; label++) weights[place * classes + label] = this.#cells[base + label]!
    }
    return weights
  }

  /** The weight of each class of a model for a feature, added to `into`. */
  addWeights(model: number, hash: number, into: Int32Array): void {
    const base = this.#baseOf(model, hash)
    const classes = this.#classes[model]!
    for (let label = 0; label < classes; label++) into[label]! += this.#cells[base + label]!
  }

  /**
   * Puts into `into` what the features of a family add to each class of a model, which is found once for all models of the shelf.
   */
  sumFamily(model: number, bag: Bag, family: number, into: Int32Array): void {
    const classes = this.#classes[model]!
    const row = rowOf[family]!
    if (row < 0) {
      into.fill(0, 0, classes)
      const end = bag.ends[family]!
      for (let i = end - bag.countOf(family); i < end; i++) this.addWeights(model, bag.hashes[i]!, into)
      return
    }
    this.#readText(bag)
    const from = row * this.#width + this.#columns[model]!
    for (let label = 0; label < classes; label++) into[label] = this.#totals[from + label]!
  }

  #readText(bag: Bag): void {
    // What somebody adds to a text that was read, stands behind its signs.
    if (this.#read === bag.times && this.#readSigns === bag.ends[signs]) return
    this.#read = bag.times
    this.#readSigns = bag.ends[signs]!
    this.#totals.fill(0)
    if (this.#reads[words] || this.#reads[pieces]) this.#addWords(bag)
    if (this.#reads[pairs]) this.#addFamily(bag, pairs)
    if (this.#reads[signs]) this.#addFamily(bag, signs)
  }

  #addWords({ words: some, pieced, wordCount }: Bag): void {
    if (this.#time !== wordNumbers.time) {
      this.#sums.fill(unmet)
      this.#time = wordNumbers.time
    }
    const width = this.#width
    const whole = width + this.#widthOfPieces
    const totals = this.#totals
    for (let i = 0; i < wordCount; i++) {
      const from = some[i]! * whole
      if (from >= this.#sums.length || this.#sums[from] === unmet) this.#meet(some[i]!)
      const sums = this.#sums
      const columns = pieced[i] === 1 ? whole : width
      for (let column = 0; column < columns; column++) totals[column]! += sums[from + column]!
    }
  }

  #addFamily(bag: Bag, family: number): void {
    const end = bag.ends[family]!
    const begin = end - bag.countOf(family)
    this.#addFeatures(bag.hashes, begin, end, this.#models, this.#totals, rowOf[family]! * this.#width)
  }

  #meet(word: number): void {
    const width = this.#width
    const whole = width + this.#widthOfPieces
    const from = word * whole
    while (from >= this.#sums.length) {
      const { length } = this.#sums
      this.#sums =
        length === 0 ? new Int16Array(firstKnown * whole).fill(unmet) : doubled(this.#sums).fill(unmet, length)
    }
    if (sum.length < whole) sum = new Int32Array(whole)
    sum.fill(0, 0, whole)
    own[0] = finish(wordFeatures.hashOf(word))
    this.#addFeatures(own, 0, 1, this.#models, sum, 0)
    if (this.#withPieces > 0) {
      const some = wordFeatures.piecesOf(word)
      this.#addFeatures(some, 0, some.length, this.#withPieces, sum, width)
    }
    for (let column = 0; column < whole; column++) this.#sums[from + column] = sum[column]!
  }

  /** Adds the weights of features in the first so many models, column after column from `at` on. */
  #addFeatures(hashes: Int32Array, begin: number, end: number, models: number, into: Int32Array, at: number): void {
    const cells = this.#cells
    const shift = this.#shift
    const stride = this.#stride
    // What the first model has looked at lies at hand for the others.
    for (let model = 0; model < models; model++) {
      const start = this.#begins[model]!
      const low = this.#lows[model]!
      const mask = this.#masks[model]!
      const classes = this.#classes[model]!
      if (classes === 1) {
        let total = 0
        for (let i = begin; i < end; i++)
          total += cells[(hashes[i]! >>> shift) * stride + start + ((hashes[i]! >>> low) & mask)]!
        into[at]! += total
      } else {
        for (let i = begin; i < end; i++) {
          const base = (hashes[i]! >>> shift) * stride + start + ((hashes[i]! >>> low) & mask) * classes
          for (let label = 0; label < classes; label++) into[at + label]! += cells[base + label]!
        }
      }
      at += classes
    }
  }

  #baseOf(model: number, hash: number): number {
    return (
      (hash >>> this.#shift) * this.#stride +
      this.#begins[model]! +
      ((hash >>> this.#lows[model]!) & this.#masks[model]!) * this.#classes[model]!
    )
  }

  #lay(models: readonly Laid[], blockBits: number): Int8Array {
    const cells = new Int8Array(2 ** blockBits * this.#stride)
    for (const [i, { bits, classes, weights }] of models.entries()) {
      const size = (this.#masks[i]! + 1) * classes
      // Several blocks have the same weights of a model with fewer places than blocks.
      const shared = Math.max(0, blockBits - bits)
      for (let block = 0, to = this.#begins[i]!; block < 2 ** blockBits; block++, to += this.#stride) {
        const from = (block >>> shared) * size
        for (let cell = 0; cell < size; cell++) cells[to + cell] = weights[from + cell]!
      }
    }
    return cells
  }
}

/** As many blocks as most models have places: larger tables have several places in a block. */
function commonBits(models: readonly Laid[]): number {
  return models.map(({ bits }) => bits).sort((a, b) => a - b)[(models.length - 1) >> 1]!
}

/** By family: which row of the totals it has; −1 where it is another one for each model. */
const rowOf = families.map((family) => (['words', 'pieces', 'pairs', 'signs'] as string[]).indexOf(family))

const firstKnown = 1024
/** No weight of a word. */
const unmet = -32_768
// One thread reads one text at a time.
let sum = new Int32Array(64)
const own = new Int32Array(1)
