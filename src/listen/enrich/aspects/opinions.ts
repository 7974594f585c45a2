import { join } from 'node:path'
import { readModel } from '../../../base/learn/model-file.ts'
import { hashOf } from '../../../base/text/hash.ts'
import { NumberPerWord, PerWord, type Word } from '../../../base/text/word.ts'

export const opinionBits = 18
export const opinionModelPath = join(import.meta.dirname, '../../../../models/aspects.all.model')

/** What a word says of the thing it stands beside: above zero it praises, below it blames, zero says nothing. */
/** `of` by the number of the word. */
export type Opinions = { of: (number: number) => number; ofNegated: (word: Word) => number }

let opinions: Opinions | null = null

/** Learnt from texts whose tone is known; stems carry their language, so one table serves all. Throws `BrokenModel`. */
export function readOpinions(): Opinions {
  opinions ??= loadOpinions()
  return opinions
}

/** The place of a word in the table, and of the same word behind a “not”. */
export function placesOf(word: Word): { plain: number; negated: number } {
  const name = word.stems[0] ?? word.folded
  return { plain: place(name), negated: place(`not ${name}`) }
}

function place(name: string): number {
  const hash = hashOf(name)
  return Math.imul(hash ^ (hash >>> 15), 0x9e3779b1) >>> (32 - opinionBits)
}

function loadOpinions(): Opinions {
  const { meta, arrays } = readModel(opinionModelPath, 'aspects')
  const weights = arrays['weights'] as Int8Array
  const step = meta['step'] as number
  const plain = new NumberPerWord((word) => weights[placesOf(word).plain]! + 128)
  const negated = new PerWord<number>()
  const tones = Float64Array.from({ length: 256 }, (_, i) => heard((i - 128) * step))
  const weighNegated = (word: Word) => {
    const places = placesOf(word)
    // Where few texts negate the word, it is turned round.
    return heard((weights[places.negated]! - turnedRound * weights[places.plain]!) * step)
  }
  return {
    of: (number) => tones[plain.of(number)]!,
    ofNegated: (word) => negated.get(word) ?? negated.keep(word, weighNegated(word)),
  }
}

/** A “not good” is weaker than a “bad”. */
export const turnedRound = 0.6

/** Weights of words that say nothing are small and many. */
function heard(weight: number): number {
  return Math.abs(weight) < quiet ? 0 : Math.max(-loudest, Math.min(loudest, weight))
}

const quiet = 0.4
const loudest = 2
