import type { Lesson, LinearModel } from './linear.ts'
import { seeded, shuffle } from './random.ts'

export type HowToDescend = {
  /** The first step; it falls to zero in a straight line. */
  rate: number
  rounds: number
  /** The share of features that a text loses each time it is read, so that no few features carry a class alone. */
  dropout: number
  seed: number
}

/**
 * One linear model for classes that exclude each other: logistic regression, in steps that shrink for each place as it is
 * used (AdaGrad, Duchi et al. 2011). Errs otherwise than `learnLinear`, so that the two together are better than each;
 * see `blend`. The same lesson gives the same model, to the last bit.
 */
export function learnSoftmax(lesson: Lesson, how: HowToDescend): LinearModel {
  const { rows, classes, chosen } = lesson
  const { places, values, starts } = rows
  const count = 2 ** rows.bits
  const weights = new Float32Array(count * classes)
  const used = new Float32Array(count).fill(0.01)
  const bias = new Float64Array(classes)
  const biasUsed = new Float64Array(classes).fill(1)
  const truth = Int32Array.from(chosen, (row) => labelOf(lesson, row))
  const order = Int32Array.from(chosen.keys())
  const random = seeded(how.seed)
  const error = new Float64Array(classes)
  let kept = new Int32Array(1024)
  for (let round = 0; round < how.rounds; round++) {
    shuffle(order, random)
    const rate = how.rate * (1 - round / how.rounds)
    for (const k of order) {
      const row = chosen[k]!
      const [start, end] = [starts[row]!, starts[row + 1]!]
      if (end - start > kept.length) kept = new Int32Array(2 * (end - start))
      let keeping = 0
      for (let label = 0; label < classes; label++) error[label] = bias[label]!
      for (let i = start; i < end; i++) {
        if (how.dropout > 0 && random() < how.dropout) continue
        kept[keeping++] = i
        const base = places[i]! * classes
        for (let label = 0; label < classes; label++) error[label]! += weights[base + label]! * values[i]!
      }
      const weight = lesson.weightOf?.(row, truth[k]!) ?? 1
      let most = -Infinity
      for (let label = 0; label < classes; label++) most = Math.max(most, error[label]!)
      let sum = 0
      for (let label = 0; label < classes; label++) sum += error[label] = Math.exp(error[label]! - most)
      let square = 0
      for (let label = 0; label < classes; label++) {
        const wrong = weight * (error[label]! / sum - (label === truth[k] ? 1 : 0))
        error[label] = wrong
        square += wrong * wrong
        biasUsed[label]! += wrong * wrong
        // The bias is met by every row, and a tenth of the step keeps it from running ahead of the rest.
        bias[label]! -= (rate * 0.1 * wrong) / Math.sqrt(biasUsed[label]!)
      }
      for (let j = 0; j < keeping; j++) {
        const i = kept[j]!
        const place = places[i]!
        const value = values[i]!
        const step = (rate * value) / Math.sqrt((used[place]! += square * value * value))
        const base = place * classes
        for (let label = 0; label < classes; label++) weights[base + label]! -= step * error[label]!
      }
    }
  }
  return { bits: rows.bits, classes, weights, bias: Float32Array.from(bias) }
}

/** One model whose scores are those of the first and `share` times those of the second. The first is changed. */
export function blend(first: LinearModel, second: LinearModel, share: number): LinearModel {
  for (let i = 0; i < first.weights.length; i++) first.weights[i]! += share * second.weights[i]!
  for (let label = 0; label < first.classes; label++) first.bias[label]! += share * second.bias[label]!
  return first
}

function labelOf({ classes, isOf }: Lesson, row: number): number {
  for (let label = 0; label < classes; label++) if (isOf(row, label)) return label
  throw new Error(`Row ${row} is of no class, and one is needed here`)
}
