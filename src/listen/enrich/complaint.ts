import type { Analysis } from '../../base/text/analyse.ts'
import { findSentiment, type Sentiment } from './sentiment.ts'
import { askYesOrNo, measuredLanguage, type YesOrNo } from './yes-or-no.ts'

/** The languages of which posts were labelled. */
const complaintLanguages = ['en', 'ru'] as const

/**
 * Whether somebody says that something did not go as it should have: a breach of what they expected of a product, a
 * service or a promise. Null in languages we have not measured (docs/models/complaint.md), and where there is nothing to go
 * by. `sentiment`: of the same post, found here when it is not known yet.
 */
export function findComplaint(
  analysis: Analysis,
  lang: string | null,
  sentiment: Sentiment | null = findSentiment(analysis, lang),
): YesOrNo | null {
  const measured = measuredLanguage(lang, complaintLanguages)
  if (measured === null || sentiment === null) return null
  // The Russian model of tonality was learnt from the posts that were labelled, so what it says of them is no evidence.
  return askYesOrNo('complaint', measured, analysis, measured === 'en' ? tonalityOf(sentiment) : [])
}

/** How the tonality of a text enters into its chance of being a complaint: complaints are a part of what is negative. */
export function tonalityOf({ scores }: Pick<Sentiment, 'scores'>): number[] {
  return [logit(scores.negative), logit(scores.positive), logit(scores.neutral)]
}

function logit(chance: number): number {
  return Math.log((chance + 1e-4) / (1 - chance + 1e-4))
}
