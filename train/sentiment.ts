import { calibrate, toProbabilities, type Calibration } from '../src/base/learn/calibrate.ts'
import { compact, saveCompact } from '../src/base/learn/compact.ts'
import {
  sentimentModelFile,
  tonalities,
  type SentimentMeta,
  type SentimentModelName,
} from '../src/listen/enrich/sentiment/model.ts'
import { writeFigures } from './figures.ts'
import { errorsOf, sentimentFigures, type Judged } from './sentiment-card.ts'
import {
  readCyrillicExamples,
  readEnglishTowards,
  readOtherExamples,
  readRussianTowards,
  type Example,
} from './sentiment-examples.ts'
import { families, learnAll, prepare, scoreHeldOut, type HeldOut } from './sentiment-learn.ts'

const models: [SentimentModelName, () => Example[]][] = [
  ['other', readOtherExamples],
  ['cyrillic', readCyrillicExamples],
  ['towards.en', readEnglishTowards],
  ['towards.ru', readRussianTowards],
]

/** Makes models/sentiment.*.model and the figures in docs/models/sentiment.md. */
export function train(): void {
  const judged = models.map(([name, read]) => ({ name, judged: trainOne(name, read()) }))
  writeFigures('sentiment', sentimentFigures(judged))
}

function trainOne(name: SentimentModelName, examples: Example[]): Judged[] {
  const rows = prepare(examples)
  const heldOut = scoreHeldOut(examples, rows)
  const judged = judgeHeldOut(heldOut)
  const meta: SentimentMeta = { ...calibrateAll(heldOut), errors: errorsOf(judged) }
  const model = compact(learnAll(examples, rows), families, {
    task: 'sentiment',
    version: 1,
    texts: examples.length,
    ...meta,
  })
  saveCompact(sentimentModelFile(name), model)
  return judged
}

/**
 * How rare labels are given their due: probabilities are those of a stream in which a label's share is its share in the
 * data to the power of one minus this. English sets are measured by how many of each label are found, which asks for 1;
 * reviews and posts about companies by answers and finds together, for which a half is best, and towards a company, on posts
 * of a later time than those learnt from, a quarter.
 */
function evenness({ set, target }: Example): number {
  if (!/^kazsandra|^sentirueval|^romip/.test(set)) return 1
  return target === null ? 0.5 : 0.25
}

function calibrateAll(heldOut: HeldOut[]): Pick<SentimentMeta, 'calibrations' | 'otherwise'> {
  const trusted = heldOut.filter(({ example }) => example.use === 'calibrate')
  const byLang = [...Map.groupBy(trusted, ({ example }) => example.lang)].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    calibrations: Object.fromEntries(byLang.map(([lang, some]) => [lang, fit(some)])),
    otherwise: fit(trusted),
  }
}

function fit(heldOut: HeldOut[]): Calibration {
  const counts = tonalities.map((_, label) => heldOut.filter(({ example }) => example.label === label).length)
  const weights = heldOut.map(({ example }) => counts[example.label]! ** -evenness(example))
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length
  return calibrate(
    heldOut.flatMap(({ scores }) => [...scores]),
    heldOut.map(({ example }) => example.label),
    tonalities.length,
    (row) => weights[row]! / mean,
  )
}

/** Every held-out example under calibrations that have not seen its fold either. */
function judgeHeldOut(heldOut: HeldOut[]): Judged[] {
  return [...new Set(heldOut.map(({ fold }) => fold))].flatMap((fold) => {
    const { calibrations, otherwise } = calibrateAll(heldOut.filter((one) => one.fold !== fold))
    return heldOut
      .filter((one) => one.fold === fold)
      .map(({ example, scores }) => {
        const probabilities = scores.slice()
        toProbabilities(probabilities, calibrations[example.lang] ?? otherwise)
        return { example, probabilities }
      })
  })
}
