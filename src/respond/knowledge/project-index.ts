import type { Model } from '../../base/model/model.ts'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { ArticleKind, ArticleState } from './article.ts'
import { embeds, listVectors, type Embeds } from './meaning.ts'
import { articleShelf, type Shelf } from './shelf.ts'
import { WordIndex } from './word-index.ts'

/** One language of one article, as far as finding needs it. */
export type Entry<Kind extends string = ArticleKind> = {
  articleId: number
  lang: string
  kind: Kind
  state: ArticleState
  isPublic: boolean
  title: string
  plain: string
}

/** The knowledge of one project in memory, as new as the database was when it was asked last. */
export type ProjectIndex<Kind extends string = ArticleKind> = {
  words: WordIndex
  entries: Map<number, Entry<Kind>>
  keyOf: Map<string, number>
  /** What texts mean, by article and language; empty where no model compares meanings. */
  vectors: Map<string, Float32Array>
}

type Kept<Kind extends string> = ProjectIndex<Kind> & {
  revision: number
  vectorRevision: number
  askedAt: number
  nextKey: number
  reading: Promise<void> | null
}

/**
 * Follows the database by revisions, so that any number of processes may write. Projects that nobody asked for the longest
 * time make room.
 */
export class KnowledgeIndex<Kind extends string = ArticleKind> {
  private readonly projects = new Map<number, Kept<Kind>>()
  private readonly db: Database
  readonly shelf: Shelf<Kind>
  readonly model: Embeds | null

  /** The articles of the projects. */
  static ofArticles(db: Database, model: Model | null = null): KnowledgeIndex {
    return new KnowledgeIndex(db, articleShelf, model)
  }

  constructor(db: Database, shelf: Shelf<Kind>, model: Model | null = null) {
    this.db = db
    this.model = embeds(model) ? model : null
    this.shelf = shelf
  }

  async of(project: number): Promise<ProjectIndex<Kind>> {
    let kept = this.projects.get(project)
    // What is gone still takes memory and makes words look common.
    if (!kept || kept.words.gone > 100 + kept.words.size) kept = this.begin(project)
    kept.askedAt = performance.now()
    kept.reading ??= this.follow(project, kept).finally(() => (kept.reading = null))
    await kept.reading
    return kept
  }

  private begin(project: number): Kept<Kind> {
    const fresh = { words: new WordIndex(), entries: new Map(), keyOf: new Map(), vectors: new Map() }
    const kept: Kept<Kind> = { ...fresh, revision: 0, vectorRevision: 0, askedAt: 0, nextKey: 1, reading: null }
    this.projects.set(project, kept)
    if (this.projects.size > mostProjects) {
      const [oldest] = [...this.projects].toSorted(([, one], [, other]) => one.askedAt - other.askedAt)
      if (oldest && oldest[0] !== project) this.projects.delete(oldest[0])
    }
    return kept
  }

  private async follow(project: number, kept: Kept<Kind>): Promise<void> {
    for (;;) {
      const changed = await list(this.db, this.shelf.changed(project, kept.revision, perRead))
      for (const { revision, ...entry } of changed) {
        this.take(kept, entry)
        kept.revision = revision
      }
      if (changed.length < perRead) break
    }
    while (this.model) {
      const vectors = await listVectors(this.db, project, this.model.embeddingModel, kept.vectorRevision, perRead)
      for (const { articleId, lang, vector, revision } of vectors) {
        kept.vectors.set(`${articleId} ${lang}`, Float32Array.from(vector))
        kept.vectorRevision = revision
      }
      if (vectors.length < perRead) break
    }
  }

  private take(kept: Kept<Kind>, entry: Entry<Kind>): void {
    const name = `${entry.articleId} ${entry.lang}`
    const key = kept.keyOf.get(name) ?? kept.nextKey++
    kept.keyOf.set(name, key)
    if (entry.state === 'archived') {
      kept.words.remove(key)
      kept.entries.delete(key)
      kept.vectors.delete(name)
      return
    }
    const before = kept.entries.get(key)
    if (before?.title !== entry.title || before.plain !== entry.plain) kept.words.put(key, entry)
    kept.entries.set(key, entry)
  }
}

const perRead = 2000
const mostProjects = 50
