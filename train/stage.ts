import { join } from 'node:path'
import type { FamilyWeights } from '../src/base/learn/bag.ts'
import { calibrate, type Calibration } from '../src/base/learn/calibrate.ts'
import { compact, saveCompact } from '../src/base/learn/compact.ts'
import { makeFolds, splitBy } from '../src/base/learn/folds.ts'
import { learnLinear, scoreRow, type LinearModel } from '../src/base/learn/linear.ts'
import { readBag } from '../src/base/learn/read-bag.ts'
import { Rows } from '../src/base/learn/rows.ts'
import { addPatterns, decide, type StageModel } from '../src/listen/enrich/stage/model.ts'
import { outcomes } from '../src/listen/enrich/stage/pattern.ts'
import { sumWeights } from '../src/listen/enrich/stage/reader.ts'
import { writeFigures } from './figures.ts'
import { confuseStages, measureStage, type Unseen } from './stage-figures.ts'
import { readStagePosts, readingOf, type StagePost } from './stage-posts.ts'

const bits = 15
/** Pieces of words made no difference here, and most of the work. */
const families: FamilyWeights = { words: 1, pairs: 1, pieces: 0, signs: 0.3 }
/** What the weights of the patterns count beside what was learnt: cross-validation on the development part is flat here. */
const patterns = 0.4
const folds = 5
const seed = 1

/** Learns from the posts labelled by hand, and measures on their test part by models that have not seen the post. */
export function train(): void {
  const all = { ru: readStagePosts('ru'), en: readStagePosts('en') }
  const alone: { scores: Float64Array[]; truth: number[] } = { scores: [], truth: [] }
  const unseen: { [lang: string]: Unseen } = {}
  for (const [lang, posts] of Object.entries(all)) {
    const lesson = prepare(posts.filter(mayTeach))
    const held = holdOut(lesson)
    const calibration = calibrateMargins(held.scores, lesson.truth)
    const model = compact(learn(lesson, Int32Array.from(lesson.truth.keys())), families, {
      task: 'stage',
      version: 1,
      lang,
      texts: lesson.truth.length,
      patterns,
      calibration,
    })
    const modelFor = (unseen[lang] = withoutThePost(lesson, held, { words: model, patterns, calibration }))
    // Shares of stages are corrected by how often an answer is each (src/measure/analytics/stages.ts).
    const confusion = confuseStages(
      posts.filter(({ split }) => split === 'test'),
      modelFor,
    )
    saveCompact(pathOf(lang), { ...model, meta: { ...model.meta, confusion } })
    alone.scores.push(...lesson.weights)
    alone.truth.push(...lesson.truth)
  }
  const nothing: LinearModel = {
    bits: 1,
    classes: outcomes.length,
    weights: new Float32Array(2 * outcomes.length),
    bias: new Float32Array(outcomes.length),
  }
  const calibration = calibrateMargins(alone.scores, alone.truth)
  const none = { words: 0, pairs: 0, pieces: 0, signs: 0 }
  saveCompact(
    pathOf('all'),
    compact(nothing, none, { task: 'stage', version: 1, lang: 'all', texts: 0, patterns: 1, calibration }),
  )
  writeFigures('stage', measureStage(all, unseen))
}

/** A post seen from another brand is the same text and teaches nothing new; the airline tweets may be measured with only. */
function mayTeach({ part, set }: StagePost): boolean {
  return part !== 'other-view' && !set.startsWith('airline/')
}

type Lesson = { rows: Rows; truth: number[]; groups: string[]; weights: Float64Array[] }

function prepare(posts: StagePost[]): Lesson {
  const rows = new Rows(bits, families)
  const weights = posts.map((post) => {
    const reading = readingOf(post)
    const bag = readBag(post.analysis)
    addPatterns(bag, reading)
    rows.add(bag)
    const sums = new Float64Array(outcomes.length)
    sumWeights(reading.held, sums)
    return sums
  })
  return {
    rows,
    truth: posts.map((post) => outcomes.indexOf(post.outcome)),
    groups: posts.map(({ hash }) => hash),
    weights,
  }
}

function learn({ rows, truth }: Lesson, chosen: Int32Array): LinearModel {
  const counts = outcomes.map((_, label) => truth.filter((one) => one === label).length)
  return learnLinear(
    {
      rows,
      chosen,
      classes: outcomes.length,
      isOf: (row, label) => truth[row] === label,
      // Rare stages are those that a brand wants to hear of.
      weightOf: (row, label) =>
        truth[row] === label ? truth.length / outcomes.length / Math.max(fewest, counts[label]!) : 1,
    },
    { cost: 1, bayes: null, seed },
  )
}

const fewest = 5

type HeldOut = { foldOf: Int32Array; models: LinearModel[]; scores: Float64Array[] }

/** For each fold a model that has not seen it, and the scores of each row by the one that has not. */
function holdOut(lesson: Lesson): HeldOut {
  const { truth, groups, rows, weights } = lesson
  const classes = outcomes.length
  const scores: Float64Array[] = []
  const models: LinearModel[] = []
  const foldOf = makeFolds(truth, groups, folds, seed)
  const row = new Float64Array(classes)
  for (let fold = 0; fold < folds; fold++) {
    const { inside, outside } = splitBy(foldOf, fold)
    const model = (models[fold] = learn(lesson, outside))
    for (const one of inside) {
      scoreRow(model, rows, one, row)
      scores[one] = row.map((score, i) => score + patterns * weights[one]![i]!)
    }
  }
  return { foldOf, models, scores }
}

/** The model to ask about a post, learnt and calibrated without it; of a post that nothing was learnt from, the shipped one. */
function withoutThePost({ groups, truth }: Lesson, { foldOf, models, scores }: HeldOut, shipped: StageModel): Unseen {
  const unseen = models.map((model, fold): StageModel => {
    const others = [...truth.keys()].filter((row) => foldOf[row] !== fold)
    const calibration = calibrateMargins(
      others.map((row) => scores[row]!),
      others.map((row) => truth[row]!),
    )
    return { words: compact(model, families, { task: 'stage', version: 1 }), patterns, calibration }
  })
  const foldOfPost = new Map(groups.map((hash, row) => [hash, foldOf[row]!]))
  return ({ hash }) => unseen[foldOfPost.get(hash) ?? -1] ?? shipped
}

/** How likely an answer is right by the distance between the two best scores. */
function calibrateMargins(scores: readonly Float64Array[], truth: readonly number[]): Calibration {
  const decisions = scores.map(decide)
  return calibrate(
    decisions.flatMap(({ margin }) => [0, margin]),
    decisions.map(({ best }, row) => Number(best === truth[row])),
    2,
  )
}

function pathOf(lang: string): string {
  return join(import.meta.dirname, `../models/stage.${lang}.model`)
}
