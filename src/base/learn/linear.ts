import { seeded, shuffle } from './random.ts'
import type { Rows } from './rows.ts'

/** One number per class and place; the score of a class is the sum over a text's features, and the bias. */
export type LinearModel = {
  bits: number
  classes: number
  /** Class after class for each place: `weights[place * classes + class]`. */
  weights: Float32Array
  bias: Float32Array
}

export type Lesson = {
  rows: Rows
  /** Which rows are learnt from. */
  chosen: Int32Array
  classes: number
  /** Whether a row is of a class; several may be, or none. */
  isOf: (row: number, label: number) => boolean
  /** How much a row counts; 1 where not given. */
  weightOf?: (row: number, label: number) => number
}

export type HowToLearn = {
  /** The price of an error against the size of the weights. */
  cost: number
  /**
   * Null: features count as they are. Otherwise each counts by how unevenly it falls into the class and the rest: the
   * logarithm of the ratio of its shares, with this much added to each count (NBSVM, Wang and Manning 2012), mixed with
   * plain counting by `mix`, from 0 (plain) to 1.
   */
  bayes: { added: number; mix: number } | null
  seed: number
}

/**
 * One linear separator per class against the rest: squared hinge loss with squared weights, solved by dual coordinate
 * descent with shrinking (Hsieh et al. 2008), until no two steps are further apart than a tenth or 40 rounds are over.
 * The same lesson gives the same model, to the last bit.
 */
export function learnLinear(lesson: Lesson, how: HowToLearn): LinearModel {
  const { rows, classes } = lesson
  const model: LinearModel = {
    bits: rows.bits,
    classes,
    weights: new Float32Array(2 ** rows.bits * classes),
    bias: new Float32Array(classes),
  }
  const seen = look(lesson)
  for (let label = 0; label < classes; label++) {
    // Of two classes that exclude each other, the second is the first turned round.
    if (label === 1 && classes === 2 && excludeEachOther(lesson)) {
      for (const place of seen.places) model.weights[2 * place + 1] = -model.weights[2 * place]!
      model.bias[1] = -model.bias[0]!
      continue
    }
    const scale = how.bayes ? ratios(lesson, seen, label, how.bayes) : null
    const { weights, bias } = separate(lesson, seen, label, how, scale)
    for (let column = 0; column < weights.length; column++)
      model.weights[seen.places[column]! * classes + label] = weights[column]! * (scale ? scale[column]! : 1)
    model.bias[label] = bias
  }
  return model
}

/** Adds up the scores of each class for one row. */
export function scoreRow(model: LinearModel, rows: Rows, row: number, scores: Float64Array): void {
  const { classes, weights } = model
  for (let label = 0; label < classes; label++) scores[label] = model.bias[label]!
  for (let i = rows.starts[row]!; i < rows.starts[row + 1]!; i++) {
    const base = rows.places[i]! * classes
    const value = rows.values[i]!
    for (let label = 0; label < classes; label++) scores[label]! += value * weights[base + label]!
  }
}

function excludeEachOther({ chosen, isOf }: Lesson): boolean {
  return chosen.every((row) => isOf(row, 0) !== isOf(row, 1))
}

/** The places that the chosen rows have, the most frequent first, so that what is used often lies together. */
type Seen = {
  places: Int32Array
  /** In how many rows. */
  counts: Int32Array
  /** For each entry of a chosen row, which of `places` it has. */
  columns: Int32Array
}

function look({ rows, chosen }: Lesson): Seen {
  const { starts } = rows
  const all = new Int32Array(2 ** rows.bits)
  for (const row of chosen) for (let i = starts[row]!; i < starts[row + 1]!; i++) all[rows.places[i]!]!++
  const places = Int32Array.from(all.keys())
    .filter((place) => all[place]! > 0)
    .sort((a, b) => all[b]! - all[a]! || a - b)
  const columnOf = new Int32Array(all.length)
  for (let column = 0; column < places.length; column++) columnOf[places[column]!] = column
  const columns = new Int32Array(starts.at(-1)!)
  for (const row of chosen)
    for (let i = starts[row]!; i < starts[row + 1]!; i++) columns[i] = columnOf[rows.places[i]!]!
  return { places, counts: places.map((place) => all[place]!), columns }
}

function ratios(
  { rows, chosen, isOf }: Lesson,
  { counts, columns }: Seen,
  label: number,
  { added, mix }: { added: number; mix: number },
): Float32Array {
  const { starts } = rows
  const of = new Int32Array(counts.length)
  // A feature counts once per text.
  for (const row of chosen)
    if (isOf(row, label)) for (let i = starts[row]!; i < starts[row + 1]!; i++) of[columns[i]!]!++
  let [ofSum, restSum] = [0, 0]
  for (let column = 0; column < counts.length; column++) {
    const rest = counts[column]! - of[column]!
    if (of[column]! > 0) ofSum += of[column]! + added
    if (rest > 0) restSum += rest + added
  }
  // All of one side, as where the only row of a class is left out: nothing falls unevenly.
  if (ofSum === 0 || restSum === 0) return new Float32Array(counts.length).fill(1)
  // Most counts are small, and a logarithm for each would be much of the time.
  const logarithms = Float64Array.from({ length: (counts[0] ?? 0) + 1 }, (_, count) => Math.log(count + added))
  const between = Math.log(restSum) - Math.log(ofSum)
  return Float32Array.from(counts, (count, column) => {
    const ratio = logarithms[of[column]!]! - logarithms[count - of[column]!]! + between
    return 1 - mix + mix * Math.abs(ratio)
  })
}

function separate(lesson: Lesson, seen: Seen, label: number, how: HowToLearn, scale: Float32Array | null) {
  const { rows, chosen } = lesson
  const { starts } = rows
  const { columns } = seen
  const values = scale ? scaled(rows, seen, chosen, scale) : rows.values
  const count = chosen.length
  const weights = new Float64Array(seen.places.length)
  let bias = 0
  const alpha = new Float64Array(count)
  const side = new Int8Array(count)
  const norm = new Float64Array(count)
  const diagonal = new Float64Array(count)
  for (let k = 0; k < count; k++) {
    const row = chosen[k]!
    side[k] = lesson.isOf(row, label) ? 1 : -1
    let sum = 1
    for (let i = starts[row]!; i < starts[row + 1]!; i++) sum += values[i]! * values[i]!
    norm[k] = sum
    diagonal[k] = 0.5 / (how.cost * (lesson.weightOf?.(row, label) ?? 1))
  }
  const order = Int32Array.from({ length: count }, (_, k) => k)
  const random = seeded(how.seed + label)
  // Rows that are on the right side by more than the worst step of the last round are left out until the rest is settled
  // (shrinking, section 3.2 of the paper): of many classes, nearly all rows of the others are.
  let active = count
  let worst = Infinity
  for (let round = 0; round < mostRounds; round++) {
    shuffle(order.subarray(0, active), random)
    let largest = -Infinity
    let least = Infinity
    for (let turn = 0; turn < active; turn++) {
      const k = order[turn]!
      const start = starts[chosen[k]!]!
      const end = starts[chosen[k]! + 1]!
      let score = bias
      for (let i = start; i < end; i++) score += weights[columns[i]!]! * values[i]!
      const gradient = side[k]! * score - 1 + diagonal[k]! * alpha[k]!
      const before = alpha[k]!
      if (before === 0 && gradient > worst) {
        active--
        order[turn--] = order[active]!
        order[active] = k
        continue
      }
      const step = before === 0 ? Math.min(gradient, 0) : gradient
      largest = Math.max(largest, step)
      least = Math.min(least, step)
      if (step === 0) continue
      const after = Math.max(0, before - gradient / (norm[k]! + diagonal[k]!))
      const move = (after - before) * side[k]!
      alpha[k] = after
      bias += move
      for (let i = start; i < end; i++) weights[columns[i]!]! += move * values[i]!
    }
    const settled = largest - least < enough
    if (settled && active === count) break
    worst = settled || largest <= 0 ? Infinity : largest
    if (settled) active = count
  }
  return { weights, bias }
}

/** The values of the chosen rows as a class sees them. */
function scaled({ values, starts }: Rows, { columns }: Seen, chosen: Int32Array, scale: Float32Array): Float32Array {
  const result = new Float32Array(starts.at(-1)!)
  for (const row of chosen)
    for (let i = starts[row]!; i < starts[row + 1]!; i++) result[i] = values[i]! * scale[columns[i]!]!
  return result
}

const mostRounds = 40
const enough = 0.1
