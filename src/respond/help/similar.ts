import type { Database } from '../../base/postgres/postgres.ts'
import type { KnowledgeIndex } from '../knowledge/project-index.ts'
import { suggest, type Suggestion } from '../knowledge/suggest.ts'
import { findTopics, type ListedTopic, type TopicKind } from './post.ts'

/** What may be found on a help page: its topics, and the articles that everybody may read. */
export type HelpIndex = { db: Database; topics: KnowledgeIndex<TopicKind>; articles: KnowledgeIndex }

export type Similar =
  | { is: 'topic'; found: Suggestion<TopicKind>; topic: ListedTopic }
  | { is: 'article'; found: Suggestion }

/** What was asked before or stands in an article, nearest first, each with the words that it shares with the text. */
export async function findSimilar(
  { db, topics, articles }: HelpIndex,
  project: number,
  text: string,
  limit: number,
): Promise<Similar[]> {
  const asked = { text, lang: null, limit, publicOnly: true }
  const foundTopics = await suggest(db, topics, project, asked)
  const foundArticles = await suggest(db, articles, project, asked)
  const known = await findTopics(
    db,
    project,
    foundTopics.map(({ articleId }) => articleId),
  )
  return [
    ...foundTopics.flatMap((found): Similar[] => {
      const topic = known.find(({ id }) => id === found.articleId)
      return topic ? [{ is: 'topic', found, topic }] : []
    }),
    // What is agreed for replies is not written for readers.
    ...foundArticles.flatMap((found): Similar[] => (found.kind === 'article' ? [{ is: 'article', found }] : [])),
  ]
    .toSorted((one, other) => other.found.score - one.found.score)
    .slice(0, limit)
}
