import type { FamilyWeights } from '../src/base/learn/bag.ts'
import type { Question } from '../src/base/learn/chances.ts'
import { compact, saveCompact } from '../src/base/learn/compact.ts'
import { makeFolds, splitBy } from '../src/base/learn/folds.ts'
import { learnLinear, scoreRow, type Lesson, type LinearModel } from '../src/base/learn/linear.ts'
import { fitLogistic, logistic } from '../src/base/learn/logistic.ts'
import { readBag } from '../src/base/learn/read-bag.ts'
import { Rows } from '../src/base/learn/rows.ts'
import { blend, learnSoftmax } from '../src/base/learn/softmax.ts'
import { analyse } from '../src/base/text/analyse.ts'
import { lettersOf } from './data/letters.ts'

/** A text and its answers by question; one that is absent was never given. */
export type Answered = {
  lang: string
  text: string
  answers: { [question: string]: boolean }
  /** How much it counts where it only helps, as a related language does; such a text is not measured on. */
  help?: number
}

export type HowToAsk = {
  task: string
  file: string
  questions: readonly string[]
  bits: number
  families: FamilyWeights
  learn: (lesson: Lesson) => LinearModel
  /** What is known of a row besides its words, by who may learn from the chosen rows only. */
  known?: (chosen: Int32Array) => (row: number) => number[]
  /** What the limit from which the answer is yes is best for: F1 of yes, or its mean with F1 of no. */
  best: 'f1' | 'macro F1'
}

/** The chance that a model gave which had not seen the text, and its answer. */
export type Held = { example: Answered; question: string; truth: boolean; chance: number; answer: boolean }

const folds = 5

/** Learns the questions, writes the model and returns what was said of each text by models that had not seen it. */
export function learnChances(examples: Answered[], how: HowToAsk): Held[] {
  const lesson = readLesson(examples, how)
  const { questions, held } = askHeldOut(lesson, how, 1, lettersOf)
  const model = learnAll(lesson, how, Int32Array.from(examples.keys()))
  saveCompact(how.file, compact(model, how.families, { task: how.task, version: 1, texts: examples.length, questions }))
  return held
}

/**
 * What is said of each text under six draws of the folds, the first of which is that of `learnChances`; nothing is written. Texts
 * with the same `groupOf` come into the same fold.
 */
export function drawSixTimes(
  examples: Answered[],
  how: HowToAsk,
  groupOf: (text: string) => string = lettersOf,
): Held[][] {
  const lesson = readLesson(examples, how)
  return [1, 2, 3, 4, 5, 6].map((seed) => askHeldOut(lesson, how, seed, groupOf).held)
}

type Texts = { examples: Answered[]; rows: Rows }

function readLesson(examples: Answered[], how: HowToAsk): Texts {
  const rows = new Rows(how.bits, how.families)
  for (const { text, lang } of examples) rows.add(readBag(analyse(text, { lang })))
  return { examples, rows }
}

function learnAll({ examples, rows }: Texts, how: HowToAsk, chosen: Int32Array): LinearModel {
  return how.learn({
    rows,
    chosen,
    classes: how.questions.length,
    isOf: (row, label) => examples[row]!.answers[how.questions[label]!] === true,
    // Not given is next to not there.
    weightOf: (row, label) => (how.questions[label]! in examples[row]!.answers ? (examples[row]!.help ?? 1) : 1e-9),
  })
}

function askHeldOut(lesson: Texts, how: HowToAsk, seed: number, groupOf: (text: string) => string) {
  const { examples } = lesson
  const foldOf = makeFolds(
    examples.map(({ answers }) => how.questions.findIndex((question) => answers[question]) + 1),
    examples.map(({ text }) => groupOf(text)),
    folds,
    seed,
  )
  const { scores, known } = scoreHeldOut(lesson, how, foldOf)
  const questions: Question[] = []
  const held: Held[] = []
  for (const [label, name] of how.questions.entries()) {
    const own = [...examples.keys()].filter(
      (row) => examples[row]!.help === undefined && name in examples[row]!.answers,
    )
    const numbersOf = (row: number) => [scores[row * how.questions.length + label]!, ...(known[row] ?? [])]
    const fit = (some: number[]): Question => {
      const truth = some.map((row) => examples[row]!.answers[name]!)
      const weights = fitLogistic(some.flatMap(numbersOf), truth, numbersOf(some[0]!).length)
      return {
        name,
        weights,
        from: limitOf(
          some.map((row) => logistic(weights, numbersOf(row))),
          truth,
          how.best,
        ),
      }
    }
    questions.push(fit(own))
    for (let fold = 0; fold < folds; fold++) {
      const { weights, from } = fit(own.filter((row) => foldOf[row] !== fold))
      for (const row of own.filter((row) => foldOf[row] === fold)) {
        const chance = logistic(weights, numbersOf(row))
        held.push({
          example: examples[row]!,
          question: name,
          truth: examples[row]!.answers[name]!,
          chance,
          answer: chance >= from,
        })
      }
    }
  }
  return { questions, held }
}

/** Separators with and without Bayes weighting and logistic regression with dropout: they err differently, and add up to one model. */
export function learnBlended(lesson: Lesson): LinearModel {
  const plain = learnLinear(lesson, { cost: 0.3, bayes: null, seed: 1 })
  const bayes = learnLinear(lesson, { cost: 0.3, bayes: { added: 1, mix: 0.5 }, seed: 1 })
  return blend(blend(plain, bayes, 0.5), learnYesOrNo(lesson), 0.3)
}

/** As a separator, one column for the one question: yes against no. */
function learnYesOrNo(lesson: Lesson): LinearModel {
  const two = learnSoftmax(
    {
      ...lesson,
      classes: 2,
      isOf: (row, label) => lesson.isOf(row, 0) === (label === 1),
      weightOf: (row) => lesson.weightOf?.(row, 0) ?? 1,
    },
    { rate: 0.3, rounds: 20, dropout: 0.5, seed: 1 },
  )
  return {
    bits: two.bits,
    classes: 1,
    weights: Float32Array.from(
      { length: two.weights.length / 2 },
      (_, i) => two.weights[2 * i + 1]! - two.weights[2 * i]!,
    ),
    bias: Float32Array.of(two.bias[1]! - two.bias[0]!),
  }
}

function scoreHeldOut(lesson: Texts, how: HowToAsk, foldOf: Int32Array) {
  const { rows } = lesson
  const classes = how.questions.length
  const scores = new Float64Array(rows.count * classes)
  const known: number[][] = []
  const own = new Float64Array(classes)
  for (let fold = 0; fold < folds; fold++) {
    const { inside, outside } = splitBy(foldOf, fold)
    const model = learnAll(lesson, how, outside)
    const knownOf = how.known?.(outside)
    for (const row of inside) {
      scoreRow(model, rows, row, own)
      scores.set(own, row * classes)
      if (knownOf) known[row] = knownOf(row)
    }
  }
  return { scores, known }
}

/** The chance from which yes is said, so that the wanted measure is best on these. */
function limitOf(chances: number[], truth: boolean[], best: HowToAsk['best']): number {
  const order = [...chances.keys()].sort((a, b) => chances[b]! - chances[a]!)
  const yes = truth.filter(Boolean).length
  let [right, most, limit] = [0, -1, 0.5]
  for (const [i, row] of order.entries()) {
    if (truth[row]) right++
    const next = order[i + 1]
    // Equal chances have equal answers.
    if (next !== undefined && chances[next] === chances[row]) continue
    const wrong = i + 1 - right
    const missed = yes - right
    const no = truth.length - i - 1 - missed
    const ofYes = (2 * right) / (2 * right + wrong + missed)
    const ofNo = no === 0 ? 0 : (2 * no) / (2 * no + wrong + missed)
    const value = best === 'f1' ? ofYes : (ofYes + ofNo) / 2
    if (value <= most) continue
    most = value
    limit = next === undefined ? 0 : (chances[row]! + chances[next]!) / 2
  }
  return limit
}
