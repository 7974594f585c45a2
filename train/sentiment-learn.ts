import { evenWeights, type FamilyWeights } from '../src/base/learn/bag.ts'
import { makeFolds, splitBy } from '../src/base/learn/folds.ts'
import { learnLinear, scoreRow, type Lesson, type LinearModel } from '../src/base/learn/linear.ts'
import { readBag } from '../src/base/learn/read-bag.ts'
import { Rows } from '../src/base/learn/rows.ts'
import { blend, learnSoftmax } from '../src/base/learn/softmax.ts'
import { analysePost } from '../src/base/text/analyse.ts'
import { tonalities } from '../src/listen/enrich/sentiment/model.ts'
import { addNear } from '../src/listen/enrich/sentiment/near.ts'
import { placesOf } from '../src/listen/enrich/sentiment/places-of.ts'
import { addTones } from '../src/listen/enrich/sentiment/tones.ts'
import { plainKey, type Example } from './sentiment-examples.ts'

const seed = 1
const classes = tonalities.length

// By cross-validation, around which results are flat.
const dropout = 0.5

/** What is found out for each model by itself. */
export type HowToLearn = {
  /** The table has 2^bits places. */
  bits: number
  /** How much words near the name count. */
  near: number
  /** Whether listed words of praise and blame are signs. */
  tones: boolean
  /** How much the separators count beside logistic regression; 0: they are left out. */
  separators: number
  /** How many logistic regressions, each with other features dropped, have their mean taken; one where not told. */
  regressions?: number
}

export function familiesOf({ near }: HowToLearn): FamilyWeights {
  return { ...evenWeights, near }
}

/** The examples as rows to learn from. */
export function prepare(examples: Example[], how: HowToLearn): Rows {
  const rows = new Rows(how.bits, familiesOf(how))
  for (const { text, lang, target } of examples) {
    const analysis = analysePost({ title: null, text, lang })
    const bag = readBag(analysis)
    const places = target === null ? [] : placesOf(analysis, target)
    if (how.tones) addTones(bag, analysis, places)
    if (target !== null) addNear(bag, analysis, places)
    rows.add(bag)
  }
  return rows
}

/** The model of all examples. */
export function learnAll(examples: Example[], rows: Rows, how: HowToLearn): LinearModel {
  return learn(examples, rows, Int32Array.from(examples.keys()), how)
}

/** What a model says of an example that it has not learnt from, nor from a text that is nearly the same. */
export type HeldOut = { example: Example; scores: Float64Array }

/** A third of the examples, by a model of the rest. */
export function scoreHeldOut(examples: Example[], rows: Rows, how: HowToLearn): HeldOut[] {
  const foldOf = makeFolds(
    examples.map(({ label }) => label),
    examples.map(({ text }, row) => plainKey(text) || String(row)),
    3,
    seed,
  )
  const { inside, outside } = splitBy(foldOf, 0)
  const measured = inside.filter((row) => examples[row]!.use !== 'learn')
  return scoresOf(learn(examples, rows, outside, how), examples, rows, measured)
}

/** A part of the sets that tell of time, by a model of their other part and of what has no time. */
export function scoreTime(examples: Example[], rows: Rows, how: HowToLearn, asked: 'before' | 'after'): HeldOut[] {
  const all = Int32Array.from(examples.keys())
  const inside = all.filter((row) => examples[row]!.time === asked)
  const known = new Set(Array.from(inside, (row) => plainKey(examples[row]!.text)))
  const outside = all.filter((row) => {
    const { time, text } = examples[row]!
    return time !== asked && !known.has(plainKey(text))
  })
  return scoresOf(learn(examples, rows, outside, how), examples, rows, inside)
}

function scoresOf(model: LinearModel, examples: Example[], rows: Rows, chosen: Int32Array): HeldOut[] {
  return Array.from(chosen, (row) => {
    const scores = new Float64Array(classes)
    scoreRow(model, rows, row, scores)
    return { example: examples[row]!, scores }
  })
}

function learn(examples: Example[], rows: Rows, chosen: Int32Array, how: HowToLearn): LinearModel {
  const { separators, regressions = 1 } = how
  const lesson: Lesson = {
    rows,
    chosen,
    classes,
    isOf: (row, label) => examples[row]!.label === label,
    weightOf: (row) => examples[row]!.weight,
  }
  const soft = learnSoftmax(lesson, { rate: 0.3, rounds: 5, dropout, seed })
  for (let other = 1; other < regressions; other++)
    blend(soft, learnSoftmax(lesson, { rate: 0.3, rounds: 5, dropout, seed: seed + other }), 1)
  if (separators === 0) return soft
  // The sum of regressions stands for their mean: what a score is worth is found out when chances are fitted.
  return blend(soft, learnLinear(lesson, { cost: 0.05, bayes: { added: 1, mix: 1 }, seed }), separators * regressions)
}
