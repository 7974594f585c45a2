import { join } from 'node:path'
import { families, signs, type Bag } from '../../../base/learn/bag.ts'
import { toProbabilities, type Calibration } from '../../../base/learn/calibrate.ts'
import { loadCompact, scoreBag, scoreSign, type CompactModel } from '../../../base/learn/compact.ts'
import { readBag } from '../../../base/learn/read-bag.ts'
import type { Analysis } from '../../../base/text/analyse.ts'
import { hashOf as hashText } from '../../../base/text/hash.ts'
import { facts, outcomes, type Outcome, type Pattern } from './pattern.ts'
import { sumWeights, type Reading } from './reader.ts'

/** What was learnt from labelled posts, and how it joins with the patterns. */
export type StageModel = {
  words: CompactModel
  /** How much the weights of the patterns count beside what was learnt. */
  patterns: number
  /** Of two classes, a wrong and a right answer, by the distance between the two best scores. */
  calibration: Calibration
}

const models = new Map<string, StageModel>()

/** Learnt for Russian and English; for other languages the patterns speak alone. Throws `BrokenModel`. */
export function modelOf(lang: string | null): StageModel {
  const code = lang?.slice(0, 2).toLowerCase() ?? ''
  const name = code === 'ru' || code === 'en' ? code : 'all'
  let model = models.get(name)
  if (!model) {
    const words = loadCompact(join(import.meta.dirname, `../../../../models/stage.${name}.model`), 'stage')
    const { patterns, calibration } = words.meta as unknown as Pick<StageModel, 'patterns' | 'calibration'>
    models.set(name, (model = { words, patterns, calibration }))
  }
  return model
}

/** Languages in which shipped answers were compared with posts labelled by hand. */
export const measuredLanguages = ['ru', 'en'] as const

/**
 * How often each outcome was named for each true one on labelled posts that were not learnt from, of whose brand nothing was
 * known: `[truth][answer]`, both in the order of `outcomes`.
 */
export function stageConfusion(lang: (typeof measuredLanguages)[number]): number[][] {
  return modelOf(lang).words.meta['confusion'] as number[][]
}

/** The outcome with the highest score, and how likely it is right. */
export function judge(
  model: StageModel,
  reading: Reading,
  analysis: Analysis,
): { outcome: Outcome; confidence: number } {
  const { words, patterns } = model
  sumWeights(reading.held, weights)
  scoreBag(words, readBag(analysis), scores)
  for (const { pattern } of reading.held) scoreSign(words, hashOf(pattern), scores)
  for (let fact = 0; fact < facts.length; fact++)
    if ((reading.facts & (1 << fact)) !== 0) scoreSign(words, factHashes[fact]!, scores)
  for (let i = 0; i < scores.length; i++) scores[i]! += patterns * weights[i]!
  const { best, margin } = decide(scores)
  wrongOrRight[0] = 0
  wrongOrRight[1] = margin
  toProbabilities(wrongOrRight, model.calibration)
  return { outcome: outcomes[best]!, confidence: wrongOrRight[1] }
}

/** The best of the scores, and its distance to the next. */
export function decide(scores: ArrayLike<number>): { best: number; margin: number } {
  let best = 0
  let second = -1
  for (let i = 1; i < scores.length; i++) {
    if (scores[i]! > scores[best]!) [best, second] = [i, best]
    else if (second < 0 || scores[i]! > scores[second]!) second = i
  }
  return { best, margin: scores[best]! - scores[second]! }
}

/** Adds what the patterns see to the signs of a bag that `readBag` has just filled, to be learnt from. */
export function addPatterns(bag: Bag, reading: Reading): void {
  for (const { pattern } of reading.held) bag.add(hashOf(pattern))
  for (let fact = 0; fact < facts.length; fact++) if ((reading.facts & (1 << fact)) !== 0) bag.add(factHashes[fact]!)
  for (let family = signs; family < families.length; family++) bag.endFamily(family)
}

// One thread reads one text at a time.
const weights = new Float64Array(outcomes.length)
const scores = new Float64Array(outcomes.length)
const wrongOrRight = new Float64Array(2)

const hashes = new WeakMap<Pattern, number>()

/** A pattern that was changed is another one: nothing was learnt about it yet. */
function hashOf(pattern: Pattern): number {
  let hash = hashes.get(pattern)
  if (hash === undefined) hashes.set(pattern, (hash = spreadOut(JSON.stringify(pattern))))
  return hash
}

const factHashes = facts.map((fact) => spreadOut(`fact ${fact}`))

/** Lets all bits reach the upper ones, of which places are made. */
function spreadOut(text: string): number {
  const hash = hashText(text)
  return Math.imul(hash ^ (hash >>> 15), 0x9e3779b1)
}
