import { calibrationError, reliability, type Reliability } from '../src/base/learn/calibrate.ts'
import { accuracy, confusionOf, macro } from '../src/base/learn/scores.ts'
import { sureFrom } from '../src/listen/enrich/sentiment.ts'
import { tonalities } from '../src/listen/enrich/sentiment/model.ts'
import { table } from './figures.ts'
import type { Example } from './sentiment-examples.ts'

/** A held-out example and what was said of it. */
export type Judged = { example: Example; probabilities: Float64Array }

export function sentimentFigures(models: { name: string; judged: Judged[] }[]): string {
  return models
    .map(({ name, judged }) => `## sentiment.${name}.model\n\n${bySet(judged)}\n\n${certainty(judged)}`)
    .join('\n\n')
}

/** ECE of the worst set of each language, to a tenth of a point as the figures have it. */
export function errorsOf(judged: Judged[]): { [lang: string]: number } {
  const errors: { [lang: string]: number } = {}
  for (const some of Map.groupBy(judged, ({ example }) => `${example.lang} ${example.set}`).values()) {
    const { lang } = some[0]!.example
    const error = Number(calibrationError(reliabilityOf(some)).toFixed(3))
    errors[lang] = Math.max(errors[lang] ?? 0, error)
  }
  return errors
}

function bySet(judged: Judged[]): string {
  const groups = Map.groupBy(judged, ({ example }) => `${example.lang} ${example.set}`)
  const rows = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, some]) => [name, ...figuresOf(some)])
  return table([
    ['language and set', 'rows', 'macro F1', 'macro recall', 'F1 neg+pos', 'right', 'ECE', 'sure', 'right when sure'],
    ...rows,
  ])
}

function figuresOf(some: Judged[]): string[] {
  const truth = some.map(({ example }) => example.label)
  const answers = some.map(answerOf)
  const confusion = confusionOf(truth, answers, tonalities.length)
  const sure = some.filter((one) => certaintyOf(one) >= sureFrom)
  return [
    some.length.toLocaleString('en'),
    percent(macro(confusion, 'f1')),
    percent(macro(confusion, 'recall')),
    percent(macro(confusion, 'f1', [0, 2])),
    percent(accuracy(confusion)),
    percent(calibrationError(reliabilityOf(some))),
    percent(sure.length / some.length),
    percent(sure.filter(isRight).length / sure.length),
  ]
}

function certainty(judged: Judged[]): string {
  const rows = reliabilityOf(judged).map(({ from, count, certainty: said, right }) => [
    `${from.toFixed(1)} to ${(from + 0.1).toFixed(1)}`,
    count.toLocaleString('en'),
    percent(said),
    percent(right),
  ])
  return table([['probability of the label', 'rows', 'said', 'right'], ...rows])
}

function reliabilityOf(some: Judged[]): Reliability[] {
  return reliability(some.map(certaintyOf), (row) => isRight(some[row]!))
}

function isRight(one: Judged): boolean {
  return answerOf(one) === one.example.label
}

function answerOf({ probabilities }: Judged): number {
  return probabilities.indexOf(Math.max(...probabilities))
}

function certaintyOf({ probabilities }: Judged): number {
  return Math.max(...probabilities)
}

function percent(share: number): string {
  return Number.isNaN(share) ? '–' : (100 * share).toFixed(1)
}
