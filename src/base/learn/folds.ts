import { seeded, shuffle } from './random.ts'

/**
 * A fold for each row, so that every fold has its share of each label. Rows with the same group (a text that occurs twice)
 * come into the same fold. The same seed gives the same folds.
 */
export function makeFolds(
  labels: ArrayLike<number>,
  groups: readonly string[],
  folds: number,
  seed: number,
): Int32Array {
  const order = Int32Array.from({ length: labels.length }, (_, row) => row)
  shuffle(order, seeded(seed))
  const next = new Map<number, number>()
  const foldOf = new Map<string, number>()
  const result = new Int32Array(labels.length)
  for (const row of order) {
    let fold = foldOf.get(groups[row]!)
    if (fold === undefined) {
      fold = next.get(labels[row]!) ?? 0
      next.set(labels[row]!, (fold + 1) % folds)
      foldOf.set(groups[row]!, fold)
    }
    result[row] = fold
  }
  return result
}

/** The rows in a fold, and the rows outside. */
export function splitBy(foldOf: Int32Array, fold: number): { inside: Int32Array; outside: Int32Array } {
  const rows = Int32Array.from(foldOf.keys())
  return { inside: rows.filter((row) => foldOf[row] === fold), outside: rows.filter((row) => foldOf[row] !== fold) }
}
