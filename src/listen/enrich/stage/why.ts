import { scoreBag } from '../../../base/learn/compact.ts'
import { readBag } from '../../../base/learn/read-bag.ts'
import { analyse, type Analysis } from '../../../base/text/analyse.ts'
import type { Word } from '../../../base/text/word.ts'
import type { StageModel } from './model.ts'
import { outcomes, type Outcome, type Reason } from './pattern.ts'
import type { Reading } from './reader.ts'
import { plain } from './units.ts'

/** A pattern with the place of its words, where words decided; or words that spoke for the stage by what was learnt. */
export type Why = { reason: Reason; start: number | null; end: number | null } | { words: string[] }

const mostReasons = 3

/** Why the outcome was found, the strongest reason first. Places are offsets into the field in which the words stand. */
export function explain(outcome: Outcome, reading: Reading, analysis: Analysis, model: StageModel): Why[] {
  const { held, units } = reading
  const why: Exclude<Why, { words: string[] }>[] = []
  const weights: number[] = []
  for (const { pattern, from, to } of held) {
    if (pattern.outcome !== outcome || why.some(({ reason }) => reason === pattern.reason)) continue
    let at = weights.findIndex((weight) => weight < pattern.weight)
    if (at < 0) at = weights.length
    weights.splice(at, 0, pattern.weight)
    why.splice(at, 0, {
      reason: pattern.reason,
      start: from < 0 ? null : analysis.starts[units.tokens[from]!]!,
      end: to < 0 ? null : analysis.ends[units.tokens[to]!]!,
    })
  }
  why.length = Math.min(why.length, mostReasons)
  return why.length > 0 ? why : [{ words: strongestWords(outcome, reading, model) }]
}

function strongestWords(outcome: Outcome, { units }: Reading, model: StageModel): string[] {
  const label = outcomes.indexOf(outcome)
  const strongest: { word: string; weight: number }[] = []
  for (let unit = 0; unit < Math.min(units.count, mostWords); unit++) {
    if (units.kinds[unit] !== plain) continue
    const word = units.words[unit]!
    const weight = weightsOf(word, model)[label]!
    if (strongest.length === mostReasons && weight <= strongest.at(-1)!.weight) continue
    if (strongest.some((one) => one.word === word.written)) continue
    strongest.push({ word: word.written, weight })
    strongest.sort((x, y) => y.weight - x.weight)
    if (strongest.length > mostReasons) strongest.pop()
  }
  return strongest.map(({ word }) => word)
}

const mostWords = 60

const weighed = new WeakMap<StageModel, WeakMap<Word, Float64Array>>()

/** What a word speaks for when it is the whole post; worked out once for each word. */
function weightsOf(word: Word, model: StageModel): Float64Array {
  let words = weighed.get(model)
  if (!words) weighed.set(model, (words = new WeakMap()))
  let weights = words.get(word)
  if (!weights) {
    weights = new Float64Array(outcomes.length)
    scoreBag(model.words, readBag(analyse(word.written)), weights)
    words.set(word, weights)
  }
  return weights
}
