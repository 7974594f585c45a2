/** Turns scores of classes that exclude each other into probabilities: softmax of `scale` × score + `shift` of the class. */
export type Calibration = { scale: number; shifts: number[] }

/**
 * The calibration under which the truth is most likely, by Newton's method on held-out scores (row after row, class after
 * class): of the answers given with 0.8, about 80 % are right where texts are as they were here. `weightOf` makes rows
 * count more or less, as where classes are rarer in life than in the data. `belief`: how many rows' worth of holding the
 * scale near 1 and the shifts near 0, which is needed where rows are few, where all are right, and of a class without any.
 */
export function calibrate(
  scores: ArrayLike<number>,
  truth: ArrayLike<number>,
  classes: number,
  weightOf: (row: number) => number = () => 1,
  belief = 0,
): Calibration {
  const size = classes // scale and the shifts of all classes but the first
  const at = new Float64Array(size)
  at[0] = 1
  const row = new Float64Array(classes)
  for (let round = 0; round < 50; round++) {
    const gradient = at.map((value, i) => belief * (value - (i === 0 ? 1 : 0)))
    const hessian = new Float64Array(size * size)
    for (let i = 0; i < size; i++) hessian[i * size + i] = belief
    for (let r = 0; r < truth.length; r++) {
      const weight = weightOf(r)
      for (let c = 0; c < classes; c++) row[c] = at[0]! * scores[r * classes + c]! + (c > 0 ? at[c]! : 0)
      softmax(row)
      let mean = 0
      let square = 0
      for (let c = 0; c < classes; c++) {
        const score = scores[r * classes + c]!
        mean += row[c]! * score
        square += row[c]! * score * score
      }
      gradient[0]! += weight * (mean - scores[r * classes + truth[r]!]!)
      hessian[0]! += weight * (square - mean * mean)
      for (let c = 1; c < classes; c++) {
        const p = row[c]!
        gradient[c]! += weight * (p - (truth[r] === c ? 1 : 0))
        const cross = weight * p * (scores[r * classes + c]! - mean)
        hessian[c]! += cross
        hessian[c * size]! += cross
        for (let d = 1; d < classes; d++) hessian[c * size + d]! += weight * p * ((c === d ? 1 : 0) - row[d]!)
      }
    }
    for (let i = 0; i < size; i++) hessian[i * size + i]! += 1e-6 * (1 + hessian[i * size + i]!)
    const step = solve(hessian, gradient, size)
    let largest = 0
    for (let i = 0; i < size; i++) {
      // A long first step may overshoot where few rows speak.
      const move = Math.max(-1, Math.min(1, step[i]!))
      at[i]! -= move
      largest = Math.max(largest, Math.abs(move))
    }
    if (largest < 1e-8) break
  }
  return { scale: at[0]!, shifts: Array.from({ length: classes }, (_, c) => (c > 0 ? at[c]! : 0)) }
}

/**
 * The same with one scale for all classes and no shifts, for many classes of which each has few rows: the Newton method of
 * one variable, whose time grows with scores only.
 */
export function calibrateScale(scores: ArrayLike<number>, truth: ArrayLike<number>, classes: number): Calibration {
  // Held in by a weak belief in a scale near 1, as long as rows are few or all are right.
  let scale = 1
  const row = new Float64Array(classes)
  for (let round = 0; round < 50; round++) {
    let gradient = scale - 1
    let hessian = 1
    for (let r = 0; r < truth.length; r++) {
      for (let c = 0; c < classes; c++) row[c] = scale * scores[r * classes + c]!
      softmax(row)
      let mean = 0
      let square = 0
      for (let c = 0; c < classes; c++) {
        const score = scores[r * classes + c]!
        mean += row[c]! * score
        square += row[c]! * score * score
      }
      gradient += mean - scores[r * classes + truth[r]!]!
      hessian += square - mean * mean
    }
    const move = Math.max(-1, Math.min(1, gradient / hessian))
    scale = Math.max(0, scale - move)
    if (Math.abs(move) < 1e-8) break
  }
  return { scale, shifts: Array.from({ length: classes }, () => 0) }
}

/** Puts probabilities in place of scores. */
export function toProbabilities(scores: Float64Array, { scale, shifts }: Calibration): void {
  for (let c = 0; c < scores.length; c++) scores[c] = scale * scores[c]! + shifts[c]!
  softmax(scores)
}

export function softmax(scores: Float64Array): void {
  let most = -Infinity
  for (const score of scores) most = Math.max(most, score)
  let sum = 0
  for (let c = 0; c < scores.length; c++) sum += scores[c] = Math.exp(scores[c]! - most)
  for (let c = 0; c < scores.length; c++) scores[c]! /= sum
}

/** One line of a reliability table: answers of about this certainty, their mean certainty and how many were right. */
export type Reliability = { from: number; count: number; certainty: number; right: number }

/** `weightOf`: how much a row counts, where classes are rarer in life than in the data; a line's count is their sum. */
export function reliability(
  certainties: ArrayLike<number>,
  isRight: (row: number) => boolean,
  steps = 10,
  weightOf: (row: number) => number = () => 1,
): Reliability[] {
  const bins = Array.from({ length: steps }, (_, i) => ({ from: i / steps, count: 0, certainty: 0, right: 0 }))
  for (let r = 0; r < certainties.length; r++) {
    const bin = bins[Math.min(steps - 1, Math.floor(certainties[r]! * steps))]!
    bin.count += weightOf(r)
    bin.certainty += weightOf(r) * certainties[r]!
    if (isRight(r)) bin.right += weightOf(r)
  }
  return bins
    .filter(({ count }) => count > 0)
    .map((bin) => ({ ...bin, certainty: bin.certainty / bin.count, right: bin.right / bin.count }))
}

/** Mean distance between certainty and share of right answers, weighted by answers (ECE). */
export function calibrationError(table: Reliability[]): number {
  const all = table.reduce((sum, { count }) => sum + count, 0)
  return table.reduce((sum, { count, certainty, right }) => sum + (count / all) * Math.abs(certainty - right), 0)
}

/** The solution of a small system of linear equations, by Gauss with pivots. */
export function solve(matrix: Float64Array, right: Float64Array, size: number): Float64Array {
  const a = matrix.slice()
  const x = right.slice()
  for (let i = 0; i < size; i++) {
    let pivot = i
    for (let r = i + 1; r < size; r++) if (Math.abs(a[r * size + i]!) > Math.abs(a[pivot * size + i]!)) pivot = r
    for (let c = 0; c < size; c++) [a[i * size + c], a[pivot * size + c]] = [a[pivot * size + c]!, a[i * size + c]!]
    ;[x[i], x[pivot]] = [x[pivot]!, x[i]!]
    for (let r = i + 1; r < size; r++) {
      const factor = a[r * size + i]! / a[i * size + i]!
      for (let c = i; c < size; c++) a[r * size + c]! -= factor * a[i * size + c]!
      x[r]! -= factor * x[i]!
    }
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let c = i + 1; c < size; c++) x[i]! -= a[i * size + c]! * x[c]!
    x[i]! /= a[i * size + i]!
  }
  return x
}
