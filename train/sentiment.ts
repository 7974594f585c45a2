import { calibrate, toProbabilities } from '../src/base/learn/calibrate.ts'
import { compact, saveCompact } from '../src/base/learn/compact.ts'
import {
  judgementOf,
  pickLabel,
  sentimentModelFile,
  tonalities,
  type Judgement,
  type SentimentMeta,
  type SentimentModelName,
} from '../src/listen/enrich/sentiment/model.ts'
import { writeFigures } from './figures.ts'
import { errorsOf, sentimentFigures, type Judged, type Measured } from './sentiment-card.ts'
import {
  readCyrillicExamples,
  readEnglishExamples,
  readEnglishTowards,
  readOtherExamples,
  readRussianTowards,
  weightInLife,
  type Example,
} from './sentiment-examples.ts'
import {
  familiesOf,
  learnAll,
  prepare,
  scoreHeldOut,
  scoreLater,
  type HeldOut,
  type HowToLearn,
} from './sentiment-learn.ts'

type Plan = {
  name: SentimentModelName
  read: () => Example[]
  /**
   * How much rare labels are given their due, from 0 to 1. Where we are measured by how many of each label are found, or all
   * labels are alike, 1 is best; where by answers and finds of praise and blame together, a half or less.
   */
  evenness: number
  how: HowToLearn
  /** Whether it is also measured on the later part of a set, learnt from the earlier one. */
  later: boolean
}

type Judgements = Pick<SentimentMeta, 'judgements' | 'otherwise'>

// Each of the two learners alone is about half a point worse.
const usual: HowToLearn = { bits: 20, near: 1, tones: false, separators: 3 }
// Listed words bring a point and a half where each language has a few thousand texts.
const fewTexts: HowToLearn = { ...usual, tones: true }
// Found by learning from the earlier and the later half of SentiRuEval, each asked about the other: separators add nothing there,
// words near the name help less than they do within one time, and listed words bring five points.
const russianTowards: HowToLearn = { bits: 18, near: 0.4, tones: true, separators: 0 }

const plans: Plan[] = [
  { name: 'en', read: readEnglishExamples, evenness: 1, how: usual, later: true },
  { name: 'other', read: readOtherExamples, evenness: 1, how: fewTexts, later: false },
  { name: 'cyrillic', read: readCyrillicExamples, evenness: 0.5, how: usual, later: false },
  { name: 'towards.en', read: readEnglishTowards, evenness: 1, how: usual, later: false },
  { name: 'towards.ru', read: readRussianTowards, evenness: 0.5, how: russianTowards, later: true },
]

/** Makes models/sentiment.*.model and the figures in docs/models/sentiment.md. */
export function train(): void {
  writeFigures('sentiment', sentimentFigures(plans.map(trainOne)))
}

function trainOne(plan: Plan): Measured {
  const examples = plan.read()
  const { how } = plan
  const rows = prepare(examples, how)
  const heldOut = scoreHeldOut(examples, rows, how)
  const judged = judgeHeldOut(heldOut, plan)
  const meta: SentimentMeta = { ...judgementsFrom(heldOut, plan), errors: errorsOf(judged), tones: how.tones }
  const model = compact(learnAll(examples, rows, how), familiesOf(how), {
    task: 'sentiment',
    version: 2,
    texts: examples.length,
    ...meta,
  })
  saveCompact(sentimentModelFile(plan.name), model)
  return {
    name: plan.name,
    judged,
    later: plan.later ? scoreLater(examples, rows, how).map((one) => judgeBy(meta, one)) : null,
  }
}

function judgementsFrom(heldOut: HeldOut[], { evenness }: Plan): Judgements {
  const trusted = heldOut.filter(({ example }) => example.use === 'calibrate')
  const byLang = [...Map.groupBy(trusted, ({ example }) => example.lang)].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    judgements: Object.fromEntries(byLang.map(([lang, some]) => [lang, fit(some, evenness)])),
    otherwise: fit(trusted, evenness),
  }
}

function fit(heldOut: HeldOut[], evenness: number): Judgement {
  const weights = heldOut.map(({ example }) => weightInLife(example))
  const calibration = calibrate(
    heldOut.flatMap(({ scores }) => [...scores]),
    heldOut.map(({ example }) => example.label),
    tonalities.length,
    (row) => weights[row]!,
    1,
  )
  const shares = tonalities.map((_, label) =>
    heldOut.reduce((sum, { example }, row) => sum + (example.label === label ? weights[row]! : 0), 1),
  )
  const all = shares.reduce((sum, share) => sum + share, 0)
  return { ...calibration, due: shares.map((share) => (share / all) ** -evenness) }
}

/** Every held-out example, each half under judgements that were fitted on the other one. */
function judgeHeldOut(heldOut: HeldOut[], plan: Plan): Judged[] {
  const halves = [0, 1].map((half) => heldOut.filter((_, i) => i % 2 === half))
  return halves.flatMap((half, i) => {
    const meta = judgementsFrom(halves[1 - i]!, plan)
    return half.map((one) => judgeBy(meta, one))
  })
}

function judgeBy(meta: Judgements, { example, scores }: HeldOut): Judged {
  const chances = scores.slice()
  const judgement = judgementOf(meta, example.lang) ?? meta.otherwise
  toProbabilities(chances, judgement)
  return { example, chances, label: pickLabel(chances, judgement) }
}
