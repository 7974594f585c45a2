import { placeOf, words, type Bag } from '../src/base/learn/bag.ts'
import { seeded } from '../src/base/learn/random.ts'
import { readBag } from '../src/base/learn/read-bag.ts'
import { analyse } from '../src/base/text/analyse.ts'

/** Words that stand among the same words have vectors that point the same way, so that what is learnt of "refund" holds for "reimbursement". */
export type WordVectors = {
  width: number
  /** By place of a word: 1 + its row; 0 where it has no vector. */
  rowOf: Uint16Array
  /** Row after row. */
  ofRows: Float32Array
}

/** Words have places in a table of 2^18, as in the models. */
export const placeBits = 18
const width = 50
/** Columns that are found besides and thrown away, which settles the others sooner. */
const spare = 10
const rounds = 5
/** Words on each side that count as standing beside a word, each by one over its distance. */
const reach = 5
const fewest = 5
const contexts = 3_000
/** Words that are a larger share of all words than this count less: they stand everywhere. */
const usual = 1e-3

/**
 * Vectors of the words of many texts: how much more often than by chance each stands beside the 3,000 most frequent ones (positive
 * pointwise mutual information, Levy and Goldberg 2014), in the 50 directions in which words differ most. The same texts give
 * the same vectors.
 */
export function learnWordVectors(texts: readonly string[], lang: string): WordVectors {
  const rows = texts.map((text) => placesOf(text, lang))
  const { rowOf, counts } = frequentWords(rows)
  const table = surprises(rows, rowOf, counts.length)
  const columns = directions(table, counts.length)
  const all = rows.reduce((sum, { length }) => sum + length, 0)
  const ofRows = new Float32Array(counts.length * width)
  for (let row = 0; row < counts.length; row++) {
    const own = columns.map((column) => column[row]!)
    const length = Math.hypot(...own)
    if (length === 0) continue
    const share = usual / (usual + counts[row]! / all)
    for (let j = 0; j < width; j++) ofRows[row * width + j] = (own[j]! / length) * share
  }
  return oneLong({ width, rowOf, ofRows }, texts, lang)
}

/** The vectors of the words of a text, together, in as much room in a long text as in a short one. */
export function meaningOf({ width: size, rowOf, ofRows }: WordVectors, bag: Bag): Float64Array {
  const sum = new Float64Array(size)
  const hashes = bag.featuresOf(words)
  for (const hash of hashes) {
    const row = rowOf[placeOf(hash, placeBits)]! - 1
    if (row >= 0) for (let j = 0; j < size; j++) sum[j]! += ofRows[row * size + j]!
  }
  return sum.map((value) => value * bag.valueOf(words, 1))
}

function placesOf(text: string, lang: string): Int32Array {
  return readBag(analyse(text, { lang }))
    .featuresOf(words)
    .map((hash) => placeOf(hash, placeBits))
}

/** The words met often enough, the most frequent first. */
function frequentWords(rows: readonly Int32Array[]) {
  const counts = new Int32Array(2 ** placeBits)
  for (const row of rows) for (const place of row) counts[place]!++
  const places = Int32Array.from(counts.keys())
    .filter((place) => counts[place]! >= fewest)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
  const rowOf = new Uint16Array(2 ** placeBits)
  for (const [row, place] of places.entries()) rowOf[place] = row + 1
  return { rowOf, counts: places.map((place) => counts[place]!) }
}

type Table = { starts: Int32Array; columns: Uint16Array; values: Float32Array }

/** By word and word beside it: the logarithm of how much more often than by chance, where it is more. */
function surprises(rows: readonly Int32Array[], rowOf: Uint16Array, count: number): Table {
  const beside = new Float32Array(count * contexts)
  for (const row of rows)
    for (let i = 0; i < row.length; i++) {
      const word = rowOf[row[i]!]! - 1
      if (word < 0) continue
      for (let j = Math.max(0, i - reach); j < Math.min(row.length, i + reach + 1); j++) {
        const other = rowOf[row[j]!]! - 1
        if (j !== i && other >= 0 && other < contexts) beside[word * contexts + other]! += 1 / Math.abs(i - j)
      }
    }
  const ofWord = new Float64Array(count)
  const ofContext = new Float64Array(contexts)
  for (let word = 0; word < count; word++)
    for (let other = 0; other < contexts; other++) {
      ofWord[word]! += beside[word * contexts + other]!
      ofContext[other]! += beside[word * contexts + other]!
    }
  // Rare neighbours would surprise most; the power makes them a little less rare.
  for (let other = 0; other < contexts; other++) ofContext[other] = ofContext[other]! ** 0.75
  const all = ofContext.reduce((sum, value) => sum + value, 0)
  const surprise = (word: number, other: number) =>
    Math.log((beside[word * contexts + other]! * all) / (ofWord[word]! * ofContext[other]!))
  const starts = new Int32Array(count + 1)
  const columns: number[] = []
  const values: number[] = []
  for (let word = 0; word < count; word++) {
    for (let other = 0; other < contexts; other++) {
      if (beside[word * contexts + other] === 0 || surprise(word, other) <= 0) continue
      columns.push(other)
      values.push(surprise(word, other))
    }
    starts[word + 1] = columns.length
  }
  return { starts, columns: Uint16Array.from(columns), values: Float32Array.from(values) }
}

/** The directions in which the rows differ most, each with the root of its size, by orthogonal iteration. */
function directions({ starts, columns, values }: Table, count: number): Float64Array[] {
  const random = seeded(1)
  const size = width + spare
  const right = new Float64Array(contexts * size).map(() => random() - 0.5)
  const left = new Float64Array(count * size)
  for (let round = 0; round <= rounds; round++) {
    orthogonal(right, size)
    left.fill(0)
    for (let word = 0; word < count; word++)
      for (let i = starts[word]!; i < starts[word + 1]!; i++) {
        const [value, from] = [values[i]!, columns[i]! * size]
        for (let j = 0; j < size; j++) left[word * size + j]! += value * right[from + j]!
      }
    if (round === rounds) break
    right.fill(0)
    for (let word = 0; word < count; word++)
      for (let i = starts[word]!; i < starts[word + 1]!; i++) {
        const [value, to] = [values[i]!, columns[i]! * size]
        for (let j = 0; j < size; j++) right[to + j]! += value * left[word * size + j]!
      }
  }
  return Array.from({ length: width }, (_, j) => {
    const column = Float64Array.from({ length: count }, (_, word) => left[word * size + j]!)
    const root = Math.sqrt(Math.sqrt(column.reduce((sum, value) => sum + value * value, 0)))
    return column.map((value) => value / root)
  })
}

/** Gram and Schmidt: each column is made to stand upright on those before it, and one long. */
function orthogonal(matrix: Float64Array, size: number): void {
  for (let j = 0; j < size; j++) {
    for (let before = 0; before < j; before++) {
      let sum = 0
      for (let at = 0; at < matrix.length; at += size) sum += matrix[at + j]! * matrix[at + before]!
      for (let at = 0; at < matrix.length; at += size) matrix[at + j]! -= sum * matrix[at + before]!
    }
    let square = 0
    for (let at = 0; at < matrix.length; at += size) square += matrix[at + j]! ** 2
    const length = Math.sqrt(square)
    for (let at = 0; at < matrix.length; at += size) matrix[at + j]! /= length
  }
}

/** Scaled so that the square of what `meaningOf` finds in a text is 1 on average. */
function oneLong(learnt: WordVectors, texts: readonly string[], lang: string): WordVectors {
  let sum = 0
  for (const text of texts)
    for (const value of meaningOf(learnt, readBag(analyse(text, { lang })))) sum += value * value
  const scale = Math.sqrt(texts.length / sum)
  return { ...learnt, ofRows: learnt.ofRows.map((value) => value * scale) }
}
