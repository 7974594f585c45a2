import { seeded, shuffle } from '../src/base/learn/random.ts'
import { absent, evidenceSteps } from '../src/listen/enrich/language-model.ts'
import { orders } from '../src/listen/enrich/language-pieces.ts'

/** What a text that was not counted shows: the evidence for each candidate, order by order, and pieces seen by order. */
export type Shown = {
  language: number
  candidates: Int32Array
  /** `evidence[order * candidates.length + candidate]`, in natural logarithms. */
  evidence: Float32Array
  seen: Float32Array
  /** How much the text counts. */
  weight: number
}

export type Fitted = { weights: Float32Array; shifts: Float32Array }

/** What a piece that a language lacks costs it by naive Bayes: ln(absent ÷ (all its pieces of that order + absent)). */
export function costsOfAbsence(totals: Float64Array): Float64Array<ArrayBuffer> {
  return totals.map((total) => (total === 0 ? 0 : Math.log(absent / (total + absent))))
}

/** Evidence as `addEvidence` counts it, of one text, for its candidates only. */
export function showEvidence(
  counted: Int32Array,
  seen: Int32Array,
  candidates: Int32Array,
  languages: number,
): Pick<Shown, 'candidates' | 'evidence' | 'seen'> {
  const evidence = new Float32Array(orders * candidates.length)
  for (let order = 1; order < orders; order++)
    for (let c = 0; c < candidates.length; c++)
      evidence[order * candidates.length + c] = counted[order * languages + candidates[c]!]! / evidenceSteps
  return { candidates, evidence, seen: Float32Array.from(seen) }
}

/**
 * How much each order counts, and a correction to the cost of absence for each order and language, such that the truth is
 * most likely: logistic regression by AdaGrad over texts in a seeded order.
 */
export function fitLanguages(shown: Shown[], costs: Float64Array, languages: number): Fitted {
  const weights = new Float64Array(orders).fill(0.25)
  const corrections = new Float64Array(orders * languages)
  const weightSquares = new Float64Array(orders).fill(0.01)
  const correctionSquares = new Float64Array(orders * languages).fill(0.01)
  const random = seeded(1)
  const order = Int32Array.from(shown.keys())
  for (let round = 0; round < rounds; round++) {
    shuffle(order, random)
    for (const at of order) {
      const { language, candidates, evidence, seen, weight } = shown[at]!
      const errors = probabilities(shown[at]!, weights, corrections, costs, languages)
      errors[candidates.indexOf(language)]! -= 1
      const step = firstStep * (1 - round / rounds) * weight
      for (let o = 1; o < orders; o++) {
        if (seen[o] === 0) continue
        let slope = 0
        for (let c = 0; c < candidates.length; c++) {
          const place = o * languages + candidates[c]!
          slope += errors[c]! * (evidence[o * candidates.length + c]! + seen[o]! * costs[place]!)
          if (Math.abs(errors[c]!) < 1e-4) continue
          const correction = errors[c]! * seen[o]!
          correctionSquares[place]! += correction * correction
          corrections[place]! -= (step * correction) / Math.sqrt(correctionSquares[place]!)
        }
        weightSquares[o]! += slope * slope
        weights[o]! -= (step * slope) / Math.sqrt(weightSquares[o]!)
      }
    }
  }
  return {
    weights: Float32Array.from(weights),
    shifts: Float32Array.from(
      corrections,
      (correction, i) => correction + weights[Math.floor(i / languages)]! * costs[i]!,
    ),
  }
}

const rounds = 10
const firstStep = 0.02

const scores = new Map<number, Float64Array>()

function probabilities(
  { candidates, evidence, seen }: Shown,
  weights: Float64Array,
  corrections: Float64Array,
  costs: Float64Array,
  languages: number,
): Float64Array {
  const size = candidates.length
  let result = scores.get(size)
  if (!result) scores.set(size, (result = new Float64Array(size)))
  let most = -Infinity
  for (let c = 0; c < size; c++) {
    let score = 0
    for (let o = 1; o < orders; o++) {
      const place = o * languages + candidates[c]!
      score += weights[o]! * (evidence[o * size + c]! + seen[o]! * costs[place]!) + seen[o]! * corrections[place]!
    }
    result[c] = score
    most = Math.max(most, score)
  }
  let sum = 0
  for (let c = 0; c < size; c++) sum += result[c] = Math.exp(result[c]! - most)
  for (let c = 0; c < size; c++) result[c]! /= sum
  return result
}
