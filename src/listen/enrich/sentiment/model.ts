import { join } from 'node:path'
import type { Bag } from '../../../base/learn/bag.ts'
import { toProbabilities, type Calibration } from '../../../base/learn/calibrate.ts'
import { loadCompact, scoreBag, scoreSign, type CompactModel } from '../../../base/learn/compact.ts'

export const tonalities = ['negative', 'neutral', 'positive'] as const
export type Tonality = (typeof tonalities)[number]

/** How the scores of a text become chances, and the chances a label. */
export type Judgement = Calibration & {
  /**
   * The label is the one whose chance times this is largest. Chances are those of a stream in which most is neutral; by them
   * alone hardly anything would be called negative, and what is rare should be found as well as what is not.
   */
  due: number[]
}

/** What the file says besides the weights. */
export type SentimentMeta = {
  /** By language; scores of languages that are not here were never compared with the truth. */
  judgements: { [lang: string]: Judgement }
  /** For the languages that are not there: one judgement of them all together. */
  otherwise: Judgement
  /** Mean distance between chance and share of right answers (ECE) of the worst set of each language. */
  errors: { [lang: string]: number }
  /** Learnt with what listed words say (`readTones`). */
  tones?: boolean
}

export type SentimentModel = { words: CompactModel; meta: SentimentMeta }

/** Which of the shipped models: `sentiment.<name>.model`. */
export type SentimentModelName = 'en' | 'cyrillic' | 'other' | 'towards.ru' | 'towards.en'

/** Loaded once, when first asked for. Throws `BrokenModel`. */
export function sentimentModel(name: SentimentModelName): SentimentModel {
  let model = models.get(name)
  if (!model) {
    const words = loadCompact(sentimentModelFile(name), 'sentiment')
    models.set(name, (model = { words, meta: words.meta as unknown as SentimentMeta }))
  }
  return model
}

/** How far the chances of whole posts were from the truth on texts not learnt from; a language that is absent was never measured. */
export function sentimentErrors(): SentimentMeta['errors'] {
  return Object.assign({}, ...(['cyrillic', 'other', 'en'] as const).map((name) => sentimentModel(name).meta.errors))
}

export function sentimentModelFile(name: SentimentModelName): string {
  return join(import.meta.dirname, `../../../../models/sentiment.${name}.model`)
}

const models = new Map<string, SentimentModel>()

/**
 * The place of the label in `tonalities`. The chances of the three are put into `chances`. `tones`: what listed words say, for
 * a model that was learnt with them.
 */
export function judge(
  { words, meta }: SentimentModel,
  bag: Bag,
  tones: readonly number[],
  lang: string | null,
  chances: Float64Array,
): number {
  scoreBag(words, bag, chances)
  for (const hash of tones) scoreSign(words, hash, chances)
  const judgement = judgementOf(meta, lang) ?? meta.otherwise
  toProbabilities(chances, judgement)
  return pickLabel(chances, judgement)
}

/** Null for a language that was never measured. */
export function judgementOf({ judgements }: Pick<SentimentMeta, 'judgements'>, lang: string | null): Judgement | null {
  return lang !== null && Object.hasOwn(judgements, lang) ? judgements[lang]! : null
}

export function pickLabel(chances: Float64Array, { due }: Judgement): number {
  let best = 0
  for (let label = 1; label < chances.length; label++)
    if (chances[label]! * due[label]! > chances[best]! * due[best]!) best = label
  return best
}
