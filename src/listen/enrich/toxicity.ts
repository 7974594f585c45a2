import type { Analysis } from '../../base/text/analyse.ts'
import { hasSomethingToSay } from './sentiment/something.ts'
import { askYesOrNo, measuredLanguage, type YesOrNo } from './yes-or-no.ts'

/** The languages of which posts were labelled. */
const toxicityLanguages = ['en', 'ru'] as const

/**
 * Whether a post insults, threatens or swears, so that a moderator may want it blurred. Null in languages we have not measured
 * (docs/models/toxicity.md), and where there is nothing to go by.
 */
export function findToxicity(analysis: Analysis, lang: string | null): YesOrNo | null {
  const measured = measuredLanguage(lang, toxicityLanguages)
  return measured === null || !hasSomethingToSay(analysis) ? null : askYesOrNo('toxicity', measured, analysis)
}
