import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { Mention } from '../../listen/mentions/mention.ts'
import type { KnowledgeIndex } from '../knowledge/project-index.ts'
import { suggest, type Suggestion } from '../knowledge/suggest.ts'

/** Something we know that answers what a person wrote, and that nobody has used for them yet. */
export type Helpful = { found: Suggestion; mention: Mention }

const newest = 5
const ofEach = 3
const shown = 5

/** What else can help somebody, nearest first: what their newest mentions ask, without what went into their tickets already. */
export async function findHelpful(
  db: Database,
  index: KnowledgeIndex,
  project: number,
  latest: Mention[],
  tickets: number[],
): Promise<Helpful[]> {
  const used = await list(
    db,
    sql<{ articleId: number }>`
      select distinct article_id from article_use
      where project_id = ${project} and ticket_id = any(${tickets}::int[])`,
  )
  const known = new Set(used.map(({ articleId }) => articleId))
  const best = new Map<number, Helpful>()
  for (const mention of latest.slice(0, newest)) {
    const text = [mention.title, mention.text].filter(Boolean).join('\n')
    for (const found of await suggest(db, index, project, { text, lang: mention.lang, limit: ofEach + known.size })) {
      const before = best.get(found.articleId)
      if (!known.has(found.articleId) && (before === undefined || before.found.score < found.score))
        best.set(found.articleId, { found, mention })
    }
  }
  return [...best.values()].toSorted((one, other) => other.found.score - one.found.score).slice(0, shown)
}
