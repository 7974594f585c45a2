import { toProbabilities, type Calibration } from '../src/base/learn/calibrate.ts'
import { confusionOf, macro } from '../src/base/learn/scores.ts'
import { pickLabel, tonalities } from '../src/listen/enrich/sentiment/model.ts'
import type { HeldOut } from './sentiment-learn.ts'

/** The chances that scores mean. */
export function chancesBy(calibration: Calibration, scores: Float64Array): Float64Array {
  const chances = scores.slice()
  toProbabilities(chances, calibration)
  return chances
}

/**
 * What each label is due so that the mean of F1 of negative and F1 of positive is best, where every set and every time counts
 * as much as any other: a limit that suits one time alone is of no use to the next one. Looked for in steps of a fifth of the
 * logarithm, neutral having 1.
 */
export function findDue(heldOut: HeldOut[], calibration: Calibration): number[] {
  const groups = [...Map.groupBy(heldOut, ({ example }) => `${example.set} ${example.time}`).values()].map((some) => ({
    truth: some.map(({ example }) => example.label),
    chances: some.map(({ scores }) => chancesBy(calibration, scores)),
  }))
  let best = { value: -1, due: [1, 1, 1] }
  for (const negative of steps)
    for (const positive of steps) {
      const due = [negative, 1, positive]
      const judgement = { ...calibration, due }
      let value = 0
      for (const { truth, chances } of groups) {
        const said = chances.map((row) => pickLabel(row, judgement))
        value += macro(confusionOf(truth, said, tonalities.length), 'f1', [0, 2]) / groups.length
      }
      if (value > best.value) best = { value, due }
    }
  return best.due
}

const steps = Array.from({ length: 16 }, (_, i) => Math.exp((i - 5) / 5))
