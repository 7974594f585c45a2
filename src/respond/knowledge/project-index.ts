import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { ArticleKind, ArticleState } from './article.ts'
import { WordIndex } from './word-index.ts'

/** One language of one article, as far as finding needs it. */
export type Entry = {
  articleId: number
  lang: string
  kind: ArticleKind
  state: ArticleState
  isPublic: boolean
  title: string
  plain: string
}

/** The knowledge of one project in memory, as new as the database was when it was asked last. */
export type ProjectIndex = { words: WordIndex; entries: Map<number, Entry>; keyOf: Map<string, number> }

type Kept = ProjectIndex & { revision: number; askedAt: number; nextKey: number; reading: Promise<void> | null }

/**
 * Follows the database by revisions, so that any number of processes may write. Projects that nobody asked for the longest
 * time make room.
 */
export class KnowledgeIndex {
  private readonly projects = new Map<number, Kept>()
  private readonly db: Database
  private readonly most: number

  constructor(db: Database, mostProjects = 50) {
    this.db = db
    this.most = mostProjects
  }

  async of(project: number): Promise<ProjectIndex> {
    let kept = this.projects.get(project)
    // What is gone still takes memory and makes words look common.
    if (!kept || kept.words.gone > 100 + kept.words.size) kept = this.begin(project)
    kept.askedAt = performance.now()
    kept.reading ??= this.follow(project, kept).finally(() => (kept.reading = null))
    await kept.reading
    return kept
  }

  private begin(project: number): Kept {
    const fresh = { words: new WordIndex(), entries: new Map(), keyOf: new Map() }
    const kept: Kept = { ...fresh, revision: 0, askedAt: 0, nextKey: 1, reading: null }
    this.projects.set(project, kept)
    if (this.projects.size > this.most) {
      const [oldest] = [...this.projects].toSorted(([, one], [, other]) => one.askedAt - other.askedAt)
      if (oldest && oldest[0] !== project) this.projects.delete(oldest[0])
    }
    return kept
  }

  private async follow(project: number, kept: Kept): Promise<void> {
    for (;;) {
      const changed = await list(
        this.db,
        sql<Entry & { revision: number }>`
          select t.article_id, t.lang, a.kind, a.state, a.is_public, t.title, t.plain, a.revision
          from (
            select id, kind, state, is_public, revision
            from article
            where project_id = ${project} and revision > ${kept.revision}
            order by revision
            limit ${perRead}
          ) a
          join article_text t on t.article_id = a.id and t.current
          order by a.revision`,
      )
      for (const { revision, ...entry } of changed) {
        this.take(kept, entry)
        kept.revision = revision
      }
      if (changed.length < perRead) return
    }
  }

  private take(kept: Kept, entry: Entry): void {
    const name = `${entry.articleId} ${entry.lang}`
    const key = kept.keyOf.get(name) ?? kept.nextKey++
    kept.keyOf.set(name, key)
    if (entry.state === 'archived') {
      kept.words.remove(key)
      kept.entries.delete(key)
      return
    }
    const before = kept.entries.get(key)
    if (before?.title !== entry.title || before.plain !== entry.plain) kept.words.put(key, entry)
    kept.entries.set(key, entry)
  }
}

const perRead = 2000
