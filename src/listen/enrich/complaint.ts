import { join } from 'node:path'
import { chancesOf, loadChances, type Chances } from '../../base/learn/chances.ts'
import { readBag } from '../../base/learn/read-bag.ts'
import type { Analysis } from '../../base/text/analyse.ts'
import { findSentiment, type Sentiment } from './sentiment.ts'

export type YesOrNo = {
  label: boolean
  /** Calibrated, of the label: of the answers with 0.8, about 80 of 100 are right. */
  confidence: number
}

/**
 * Whether somebody says that something did not go as it should have: a breach of what they expected of a product, a
 * service or a promise. Null in languages other than English, which is the only one we have measured (docs/models/complaint.md),
 * and where there is nothing to go by. `sentiment`: of the same post, found here when it is not known yet.
 */
export function findComplaint(
  analysis: Analysis,
  lang: string | null,
  sentiment: Sentiment | null = findSentiment(analysis, lang),
): YesOrNo | null {
  if (lang?.slice(0, 2).toLowerCase() !== 'en' || sentiment === null) return null
  model ??= loadChances(complaintModelFile, 'complaint')
  return answerOf(model, chancesOf(model, readBag(analysis), tonalityOf(sentiment))[0]!)
}

export const complaintModelFile = join(import.meta.dirname, '../../../models/complaint.en.model')
let model: Chances | null = null

/** How the tonality of a text enters into its chance of being a complaint: complaints are a part of what is negative. */
export function tonalityOf({ scores }: Pick<Sentiment, 'scores'>): number[] {
  return [logit(scores.negative), logit(scores.positive), logit(scores.neutral)]
}

/** The answer to the one question of a model. */
export function answerOf({ questions: [question] }: Chances, chance: number): YesOrNo {
  const label = chance >= question!.from
  return { label, confidence: label ? chance : 1 - chance }
}

function logit(chance: number): number {
  return Math.log((chance + 1e-4) / (1 - chance + 1e-4))
}
