import type { Bag } from '../../base/learn/bag.ts'
import { readBag } from '../../base/learn/read-bag.ts'
import type { Analysis } from '../../base/text/analyse.ts'
import { judge, sentimentModel, tonalities, type SentimentModelName, type Tonality } from './sentiment/model.ts'
import { hasSomethingToSay } from './sentiment/something.ts'
import { isCyrillic } from './sentiment/script.ts'
import { addNear } from './sentiment/near.ts'

export type Sentiment = {
  /** The likeliest of the three, also when it is not sure. */
  label: Tonality
  /** Calibrated: of the posts with 0.8, about 80 of 100 are so (docs/models/sentiment.md). They add up to 1. */
  scores: { [tonality in Tonality]: number }
  /**
   * False: too close to call, or a language we have not measured; screens show “unsure” and ask a person, and only programs
   * that must have a label take it.
   */
  sure: boolean
}

/** Below this probability of the label a person is asked. */
export const sureFrom = 0.55

/**
 * What a post sounds like as a whole. `lang` as the platform says it or as it was detected; null where unknown. Null when there
 * is no word and no emoji, only links, names or nothing.
 */
export function findSentiment(analysis: Analysis, lang: string | null): Sentiment | null {
  if (!hasSomethingToSay(analysis)) return null
  return answer(wholeModel(analysis, lang), readBag(analysis), lang)
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
  const bag = readBag(analysis)
  const code = codeOf(lang)
  if (code !== 'ru' && code !== 'en') return answer(wholeModel(analysis, lang), bag, lang)
  addNear(bag, analysis, places)
  return answer(`towards.${code}`, bag, lang)
}

const probabilities = new Float64Array(tonalities.length)

function answer(name: SentimentModelName, bag: Bag, lang: string | null): Sentiment {
  const measured = judge(sentimentModel(name), bag, codeOf(lang), probabilities)
  const [negative, neutral, positive] = probabilities as unknown as [number, number, number]
  const best = Math.max(negative, neutral, positive)
  return {
    label: tonalities[probabilities.indexOf(best)]!,
    scores: { negative, neutral, positive },
    sure: measured && best >= sureFrom,
  }
}

function wholeModel(analysis: Analysis, lang: string | null): SentimentModelName {
  return isCyrillic(analysis, lang) ? 'cyrillic' : 'other'
}

/** "pt-BR" is "pt". */
function codeOf(lang: string | null): string | null {
  return lang?.slice(0, 2).toLowerCase() ?? null
}
