import { solve } from './calibrate.ts'

/**
 * The weights under which yes or no is most likely, by Newton's method: of each of `width` numbers of a row, and a constant
 * at the end. A weak belief in small weights holds them where rows are few or all are right.
 */
export function fitLogistic(numbers: ArrayLike<number>, truth: ArrayLike<boolean>, width: number): number[] {
  const size = width + 1
  const weights = new Float64Array(size)
  for (let round = 0; round < 50; round++) {
    const gradient = weights.slice()
    gradient[width] = 0
    const hessian = new Float64Array(size * size)
    for (let i = 0; i < width; i++) hessian[i * size + i] = 1
    const at = (row: number, i: number) => (i === width ? 1 : numbers[row * width + i]!)
    for (let row = 0; row < truth.length; row++) {
      let score = 0
      for (let i = 0; i < size; i++) score += weights[i]! * at(row, i)
      const chance = 1 / (1 + Math.exp(-score))
      const sureness = Math.max(1e-9, chance * (1 - chance))
      for (let i = 0; i < size; i++) {
        gradient[i]! += (chance - (truth[row] ? 1 : 0)) * at(row, i)
        for (let j = 0; j < size; j++) hessian[i * size + j]! += sureness * at(row, i) * at(row, j)
      }
    }
    const step = solve(hessian, gradient, size)
    let largest = 0
    for (let i = 0; i < size; i++) {
      // A long first step may overshoot where few rows speak.
      const move = Math.max(-2, Math.min(2, step[i]!))
      weights[i]! -= move
      largest = Math.max(largest, Math.abs(move))
    }
    if (largest < 1e-8) break
  }
  return [...weights]
}

/** The chance of yes. */
export function logistic(weights: readonly number[], numbers: ArrayLike<number>): number {
  let score = weights.at(-1)!
  for (let i = 0; i < weights.length - 1; i++) score += weights[i]! * numbers[i]!
  return 1 / (1 + Math.exp(-score))
}
