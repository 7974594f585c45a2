import { analysePost, type Analysis } from '../text/analyse.ts'
import type { FamilyWeights } from './bag.ts'
import { calibrate, calibrateScale, toProbabilities, type Calibration } from './calibrate.ts'
import { compact, packCompact, scoreBag, unpackCompact, type CompactModel } from './compact.ts'
import { makeFolds, splitBy } from './folds.ts'
import { learnLinear, scoreRow, type HowToLearn } from './linear.ts'
import { readBag } from './read-bag.ts'
import { Rows } from './rows.ts'
import { accuracy, confusionOf, macro, scoresOfClass } from './scores.ts'
import { addTogether } from './together.ts'

/** Gives a text one of the labels that somebody gave to others: the learner of `heed learn` and of a project's categories. */
export type Classifier = { labels: string[]; model: CompactModel; calibration: Calibration; measured: Measured | null }

export type Labelled = { title: string | null; text: string; label: string }

/** Cross-validated: each row was answered by a model that had not seen its text. Shares from 0 to 1. */
export type Measured = {
  rows: number
  folds: number
  accuracy: number
  /** Mean over the labels, so that a rare one counts as much as a frequent one. */
  macroF1: number
  labels: { label: string; rows: number; precision: number; recall: number; f1: number }[]
}

export const mostLabels = 1_000
/** Of all rows together; more would need gigabytes of memory, and teach hardly more. */
export const mostLetters = 20_000_000
/** With fewer rows there is nothing to leave out. */
export const leastMeasured = 10

/**
 * Learns from rows of at least 2 and at most 1,000 labels. The same rows give the same classifier, to the last bit.
 * Probabilities are calibrated on the left-out rows; below 10 rows they are not, and nothing is measured.
 */
export function learnClassifier(given: Labelled[], tick: () => void = () => {}): Classifier {
  const lesson = lessonOf(given)
  const { labels, truth } = lesson
  const left = given.length < leastMeasured ? null : answerLeftOut(lesson, tick)
  const calibration = left ? fit(left, truth, labels.length) : { scale: 1, shifts: labels.map(() => 0) }
  const model = compact(learn(lesson, Int32Array.from(given.keys())), families, { task, version: 1 })
  tick()
  return { labels, model, calibration, measured: left && measure(lesson, left, calibration) }
}

/** Shifts of labels take the square of their number in time, and some rows of each. */
function fit(scores: Float64Array, truth: Int32Array, labels: number): Calibration {
  return labels > 12 ? calibrateScale(scores, truth, labels) : calibrate(scores, truth, labels, () => 1, 1)
}

/** How many times `tick` is called while so many rows are learnt from. */
export function ticksOf(rows: number): number {
  return rows < leastMeasured ? 1 : folds + 1
}

/**
 * The most likely label, and the probability of each, in the order of `classifier.labels`, good until the next call. Null
 * where there is no word to go by.
 */
export function classify(
  classifier: Classifier,
  analysis: Analysis,
): { label: string; probabilities: Float64Array } | null {
  const { labels, model, calibration } = classifier
  const bag = addTogether(readBag(analysis))
  if (bag.ends[0] === 0) return null
  if (probabilities.length !== labels.length) probabilities = new Float64Array(labels.length)
  scoreBag(model, bag, probabilities)
  toProbabilities(probabilities, calibration)
  return { label: labels[best(probabilities, 0, labels.length)]!, probabilities }
}

let probabilities = new Float64Array(0)

export function packClassifier({ labels, model, calibration, measured }: Classifier): Buffer {
  return packCompact({ ...model, meta: { ...model.meta, labels, calibration, measured } })
}

/** Throws `BrokenModel`, naming `name`, when these bytes are no classifier. */
export function unpackClassifier(bytes: Buffer, name: string): Classifier {
  const model = unpackCompact(bytes, name, task)
  const { labels, calibration, measured } = model.meta as unknown as Omit<Classifier, 'model'>
  return { labels, model, calibration, measured }
}

const task = 'own labels'
const folds = 5
// Found on eight sets of 2 to 77 labels by cross-validation: good on each, best on most (docs/models/learn.md).
const families: FamilyWeights = { words: 1, pairs: 1, pieces: 1, signs: 0.3, together: 1 }
const how: HowToLearn = { cost: 0.3, bayes: { added: 1, mix: 0.3 }, seed: 1 }

type Lesson = { labels: string[]; rows: Rows; truth: Int32Array; groups: string[] }

function lessonOf(given: Labelled[]): Lesson {
  const labels = [...new Set(given.map(({ label }) => label))].sort()
  if (labels.length < 2 || labels.length > mostLabels) throw new Error(`${labels.length} labels cannot be learnt`)
  const numbers = new Map(labels.map((label, number) => [label, number]))
  const letters = given.reduce((sum, { title, text }) => sum + (title?.length ?? 0) + text.length, 0)
  const rows = new Rows(bitsFor(letters, labels.length), families)
  // The features are words as written, which are the same in every language.
  for (const { title, text } of given) rows.add(addTogether(readBag(analysePost({ title, text, lang: null }))))
  return {
    labels,
    rows,
    truth: Int32Array.from(given, ({ label }) => numbers.get(label)!),
    groups: given.map(({ title, text }) => `${title ?? ''}\n${text}`),
  }
}

/** About as many places as there are letters, so that few features share one; all weights stay below 130 MB. */
function bitsFor(letters: number, labels: number): number {
  return Math.max(12, Math.min(18, Math.ceil(Math.log2(letters + 1)), 25 - Math.ceil(Math.log2(labels))))
}

function learn({ labels, rows, truth }: Lesson, chosen: Int32Array) {
  return learnLinear({ rows, chosen, classes: labels.length, isOf: (row, label) => truth[row] === label }, how)
}

/** The score of each label for each row, by models that have not seen its text. */
function answerLeftOut(lesson: Lesson, tick: () => void): Float64Array {
  const { labels, rows, truth, groups } = lesson
  const foldOf = makeFolds(truth, groups, folds, 1)
  const answers = new Float64Array(truth.length * labels.length)
  const scores = new Float64Array(labels.length)
  for (let fold = 0; fold < folds; fold++) {
    const { inside, outside } = splitBy(foldOf, fold)
    const model = learn(lesson, outside)
    for (const row of inside) {
      scoreRow(model, rows, row, scores)
      answers.set(scores, row * labels.length)
    }
    tick()
  }
  return answers
}

function measure({ labels, truth }: Lesson, scores: Float64Array, { scale, shifts }: Calibration): Measured {
  const count = labels.length
  const shifted = scores.map((score, i) => scale * score + shifts[i % count]!)
  const answers = truth.map((_, row) => best(shifted, row * count, count))
  const confusion = confusionOf(truth, answers, count)
  return {
    rows: truth.length,
    folds,
    accuracy: accuracy(confusion),
    macroF1: macro(confusion, 'f1'),
    labels: labels.map((label, number) => {
      const { precision, recall, f1, real } = scoresOfClass(confusion, number)
      return { label, rows: real, precision, recall, f1 }
    }),
  }
}

function best(scores: Float64Array, from: number, count: number): number {
  let found = 0
  for (let i = 1; i < count; i++) if (scores[from + i]! > scores[from + found]!) found = i
  return found
}
