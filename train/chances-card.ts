import { calibrationError, reliability } from '../src/base/learn/calibrate.ts'
import { confusionOf, macro, scoresOfClass } from '../src/base/learn/scores.ts'
import type { Held } from './chances.ts'
import { table } from './figures.ts'

/** What was measured of some answers: how many are yes, F1 of yes and of no, their mean, and how far chances are from shares. */
export function figuresOfHeld(held: readonly Held[]) {
  const confusion = confusionOf(
    held.map(({ truth }) => Number(truth)),
    held.map(({ answer }) => Number(answer)),
    2,
  )
  const yes = scoresOfClass(confusion, 1)
  return {
    rows: held.length,
    yes: yes.real,
    precision: yes.precision,
    recall: yes.recall,
    f1: yes.f1,
    macroF1: macro(confusion, 'f1', [0, 1]),
    error: calibrationError(certaintyOf(held)),
  }
}

/** Of the answers given with about this chance of yes, how many are yes. */
export function certaintyTable(held: readonly Held[]): string {
  const rows = certaintyOf(held).map(({ from, count, certainty, right }) => [
    `${from.toFixed(1)} to ${(from + 0.1).toFixed(1)}`,
    count.toLocaleString('en'),
    percent(certainty),
    percent(right),
  ])
  return table([['chance of yes', 'answers', 'said', 'yes'], ...rows])
}

/** Macro F1 under several draws of the folds, and its mean: how much of a figure is luck. */
export function drawsRow(name: string, draws: readonly (readonly Held[])[]): string[] {
  const all = draws.map((held) => figuresOfHeld(held).macroF1)
  const mean = all.reduce((sum, one) => sum + one, 0) / all.length
  return [name, ...all.map(percent), percent(mean)]
}

export const headOfDraws = ['macro F1, by draw of the folds', '1', '2', '3', '4', '5', '6', 'mean']

export function percent(share: number): string {
  return (100 * share).toFixed(1)
}

function certaintyOf(held: readonly Held[]) {
  return reliability(
    held.map(({ chance }) => chance),
    (row) => held[row]!.truth,
  )
}

/** The figures of one question, for all rows and by a part that each row belongs to. */
export function yesOrNoFigures(held: readonly Held[], partOf: (held: Held) => string, part: string): string {
  const line = (name: string, some: readonly Held[]) => {
    const { rows, yes, precision, recall, f1, macroF1, error } = figuresOfHeld(some)
    return [name, rows.toLocaleString('en'), yes, ...[precision, recall, f1, macroF1, error].map(percent)]
  }
  const parts = [...Map.groupBy(held, partOf)].sort(([a], [b]) => (a < b ? -1 : 1))
  return [
    table([
      [part, 'rows', 'yes', 'precision', 'recall', 'F1 of yes', 'macro F1', 'ECE'],
      ...(parts.length > 1 ? parts.map(([name, some]) => line(name, some)) : []),
      line('all', held),
    ]),
    '### Are the chances right?',
    certaintyTable(held),
  ].join('\n\n')
}
