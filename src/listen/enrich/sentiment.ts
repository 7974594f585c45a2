import { readBag } from '../../base/learn/read-bag.ts'
import type { Analysis } from '../../base/text/analyse.ts'
import {
  judge,
  judgementOf,
  sentimentModel,
  tonalities,
  type SentimentModelName,
  type Tonality,
} from './sentiment/model.ts'
import { hasSomethingToSay } from './sentiment/something.ts'
import { isCyrillic } from './sentiment/script.ts'
import { addNear } from './sentiment/near.ts'
import { balanceOfTones, readTones } from './sentiment/tones.ts'

export type Sentiment = {
  /** The best answer where one must be given: of labels nearly as likely the rarer one, so that it is found too. */
  label: Tonality
  /**
   * Calibrated: of the posts with 0.8, about 80 of 100 are so (docs/models/sentiment.md), and their mean over many posts is
   * the share of the label. They add up to 1.
   */
  scores: { [tonality in Tonality]: number }
  /**
   * False: the label's chance is too small, or the language is one we have not measured; screens show “unsure” and ask a
   * person, and only programs that must have a label take it.
   */
  sure: boolean
}

/** Below this chance of the label a person is asked. */
export const sureFrom = 0.55

/**
 * The same for Russian praise or blame that no listed word stands for: about what a model has not learnt from, every second of such
 * answers or more is wrong, whatever their chance below this (docs/models/sentiment.md).
 */
export const sureUnheardFrom = 0.9

/**
 * What a post sounds like as a whole. `lang` as the platform says it or as it was detected; null where unknown. Null when there
 * is no word and no emoji, only links, names or nothing.
 */
export function findSentiment(analysis: Analysis, lang: string | null): Sentiment | null {
  if (!hasSomethingToSay(analysis)) return null
  return answer(wholeModel(analysis, lang), analysis, [], lang)
}

/**
 * What a post says of something in it, as when it praises one bank and curses another. `places`: positions of its name in the
 * analysis; where it is not named, and in languages other than Russian and English, the whole post speaks. Null as in
 * `findSentiment`.
 */
export function findSentimentTowards(
  analysis: Analysis,
  lang: string | null,
  places: readonly number[],
): Sentiment | null {
  if (!hasSomethingToSay(analysis)) return null
  const code = codeOf(lang)
  if (code !== 'ru' && code !== 'en') return answer(wholeModel(analysis, lang), analysis, [], lang)
  return answer(`towards.${code}`, analysis, places, lang)
}

const chances = new Float64Array(tonalities.length)

function answer(
  name: SentimentModelName,
  analysis: Analysis,
  places: readonly number[],
  lang: string | null,
): Sentiment {
  const model = sentimentModel(name)
  const bag = readBag(analysis)
  addNear(bag, analysis, places)
  const tones = model.meta.tones ? readTones(analysis, places) : []
  const code = codeOf(lang)
  const label = judge(model, bag, tones, code, chances)
  const [negative, neutral, positive] = chances as unknown as [number, number, number]
  return {
    label: tonalities[label]!,
    scores: { negative, neutral, positive },
    sure:
      judgementOf(model.meta, code) !== null &&
      chances[label]! >=
        (code === 'ru' && model.meta.tones && isUnheard(tonalities[label]!) ? sureUnheardFrom : sureFrom),
  }
}

/** Whether the listed words of the post last read say anything else than this. */
function isUnheard(label: Tonality): boolean {
  return label === 'negative' ? balanceOfTones() >= 0 : label === 'positive' && balanceOfTones() <= 0
}

function wholeModel(analysis: Analysis, lang: string | null): SentimentModelName {
  const code = codeOf(lang)
  // Hindi posts in Latin letters are half English, and of the rest nothing is understood (docs/models/sentiment.md).
  if (code === 'en' || code === 'hi') return 'en'
  return isCyrillic(analysis, lang) ? 'cyrillic' : 'other'
}

/** "pt-BR" is "pt". */
function codeOf(lang: string | null): string | null {
  return lang?.slice(0, 2).toLowerCase() ?? null
}
