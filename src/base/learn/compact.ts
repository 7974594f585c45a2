import { writeFileSync } from 'node:fs'
import { families, pieces, words, type Bag, type FamilyWeights } from './bag.ts'
import type { LinearModel } from './linear.ts'
import { packModel, readModel, unpackModel, type ModelMeta } from './model-file.ts'
import { Shelf } from './shelf.ts'

/** A linear model as it is shipped: one byte per class and place. Scoring allocates nothing. */
export type CompactModel = {
  meta: ModelMeta
  bits: number
  classes: number
  families: FamilyWeights
  /** Weight of a class: how many of its steps lie on the shelf. */
  steps: Float32Array
  bias: Float32Array
  /** Where its weights lie, and which of the models there it is; see `layTogether`. */
  shelf: Shelf
  place: number
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
  return alone({ meta, bits, classes, families, steps, bias: bias.slice() }, weights)
}

/** Puts the weights of models that are asked about the same texts side by side. They score as before, in less time. */
export function layTogether(models: readonly CompactModel[]): void {
  const sorted = models.toSorted((a, b) => Number(a.families.pieces === 0) - Number(b.families.pieces === 0))
  const shelf = new Shelf(sorted.map((model) => ({ ...model, weights: weightsOf(model) })))
  for (const [place, model] of sorted.entries()) Object.assign(model, { shelf, place })
}

function alone(model: Omit<CompactModel, 'shelf' | 'place'>, weights: Int8Array): CompactModel {
  return { ...model, shelf: new Shelf([{ ...model, weights }]), place: 0 }
}

function weightsOf({ shelf, place, bits }: CompactModel): Int8Array {
  return shelf.weightsOf(place, bits)
}

/** Puts the score of each class into `scores`. */
export function scoreBag(model: CompactModel, bag: Bag, scores: Float64Array): void {
  const { classes, steps, bias, shelf, place } = model
  if (totals.length < classes) totals = new Int32Array(classes)
  scores.fill(0, 0, classes)
  for (let i = 0; i < families.length; i++) {
    const family = inOrder[i]!
    const value = bag.valueOf(family, model.families[families[family]!] ?? 0)
    if (value === 0) continue
    shelf.sumFamily(place, bag, family, totals)
    for (let label = 0; label < classes; label++) scores[label]! += totals[label]! * value
  }
  for (let label = 0; label < classes; label++) scores[label] = scores[label]! * steps[label]! + bias[label]!
}

/** Adds a sign that the bag does not have to scores that `scoreBag` has put, as if the bag had it. */
export function scoreSign(
  { classes, families: own, steps, shelf, place }: CompactModel,
  hash: number,
  scores: Float64Array,
): void {
  if (totals.length < classes) totals = new Int32Array(classes)
  totals.fill(0, 0, classes)
  shelf.addWeights(place, hash, totals)
  for (let label = 0; label < classes; label++) scores[label]! += totals[label]! * steps[label]! * own.signs
}

// What words say and what their pieces say is added first.
const inOrder = [words, pieces, ...[...families.keys()].filter((family) => family !== words && family !== pieces)]
// One thread scores one text at a time.
let totals = new Int32Array(64)

export function saveCompact(path: string, model: CompactModel): void {
  writeFileSync(path, packCompact(model))
}

/** Throws `BrokenModel` where `readModel` does. */
export function loadCompact(path: string, task: string): CompactModel {
  return fromFile(readModel(path, task))
}

export function packCompact(model: CompactModel): Buffer {
  const { meta, bits, families: own, steps, bias } = model
  return packModel({ ...meta, bits, families: own }, { weights: weightsOf(model), steps, bias })
}

/** `name` stands for the bytes in what is thrown. */
export function unpackCompact(bytes: Buffer, name: string, task: string): CompactModel {
  return fromFile(unpackModel(bytes, name, task))
}

function fromFile({ meta, arrays }: ReturnType<typeof readModel>): CompactModel {
  const { weights, steps, bias } = arrays as { weights: Int8Array; steps: Float32Array; bias: Float32Array }
  return alone(
    {
      meta,
      bits: meta['bits'] as number,
      classes: bias.length,
      families: meta['families'] as FamilyWeights,
      steps,
      bias,
    },
    weights,
  )
}
