import { writeFileSync } from 'node:fs'
import { families, pieces, placeOf, words, type Bag, type FamilyWeights } from './bag.ts'
import type { LinearModel } from './linear.ts'
import { packModel, readModel, unpackModel, type ModelMeta } from './model-file.ts'
import { WordSums } from './word-sums.ts'

/** A linear model as it is shipped: one byte per class and place. Scoring allocates nothing. */
export type CompactModel = {
  meta: ModelMeta
  bits: number
  classes: number
  families: FamilyWeights
  /** `weights[place * classes + class] * steps[class]` is the weight. */
  weights: Int8Array
  steps: Float32Array
  bias: Float32Array
  /** Of the words met so far, once it has scored a text. */
  sums?: WordSums
}

/** The model in bytes; each class has its own step. The largest weights, one in 100,000, are cut to the largest of the rest. */
export function compact(model: LinearModel, families: FamilyWeights, meta: ModelMeta): CompactModel {
  const { bits, classes, bias } = model
  const weights = new Int8Array(model.weights.length)
  const steps = new Float32Array(classes)
  for (let label = 0; label < classes; label++) {
    const sizes = Float32Array.from({ length: 2 ** bits }, (_, place) =>
      Math.abs(model.weights[place * classes + label]!),
    )
    const largest = sizes.sort()[Math.floor((sizes.length - 1) * (1 - 1e-5))]!
    steps[label] = largest === 0 ? 1 : largest / 127
    for (let i = label; i < weights.length; i += classes)
      weights[i] = Math.max(-127, Math.min(127, Math.round(model.weights[i]! / steps[label]!)))
  }
  return { meta, bits, classes, families, weights, steps, bias: bias.slice() }
}

/** Puts the score of each class into `scores`. */
export function scoreBag(model: CompactModel, bag: Bag, scores: Float64Array): void {
  const { classes, steps, bias } = model
  if (totals.length < classes * 2) totals = new Int32Array(classes * 2)
  // The model of a language of which nothing was learnt has no words.
  if (model.families.words === 0 && model.families.pieces === 0) totals.fill(0, 0, classes * 2)
  else (model.sums ??= new WordSums(model)).add(bag, totals)
  const ofWords = bag.valueOf(words, model.families.words)
  const ofPieces = bag.valueOf(pieces, model.families.pieces)
  for (let label = 0; label < classes; label++)
    scores[label] = totals[label]! * ofWords + totals[classes + label]! * ofPieces
  for (let family = 0; family < families.length; family++) {
    if (family === words || family === pieces) continue
    const value = bag.valueOf(family, model.families[families[family]!] ?? 0)
    if (value === 0) continue
    totals.fill(0, 0, classes)
    addWeights(model, bag, family, totals)
    for (let label = 0; label < classes; label++) scores[label]! += totals[label]! * value
  }
  for (let label = 0; label < classes; label++) scores[label] = scores[label]! * steps[label]! + bias[label]!
}

/** Adds up the weights of the features of a family. */
function addWeights({ bits, classes, weights }: CompactModel, bag: Bag, family: number, totals: Int32Array): void {
  const { hashes } = bag
  const end = bag.ends[family]!
  const begin = end - bag.countOf(family)
  if (classes === 1) {
    let total = 0
    for (let i = begin; i < end; i++) total += weights[placeOf(hashes[i]!, bits)]!
    totals[0] = total
    return
  }
  for (let i = begin; i < end; i++) {
    const base = placeOf(hashes[i]!, bits) * classes
    for (let label = 0; label < classes; label++) totals[label]! += weights[base + label]!
  }
}

/** Adds a sign that the bag does not have to scores that `scoreBag` has put, as if the bag had it. */
export function scoreSign(
  { bits, classes, families: own, weights, steps }: CompactModel,
  hash: number,
  scores: Float64Array,
): void {
  const base = placeOf(hash, bits) * classes
  for (let label = 0; label < classes; label++) scores[label]! += weights[base + label]! * steps[label]! * own.signs
}

// One thread scores one text at a time.
let totals = new Int32Array(64)

export function saveCompact(path: string, model: CompactModel): void {
  writeFileSync(path, packCompact(model))
}

/** Throws `BrokenModel` where `readModel` does. */
export function loadCompact(path: string, task: string): CompactModel {
  return fromFile(readModel(path, task))
}

export function packCompact({ meta, bits, families: own, weights, steps, bias }: CompactModel): Buffer {
  return packModel({ ...meta, bits, families: own }, { weights, steps, bias })
}

/** `name` stands for the bytes in what is thrown. */
export function unpackCompact(bytes: Buffer, name: string, task: string): CompactModel {
  return fromFile(unpackModel(bytes, name, task))
}

function fromFile({ meta, arrays }: ReturnType<typeof readModel>): CompactModel {
  const { weights, steps, bias } = arrays as { weights: Int8Array; steps: Float32Array; bias: Float32Array }
  return {
    meta,
    bits: meta['bits'] as number,
    classes: bias.length,
    families: meta['families'] as FamilyWeights,
    weights,
    steps,
    bias,
  }
}
