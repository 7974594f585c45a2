import { join } from 'node:path'
import { chancesOf, loadChances, type Chances } from '../../base/learn/chances.ts'
import { readBag } from '../../base/learn/read-bag.ts'
import type { Analysis } from '../../base/text/analyse.ts'
import { answerOf, type YesOrNo } from './complaint.ts'
import { hasSomethingToSay } from './sentiment/something.ts'

/**
 * Whether a post insults, threatens or swears, so that a moderator may want it blurred. Null in languages other than English,
 * the only one we have labelled posts of (docs/models/toxicity.md), and where there is nothing to go by.
 */
export function findToxicity(analysis: Analysis, lang: string | null): YesOrNo | null {
  if (lang?.slice(0, 2).toLowerCase() !== 'en' || !hasSomethingToSay(analysis)) return null
  model ??= loadChances(toxicityModelFile, 'toxicity')
  return answerOf(model, chancesOf(model, readBag(analysis))[0]!)
}

export const toxicityModelFile = join(import.meta.dirname, '../../../models/toxicity.en.model')
let model: Chances | null = null
