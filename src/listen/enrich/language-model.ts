import { join } from 'node:path'
import { readModel } from '../../base/learn/model-file.ts'
import { orderOf, orders } from './language-pieces.ts'
import { scripts } from './language-words.ts'

/**
 * How often each language has each piece of a word. Naive Bayes with a twist: what a piece that a language lacks costs, and
 * how much each length of pieces counts, is learnt on texts that were not counted.
 */
export type LanguageModel = {
  /** ISO 639-1. */
  codes: string[]
  /** By script, one more than its number: the languages written in it. */
  candidates: Int32Array[]
  counts: PieceCounts
  /** By order: what the evidence of its pieces counts. */
  weights: Float32Array
  /** By order and language: what each piece of that order adds, whatever it is. */
  shifts: Float32Array
  /** Upper end of a length in letters, and what scores of texts up to it are multiplied with to be probabilities. */
  temperatures: { letters: number; scale: number }[]
}

/**
 * A table of pieces by the upper bits of their hash. A bucket begins at `starts[bucket]` in `entries` and holds piece after
 * piece: two bytes of the rest of its hash, the number of languages that have it, and for each its number and
 * `evidenceSteps` × ln((count + `absent`) ÷ `absent`).
 */
export type PieceCounts = { starts: Int32Array; entries: Uint8Array }

export const bucketBits = 18
export const absent = 0.1
export const evidenceSteps = 16

/**
 * Adds the evidence of pieces to `evidence` (order by order, language after language) and counts them in `seen` by order.
 * Returns how many letters among them no language has.
 */
export function addEvidence(
  { starts, entries }: PieceCounts,
  languages: number,
  hashes: Int32Array,
  count: number,
  evidence: Int32Array,
  seen: Int32Array,
): number {
  let unknown = 0
  for (let i = 0; i < count; i++) {
    const hash = hashes[i]!
    const order = orderOf(hash)
    const row = order * languages
    const bucket = hash >>> (32 - bucketBits)
    const low = hash & 0xff
    const high = (hash >>> 8) & 0xff
    seen[order]!++
    let found = false
    for (let at = starts[bucket]!, end = starts[bucket + 1]!; at < end;) {
      const next = at + 3 + 2 * entries[at + 2]!
      if (entries[at] === low && entries[at + 1] === high) {
        for (at += 3; at < next; at += 2) evidence[row + entries[at]!]! += entries[at + 1]!
        found = true
        break
      }
      at = next
    }
    if (!found && order === 1) unknown++
  }
  return unknown
}

/** Puts the score of each candidate into `scores`, from `row` on. */
export function scoreLanguages(
  { weights, shifts, codes }: Pick<LanguageModel, 'weights' | 'shifts' | 'codes'>,
  candidates: Int32Array,
  evidence: Int32Array,
  seen: Int32Array,
  scores: Float32Array,
  row: number,
): void {
  for (let c = 0; c < candidates.length; c++) {
    let score = 0
    for (let order = 1, at = codes.length + candidates[c]!; order < orders; order++, at += codes.length)
      score += (weights[order]! / evidenceSteps) * evidence[at]! + shifts[at]! * seen[order]!
    scores[row + c] = score
  }
}

export function loadLanguageModel(): LanguageModel {
  const { meta, arrays } = readModel(languageModelFile, 'language')
  const { starts, entries, weights, shifts } = arrays as {
    starts: Int32Array
    entries: Uint8Array
    weights: Float32Array
    shifts: Float32Array
  }
  const { codes, scriptOf, temperatures } = meta as unknown as LanguageModelMeta
  return { codes, candidates: candidatesOf(scriptOf), counts: { starts, entries }, weights, shifts, temperatures }
}

export type LanguageModelMeta = Pick<LanguageModel, 'codes' | 'temperatures'> & { scriptOf: number[] }

/** By script: the languages whose script it is. */
export function candidatesOf(scriptOf: number[]): Int32Array[] {
  return Array.from({ length: scripts.length + 1 }, (_, script) =>
    Int32Array.from(scriptOf.keys()).filter((language) => scriptOf[language] === script),
  )
}

export const languageModelFile = join(import.meta.dirname, '../../../models/language.all.model')
