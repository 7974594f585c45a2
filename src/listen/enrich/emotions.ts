import { join } from 'node:path'
import { chancesOf, loadChances, type Chances } from '../../base/learn/chances.ts'
import { readBag } from '../../base/learn/read-bag.ts'
import type { Analysis } from '../../base/text/analyse.ts'
import { hasSomethingToSay } from './sentiment/something.ts'

export const emotions = ['anger', 'disgust', 'fear', 'joy', 'sadness', 'surprise'] as const
export type Emotion = (typeof emotions)[number]

export type Emotions = {
  /** Those above the limit where F1 is best in the language, several or none, in the order above. Rare ones are often wrong. */
  labels: Emotion[]
  /** Those with at least an even chance, which a screen may show. */
  sure: Emotion[]
  /**
   * Calibrated chances, each on its own: of the posts with 0.8, about 80 of 100 have it (docs/models/emotions.md). An
   * emotion that was never labelled in the language is not among them.
   */
  scores: { [emotion in Emotion]?: number }
}

/** The languages that were measured. */
export const emotionLanguages = ['de', 'en', 'es', 'pt', 'ro', 'ru', 'sv', 'tt', 'uk', 'zh'] as const

/**
 * The emotions that speak from a post. Null in languages we have not measured, and where there is no word and no emoji, only
 * links, names or nothing.
 */
export function findEmotions(analysis: Analysis, lang: string | null): Emotions | null {
  const code = emotionLanguages.find((known) => known === lang?.slice(0, 2).toLowerCase())
  if (code === undefined || !hasSomethingToSay(analysis)) return null
  const model = emotionsModel(code)
  const { questions } = model
  const chances = chancesOf(model, readBag(analysis))
  const found: Emotions = { labels: [], sure: [], scores: {} }
  for (let i = 0; i < questions.length; i++) {
    const emotion = questions[i]!.name as Emotion
    found.scores[emotion] = chances[i]!
    if (chances[i]! >= questions[i]!.from) found.labels.push(emotion)
    if (chances[i]! >= 0.5) found.sure.push(emotion)
  }
  return found
}

export function emotionsModelFile(lang: string): string {
  return join(import.meta.dirname, `../../../models/emotions.${lang}.model`)
}

/** Loaded once, when first asked for. Throws `BrokenModel`. */
export function emotionsModel(lang: (typeof emotionLanguages)[number]): Chances {
  let model = models.get(lang)
  if (!model) models.set(lang, (model = loadChances(emotionsModelFile(lang), 'emotions')))
  return model
}

const models = new Map<string, Chances>()
