import type { Analysis } from '../../base/text/analyse.ts'
import { hasSomethingToSay } from './sentiment/something.ts'
import { isLure } from './spam/lures.ts'
import { askYesOrNo, measuredLanguage, type YesOrNo } from './yes-or-no.ts'

/** The languages in which posts were labelled. */
export const spamLanguages = ['en', 'ru'] as const

/**
 * Whether a post is there to sell, to recruit, to lure or to be found instead of saying something (docs/models/spam.md). Null in
 * languages we have not measured, where there is nothing to go by, and where it is too close to call.
 */
export function findSpam(analysis: Analysis, lang: string | null): YesOrNo | null {
  const measured = measuredLanguage(lang, spamLanguages)
  if (measured === null || !hasSomethingToSay(analysis)) return null
  const answer = askYesOrNo('spam', measured, analysis)
  if (isLure(analysis, measured))
    return { label: true, confidence: answer.label ? Math.max(answer.confidence, lured) : lured }
  return answer.confidence < spamSureFrom ? null : answer
}

/** Of a lure, which the model does not know: all 13 in the sample world were spam, and this is the lower end of Wilson's interval. */
const lured = 0.77

/** Below it, a post is neither shown as spam nor as none. */
export const spamSureFrom = 0.65
