import { sql, type RawBuilder } from 'kysely'
import type { ArticleKind } from './article.ts'
import type { Entry } from './project-index.ts'

/** Where texts stand that may answer a question: the articles of a team, or what was asked in public before. */
export type Shelf<Kind extends string> = {
  /** What changed after a revision, in the order of the changes: some `limit` of them, and all when fewer come. */
  changed(project: number, after: number, limit: number): RawBuilder<Entry<Kind> & { revision: number }>
  /** Selects `article_id`, `lang` and `search` of whatever PostgreSQL may find. */
  searchable(project: number): RawBuilder<unknown>
}

export const articleShelf: Shelf<ArticleKind> = {
  changed: (project, after, limit) => sql`
    select t.article_id, t.lang, a.kind, a.state, a.is_public, t.title, t.plain, a.revision
    from (
      select id, kind, state, is_public, revision
      from article
      where project_id = ${project} and revision > ${after}
      order by revision
      limit ${limit}
    ) a
    join article_text t on t.article_id = a.id and t.current
    order by a.revision`,
  searchable: (project) => sql`
    select t.article_id, t.lang, t.search
    from article_text t
    join article a on a.id = t.article_id and a.project_id = ${project} and a.state <> 'archived'
    where t.current`,
}
