/** How answers compare with the truth: `counts[truth * classes + answer]`. */
export type Confusion = { classes: number; counts: Float64Array }

export function confusionOf(truth: ArrayLike<number>, answers: ArrayLike<number>, classes: number): Confusion {
  const counts = new Float64Array(classes * classes)
  for (let i = 0; i < truth.length; i++) counts[truth[i]! * classes + answers[i]!]!++
  return { classes, counts }
}

/** Of one class: right answers ÷ answers, right answers ÷ true ones, their harmonic mean. 0 where nothing could be right. */
export function scoresOfClass({ classes, counts }: Confusion, label: number) {
  let [answered, real] = [0, 0]
  for (let other = 0; other < classes; other++) {
    answered += counts[other * classes + label]!
    real += counts[label * classes + other]!
  }
  const right = counts[label * classes + label]!
  const precision = answered === 0 ? 0 : right / answered
  const recall = real === 0 ? 0 : right / real
  return { precision, recall, f1: right === 0 ? 0 : (2 * precision * recall) / (precision + recall), real }
}

/** Mean over the classes that occur in truth, or over those named. */
export function macro(confusion: Confusion, what: 'f1' | 'recall' | 'precision', labels?: readonly number[]): number {
  const all = Array.from({ length: confusion.classes }, (_, label) => label)
  const counted = labels ?? all.filter((label) => scoresOfClass(confusion, label).real > 0)
  return counted.reduce((sum, label) => sum + scoresOfClass(confusion, label)[what], 0) / counted.length
}

/** Right answers ÷ all. */
export function accuracy({ classes, counts }: Confusion): number {
  let right = 0
  for (let label = 0; label < classes; label++) right += counts[label * (classes + 1)]!
  return right / counts.reduce((sum, count) => sum + count, 0)
}
