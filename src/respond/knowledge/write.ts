import { sql } from 'kysely'
import { must, UserError } from '../../base/errors.ts'
import { first, inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { getArticle, type Article, type ArticleKind, type ArticleState } from './article.ts'
import { searchVector } from './full-text.ts'
import { plainText } from './plain-text.ts'

export type Writing = { lang: string; title: string; body: string }

/** Begins as a draft, with its first text. */
export async function addArticle(
  db: Database,
  project: number,
  input: Writing & { kind: ArticleKind; isPublic: boolean; ownerId: string | null; reviewOn: string | null },
  by: string | null,
): Promise<Article> {
  return inTransaction(db, async (tx) => {
    const revision = await nextRevision(tx, project)
    const { id } = must(
      await first(
        tx,
        sql<{ id: number }>`
          insert into article (project_id, kind, is_public, owner_id, review_on, revision, made_by)
          values (${project}, ${input.kind}, ${input.isPublic}, ${input.ownerId}, ${input.reviewOn}::date, ${revision}, ${by})
          returning id`,
      ),
    )
    await insertText(tx, id, input, 1, by)
    return getArticle(tx, project, id)
  })
}

/**
 * Becomes the current text of its language; the earlier ones stay as versions. `was` is the version that the writer
 * began from, 0 for a new language: throws UserError when somebody wrote a newer one meanwhile. The same text again is none.
 */
export async function writeText(
  db: Database,
  project: number,
  id: number,
  writing: Writing & { was: number },
  by: string | null,
): Promise<Article> {
  return inTransaction(db, async (tx) => {
    const revision = await nextRevision(tx, project)
    const article = await getArticle(tx, project, id)
    const now = article.texts.find(({ lang }) => lang === writing.lang)
    if ((now?.version ?? 0) !== writing.was)
      throw new UserError('Somebody wrote a newer version meanwhile', {
        key: 'article-overtaken',
        values: { who: now?.writtenBy ?? 'Heed' },
        field: 'body',
      })
    if (now && now.title === writing.title && now.body === writing.body) return article
    await sql`update article_text set current = false where article_id = ${id} and lang = ${writing.lang}`.execute(tx)
    await insertText(tx, id, writing, (now?.version ?? 0) + 1, by)
    await sql`update article set revision = ${revision} where id = ${id}`.execute(tx)
    return getArticle(tx, project, id)
  })
}

export type ArticleChange = {
  state?: ArticleState | undefined
  isPublic?: boolean | undefined
  ownerId?: string | null | undefined
  reviewOn?: string | null | undefined
}

/** What is undefined stays. */
export async function changeArticle(
  db: Database,
  project: number,
  id: number,
  change: ArticleChange,
): Promise<Article> {
  return inTransaction(db, async (tx) => {
    const revision = await nextRevision(tx, project)
    const now = await getArticle(tx, project, id)
    const next = {
      state: change.state ?? now.state,
      isPublic: change.isPublic ?? now.isPublic,
      ownerId: change.ownerId === undefined ? now.ownerId : change.ownerId,
      reviewOn: change.reviewOn === undefined ? now.reviewOn : change.reviewOn,
    }
    await sql`
      update article
      set state = ${next.state}, is_public = ${next.isPublic}, owner_id = ${next.ownerId},
        review_on = ${next.reviewOn}::date, revision = ${revision}
      where id = ${id}`.execute(tx)
    return getArticle(tx, project, id)
  })
}

/** Whoever holds the new revision is alone with the knowledge of the project until they commit. */
export async function nextRevision(tx: Database, project: number): Promise<number> {
  const { revision } = must(
    await first(
      tx,
      sql<{ revision: number }>`
        insert into knowledge (project_id, revision)
        values (${project}, 1)
        on conflict (project_id) do update set revision = knowledge.revision + 1
        returning revision`,
    ),
  )
  return revision
}

async function insertText(
  tx: Database,
  id: number,
  { lang, title, body }: Writing,
  version: number,
  by: string | null,
): Promise<void> {
  const plain = plainText(body)
  await sql`
    insert into article_text (article_id, lang, version, current, title, body, plain, search, written_by)
    values (${id}, ${lang}, ${version}, true, ${title}, ${body}, ${plain}, ${searchVector({ lang, title, plain })}, ${by})`.execute(
    tx,
  )
}
