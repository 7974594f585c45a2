import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { classify } from '../../base/learn/classifier.ts'
import type { Database } from '../../base/postgres/postgres.ts'
import { analysePost, type Analysis } from '../../base/text/analyse.ts'
import { fromRow, mentionColumns, type Mention, type MentionRow } from '../mentions/mention.ts'
import type { CategorySet } from './category-set.ts'
import { chooseMostTeaching } from './choose.ts'
import { listLabels } from './label.ts'
import { guessCategory, type FoundCategory, type Taught } from './project-categories.ts'
import { findTaught } from './watch-categories.ts'

export type ToLabel = {
  mention: Mention
  /** What the model would say; null while nothing has been learnt. */
  guess: FoundCategory | null
}

/** The newest so many are looked at, one of each cluster of copies: with more, a person would wait. */
const looked = 1_000

/**
 * The mentions without a label of this set from which most would be learnt: those the model is least sure of, and unlike
 * each other. Before anything is learnt, simply ones that are unlike each other.
 */
export async function listToLabel(
  { db, clickhouse }: { db: Database; clickhouse: Clickhouse },
  set: CategorySet,
  limit: number,
): Promise<ToLabel[]> {
  const labelled = (await listLabels(db, set.id)).map(({ mention }) => mention)
  const mentions = await newestOthers(clickhouse, set.projectId, labelled)
  const taught = await findTaught(db, set.id)
  const analyses = mentions.map((mention) => analysePost(mention))
  const candidates = analyses.map((analysis) => ({ words: wordsOf(analysis), doubt: doubtOf(taught, analysis) }))
  return chooseMostTeaching(candidates, limit).map((index) => ({
    mention: mentions[index]!,
    guess: taught && guessCategory(taught, analyses[index]!),
  }))
}

async function newestOthers(clickhouse: Clickhouse, project: number, labelled: string[]): Promise<Mention[]> {
  const rows = await clickhouse.rows<MentionRow>(
    `select ${mentionColumns}
     from mention final
     where project_id = {project:UInt32} and not has({labelled:Array(String)}, id)
     order by posted_at desc, id
     limit 1 by cluster
     limit {limit:UInt32}`,
    { project, labelled, limit: looked },
  )
  return rows.map(fromRow)
}

function wordsOf(analysis: Analysis): Set<string> {
  return new Set(analysis.words.map(({ folded }) => folded))
}

/** 1: two categories are as likely as each other; 0: there is no doubt. A text without words teaches nothing. */
function doubtOf(taught: Taught | null, analysis: Analysis): number {
  if (analysis.words.length === 0) return 0
  const found = taught && classify(taught.classifier, analysis)
  if (!found) return 1
  const [best = 0, second = 0] = [...found.probabilities].sort((a, b) => b - a)
  return 1 - (best - second)
}
