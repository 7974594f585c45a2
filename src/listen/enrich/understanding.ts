import type { Place } from '../posts/post.ts'

/** What the machine understood of one mention. Null is unknown: nobody judged, or the language is one we have not measured. */
export type Understanding = {
  /** Null beside a confidence: unsure, a person is asked. */
  sentiment: Tonality | null
  /** Calibrated: of those with 0.8, about 80 of 100 are right. */
  sentimentConfidence: number | null
  /** Calibrated probabilities; the rest is neutral. */
  chanceNegative: number | null
  chancePositive: number | null
  /** The project's topics towards which it is so. */
  negativeTopics: number[]
  positiveTopics: number[]
  stage: string | null
  stageConfidence: number | null
  /** `none` alone: there is none. Empty: nobody looked. */
  emotions: string[]
  complaint: boolean | null
  spam: boolean | null
  toxic: boolean | null
  /** `price:negative`, each once. */
  aspects: string[]
  quotes: Quote[]
  /** What the platform says is named as in the gazetteer. */
  place: FoundPlace | null
  /** Of the project's own. */
  categories: string[]
}

export type Tonality = 'negative' | 'neutral' | 'positive'

/** What is praised or blamed, in the author's own words. */
export type Quote = {
  aspect: string
  polarity: Tonality
  /** In the text; end is exclusive. */
  start: number
  end: number
  kind: 'functional' | 'emotional' | null
}

export type FoundPlace = Place & { from: 'platform' | 'profile' | 'text' | 'language'; confidence: number }

export const nothingUnderstood: Understanding = {
  sentiment: null,
  sentimentConfidence: null,
  chanceNegative: null,
  chancePositive: null,
  negativeTopics: [],
  positiveTopics: [],
  stage: null,
  stageConfidence: null,
  emotions: [],
  complaint: null,
  spam: null,
  toxic: null,
  aspects: [],
  quotes: [],
  place: null,
  categories: [],
}
