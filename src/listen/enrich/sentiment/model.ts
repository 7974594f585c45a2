import { join } from 'node:path'
import type { Bag } from '../../../base/learn/bag.ts'
import { toProbabilities, type Calibration } from '../../../base/learn/calibrate.ts'
import { loadCompact, scoreBag, type CompactModel } from '../../../base/learn/compact.ts'

export const tonalities = ['negative', 'neutral', 'positive'] as const
export type Tonality = (typeof tonalities)[number]

/** What the file says besides the weights. */
export type SentimentMeta = {
  /** By language; scores of languages that are not here were never compared with the truth. */
  calibrations: { [lang: string]: Calibration }
  /** For the languages that are not there: the one calibration of them all together. */
  otherwise: Calibration
  /** Mean distance between probability and share of right answers (ECE) of the worst set of each language. */
  errors: { [lang: string]: number }
}

export type SentimentModel = { words: CompactModel; meta: SentimentMeta }

/** Which of the shipped models: `sentiment.<name>.model`. */
export type SentimentModelName = 'cyrillic' | 'other' | 'towards.ru' | 'towards.en'

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
  return { ...sentimentModel('cyrillic').meta.errors, ...sentimentModel('other').meta.errors }
}

export function sentimentModelFile(name: SentimentModelName): string {
  return join(import.meta.dirname, `../../../../models/sentiment.${name}.model`)
}

const models = new Map<string, SentimentModel>()

/** Puts the probabilities of the three tonalities into `into`; false where the language was never measured. */
export function judge({ words, meta }: SentimentModel, bag: Bag, lang: string | null, into: Float64Array): boolean {
  scoreBag(words, bag, into)
  const own = lang !== null && Object.hasOwn(meta.calibrations, lang) ? meta.calibrations[lang] : undefined
  toProbabilities(into, own ?? meta.otherwise)
  return own !== undefined
}
