import { sql } from 'kysely'
import { NotFound } from '../../base/errors.ts'
import { beginningsIn } from '../../base/postgres/beginnings.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import { searchConfig } from './full-text.ts'

export const articleKinds = ['article', 'answer', 'canned'] as const
export type ArticleKind = (typeof articleKinds)[number]
export const articleStates = ['draft', 'ready', 'archived'] as const
export type ArticleState = (typeof articleStates)[number]

/** What was learnt once and helps again: to be read, to be sent as agreed, or to be put into a reply. */
export type Article = {
  id: number
  projectId: number
  kind: ArticleKind
  state: ArticleState
  /** Whether everybody may read it on the help page, once it is ready. */
  isPublic: boolean
  ownerId: string | null
  ownerName: string | null
  /** A day as 2026-03-12; null: nobody said. */
  reviewOn: string | null
  revision: number
  madeAt: Date
  madeBy: string | null
  /** How many tickets and copies took something of it. */
  uses: number
  /** The current text of each language, the one written first on top. */
  texts: ArticleText[]
}

export type ArticleText = {
  lang: string
  version: number
  title: string
  /** Markdown. */
  body: string
  writtenAt: Date
  writtenBy: string | null
}

/** Throws NotFound where the project has none of this number. */
export async function getArticle(db: Database, project: number, id: number): Promise<Article> {
  const [article] = await withTexts(
    db,
    await list(db, sql<Head>`${heads} where a.project_id = ${project} and a.id = ${id}`),
  )
  if (!article) throw new NotFound()
  return article
}

export type ArticleFilter = {
  kind: ArticleKind | null
  /** Null: whatever is not archived. */
  state: ArticleState | null
  publicOnly: boolean
  /** Only what should have been looked at by this day. */
  reviewBy: string | null
}

/** Last changed first, changed before the revision `before`. */
export async function listArticles(
  db: Database,
  project: number,
  filter: ArticleFilter,
  page: { before: number | null; limit: number },
): Promise<{ items: Article[]; next: number | null; counts: { [kind in ArticleKind]: number } }> {
  const wanted = sql`a.project_id = ${project}
    and (case when ${filter.state}::text is null then a.state <> 'archived' else a.state = ${filter.state} end)
    and (not ${filter.publicOnly} or (a.is_public and a.state = 'ready'))
    and (${filter.reviewBy}::date is null or a.review_on <= ${filter.reviewBy}::date)`
  const found = await list(
    db,
    sql<Head>`
      ${heads}
      where ${wanted}
        and (${filter.kind}::text is null or a.kind = ${filter.kind})
        and (${page.before}::bigint is null or a.revision < ${page.before})
      order by a.revision desc
      limit ${page.limit + 1}`,
  )
  const shown = found.slice(0, page.limit)
  const counted = await list(
    db,
    sql<{ kind: ArticleKind; count: number }>`
      select a.kind, count(*)::int as count from article a where ${wanted} group by a.kind`,
  )
  const count = (kind: ArticleKind) => counted.find((one) => one.kind === kind)?.count ?? 0
  return {
    items: await withTexts(db, shown),
    next: found.length > page.limit ? (shown.at(-1)?.revision ?? null) : null,
    counts: { article: count('article'), answer: count('answer'), canned: count('canned') },
  }
}

/**
 * Articles with words in a title that begin like those of the text, in any of its forms, last changed first; archived ones
 * are left out. Of an article in several languages the title that fits.
 */
export async function findTitled(
  db: Database,
  project: number,
  text: string,
  { publicOnly, limit }: { publicOnly: boolean; limit: number },
): Promise<{ id: number; kind: ArticleKind; lang: string; title: string }[]> {
  const words = beginningsIn(text)
  if (words === null) return []
  // Titles count as A in the vector of an article; a whole word is looked for in its other forms too.
  const inTitle = words.replaceAll(':*', ':*A')
  const config = searchConfig(/\p{Script=Cyrillic}/u.test(text) ? 'ru' : 'en')
  return list(
    db,
    sql<{ id: number; kind: ArticleKind; lang: string; title: string }>`
      select id, kind, lang, title
      from (
        select distinct on (a.id) a.id, a.kind, a.revision, t.lang, t.title
        from article a
        join article_text t on t.article_id = a.id and t.current
        where a.project_id = ${project} and a.state <> 'archived'
          and (not ${publicOnly} or (a.is_public and a.state = 'ready'))
          and t.search @@ (to_tsquery('simple', ${inTitle}) || to_tsquery(${config}::regconfig, ${inTitle}))
        order by a.id, t.written_at
      ) found
      order by revision desc
      limit ${limit}`,
  )
}

/** In the order of the numbers; what is not there is left out. */
export async function findArticles(db: Database, project: number, ids: number[]): Promise<Article[]> {
  const found = await withTexts(
    db,
    await list(db, sql<Head>`${heads} where a.project_id = ${project} and a.id = any(${ids}::int[])`),
  )
  return ids.flatMap((id) => found.find((article) => article.id === id) ?? [])
}

/** All versions of one language, newest first. */
export async function listVersions(
  db: Database,
  project: number,
  id: number,
  lang: string,
): Promise<Omit<ArticleText, 'lang'>[]> {
  await getArticle(db, project, id)
  return list(
    db,
    sql<Omit<ArticleText, 'lang'>>`
      select version, title, body, written_at, written_by
      from article_text
      where article_id = ${id} and lang = ${lang}
      order by version desc
      limit 200`,
  )
}

/** How many ready articles should have been looked at by this day. */
export async function countOverdue(db: Database, project: number, day: string): Promise<number> {
  const counted = await first(
    db,
    sql<{ count: number }>`
      select count(*)::int as count from article
      where project_id = ${project} and state <> 'archived' and review_on <= ${day}::date`,
  )
  return counted?.count ?? 0
}

type Head = Omit<Article, 'texts'>

const heads = sql`
  select a.id, a.project_id, a.kind, a.state, a.is_public, a.owner_id, m.name as owner_name,
    a.review_on::text as review_on, a.revision, a.made_at, a.made_by,
    (select count(*)::int from article_use where article_id = a.id) as uses
  from article a
  left join member m on m.id = a.owner_id`

async function withTexts(db: Database, found: Head[]): Promise<Article[]> {
  const texts = await list(
    db,
    sql<ArticleText & { articleId: number }>`
      select article_id, lang, version, title, body, written_at, written_by
      from article_text
      where current and article_id = any(${found.map(({ id }) => id)}::int[])
      order by article_id, (select min(written_at) from article_text f where f.article_id = article_text.article_id and f.lang = article_text.lang), lang`,
  )
  const of = Map.groupBy(texts, ({ articleId }) => articleId)
  return found.map((head) => ({
    ...head,
    texts: (of.get(head.id) ?? []).map(({ articleId: _, ...text }) => text),
  }))
}
