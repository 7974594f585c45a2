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
import { plainKey, type Example } from './sentiment-examples.ts'

const seed = 1
const folds = 3
const bits = 20
const classes = tonalities.length

// By cross-validation: each of the two learners alone is about half a point worse, and results are flat around these.
const dropout = 0.5
const share = 2

export const families: FamilyWeights = { ...evenWeights, near: 1 }

/** The examples as rows to learn from. */
export function prepare(examples: Example[]): Rows {
  const rows = new Rows(bits, families)
  for (const { text, lang, target } of examples) {
    const analysis = analysePost({ title: null, text, lang })
    const bag = readBag(analysis)
    if (target !== null) addNear(bag, analysis, placesOf(analysis, target))
    rows.add(bag)
  }
  return rows
}

/** The model of all examples. */
export function learnAll(examples: Example[], rows: Rows): LinearModel {
  return learn(examples, rows, Int32Array.from(examples.keys()))
}

/** What a model says of an example that it has not learnt from, nor from a text that is nearly the same. */
export type HeldOut = { example: Example; fold: number; scores: Float64Array }

export function scoreHeldOut(examples: Example[], rows: Rows): HeldOut[] {
  const foldOf = makeFolds(
    examples.map(({ label }) => label),
    examples.map(({ text }, row) => plainKey(text) || String(row)),
    folds,
    seed,
  )
  const found: HeldOut[] = []
  for (let fold = 0; fold < folds; fold++) {
    const { inside, outside } = splitBy(foldOf, fold)
    const model = learn(examples, rows, outside)
    for (const row of inside) {
      if (examples[row]!.use === 'learn') continue
      const scores = new Float64Array(classes)
      scoreRow(model, rows, row, scores)
      found.push({ example: examples[row]!, fold, scores })
    }
  }
  return found
}

function learn(examples: Example[], rows: Rows, chosen: Int32Array): LinearModel {
  const lesson: Lesson = {
    rows,
    chosen,
    classes,
    isOf: (row, label) => examples[row]!.label === label,
    weightOf: (row) => examples[row]!.weight,
  }
  const soft = learnSoftmax(lesson, { rate: 0.3, rounds: 5, dropout, seed })
  return blend(soft, learnLinear(lesson, { cost: 0.05, bayes: { added: 1, mix: 1 }, seed }), share)
}
