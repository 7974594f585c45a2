import { addAccounts } from '../../base/learn/accounts.ts'
import { accounts as accountsOfBag, type FamilyWeights } from '../../base/learn/bag.ts'
import { loadCompact, scoreBag, type CompactModel } from '../../base/learn/compact.ts'
import { readBag } from '../../base/learn/read-bag.ts'
import type { Analysis } from '../../base/text/analyse.ts'
import { findSentiment, type Sentiment } from './sentiment.ts'
import { askYesOrNo, measuredLanguage, yesOrNoModelFile, type YesOrNo } from './yes-or-no.ts'

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
  // The Russian model of tonality was learnt from the posts that were labelled, so what it says of them is no evidence; and
  // Russian posts were not labelled by whom they speak to.
  if (measured === 'ru') return askYesOrNo('complaint', 'ru', analysis)
  accounts ??= loadCompact(accountsFile, 'complaint')
  return askYesOrNo('complaint', 'en', analysis, besidesWords(analysis, sentiment, accounts))
}

/** What enters into the chance besides the words: complaints are a part of what is negative, and hardly ever go to friends. */
export function besidesWords(
  analysis: Analysis,
  { scores }: Pick<Sentiment, 'scores'>,
  ofAccounts: CompactModel,
): number[] {
  const bag = addAccounts(readBag(analysis))
  if (bag.countOf(accountsOfBag) === 0) said[0] = 0
  else scoreBag(ofAccounts, bag, said)
  // Who speaks to a company does not complain for that, so names speak against a complaint only; and a text without names was
  // mostly drawn at random among the labelled ones, which says nothing of other texts.
  return [logit(scores.negative), logit(scores.positive), logit(scores.neutral), Math.min(0, said[0]!)]
}

function logit(chance: number): number {
  return Math.log((chance + 1e-4) / (1 - chance + 1e-4))
}

// One thread reads one text at a time.
const said = new Float64Array(1)

/** Tells by the names in an English text whether it is about a company or speaks to friends. */
export const accountsFile = yesOrNoModelFile('complaint.accounts', 'en')
export const accountFamilies: FamilyWeights = { words: 0, pairs: 0, pieces: 0, signs: 0, accounts: 1 }
// Loaded when first asked for.
let accounts: CompactModel | null = null
