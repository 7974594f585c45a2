import { calibrationError, reliability, type Reliability } from '../src/base/learn/calibrate.ts'
import { accuracy, confusionOf, macro } from '../src/base/learn/scores.ts'
import { sureFrom } from '../src/listen/enrich/sentiment.ts'
import { tonalities } from '../src/listen/enrich/sentiment/model.ts'
import { percent, table } from './figures.ts'
import { weightInLife, type Example } from './sentiment-examples.ts'
import { sampleFigures } from './sentiment-sample.ts'

/** A held-out example and what was said of it. */
export type Judged = { example: Example; chances: Float64Array; label: number }

/**
 * A model's held-out examples, and its later part as judged by a model of the earlier one, where that is measured besides.
 * `apart`: examples that have a time were judged by a model of the other time.
 */
export type Measured = { name: string; judged: Judged[]; apart: boolean; later: Judged[] | null }

export function sentimentFigures(models: Measured[]): string {
  return models
    .flatMap(({ name, judged, apart, later }) => [
      `### sentiment.${name}.model`,
      ...(apart
        ? ['Where a time is told, the part before or after another was judged by a model of that other one:']
        : []),
      bySet(judged, apart),
      certainty(judged),
      ...(later
        ? ['Learnt from the earlier part of a set and what has no time, and measured on its later part:', bySet(later)]
        : []),
    ])
    .concat('### The sample world', sampleFigures())
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

const head = [
  'language and set',
  'rows',
  'macro F1',
  'macro recall',
  'F1 neg+pos',
  'right',
  'ECE',
  'said negative',
  'is negative',
  `from ${sureFrom}`,
  'right of these',
]

function bySet(judged: Judged[], apart = false): string {
  const groups = Map.groupBy(judged, ({ example: { lang, set, time } }) =>
    apart && time !== null ? `${lang} ${set}, ${time}` : `${lang} ${set}`,
  )
  const rows = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, some]) => [name, ...figuresOf(some)])
  return table([head, ...rows])
}

function figuresOf(some: Judged[]): string[] {
  const confusion = confusionOf(
    some.map(({ example }) => example.label),
    some.map(({ label }) => label),
    tonalities.length,
  )
  const sure = some.filter((one) => certaintyOf(one) >= sureFrom)
  return [
    some.length.toLocaleString('en'),
    percent(macro(confusion, 'f1')),
    percent(macro(confusion, 'recall')),
    percent(macro(confusion, 'f1', [0, 2])),
    percent(accuracy(confusion)),
    percent(calibrationError(reliabilityOf(some))),
    percent(meanInLife(some, ({ chances }) => chances[0]!)),
    percent(meanInLife(some, ({ example }) => (example.label === 0 ? 1 : 0))),
    percent(shareInLife(some, sure)),
    percent(shareInLife(sure, sure.filter(isRight))),
  ]
}

function certainty(judged: Judged[]): string {
  const rows = reliabilityOf(judged).map(({ from, count, certainty: said, right }) => [
    `${from.toFixed(1)} to ${(from + 0.1).toFixed(1)}`,
    Math.round(count).toLocaleString('en'),
    percent(said),
    percent(right),
  ])
  return table([['chance of the label', 'rows', 'said', 'right'], ...rows])
}

function reliabilityOf(some: Judged[]): Reliability[] {
  return reliability(
    some.map(certaintyOf),
    (row) => isRight(some[row]!),
    10,
    (row) => weightInLife(some[row]!.example),
  )
}

function isRight({ example, label }: Judged): boolean {
  return label === example.label
}

function certaintyOf({ chances, label }: Judged): number {
  return chances[label]!
}

function meanInLife(some: Judged[], what: (one: Judged) => number): number {
  const all = some.reduce((sum, { example }) => sum + weightInLife(example), 0)
  return some.reduce((sum, one) => sum + weightInLife(one.example) * what(one), 0) / all
}

function shareInLife(all: Judged[], some: Judged[]): number {
  const chosen = new Set(some)
  return meanInLife(all, (one) => (chosen.has(one) ? 1 : 0))
}
