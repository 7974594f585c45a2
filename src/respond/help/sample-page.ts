import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { must } from '../../base/errors.ts'
import { first, inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { addArticle, changeArticle, writeText } from '../knowledge/write.ts'
import { findHelpPage, saveHelpPage } from './page.ts'

const file = join(import.meta.dirname, '../../../sample/help.json')

type InBoth = { en: string; ru: string }
type Written = { slug: string; title: InBoth; intro: InBoth; articles: { title: InBoth; body: InBoth }[] }

/**
 * Gives the sample project the help page of its invented bank, with articles in both languages, as its people would write and
 * publish them. A project that has a page keeps it as it is, so asking again changes nothing: null. Otherwise what the page is
 * called.
 */
export async function giveSamplePage(db: Database, project: number, lang: 'en' | 'ru'): Promise<string | null> {
  const written = JSON.parse(await readFile(file, 'utf8')) as Written
  return inTransaction(db, async (tx) => {
    await sql`select from project where id = ${project} for no key update`.execute(tx)
    if ((await findHelpPage(tx, project)) !== null) return null
    for (const article of written.articles) await publish(tx, project, article)
    const { title, intro } = written
    await saveHelpPage(tx, project, {
      ...{ slug: await freeSlug(tx, written.slug, project), isOn: true, isListed: false, lang },
      ...{ title: title[lang], intro: intro[lang], moderation: 'all' },
    })
    return title[lang]
  })
}

async function publish(tx: Database, project: number, { title, body }: Written['articles'][number]): Promise<void> {
  const input = { kind: 'article' as const, isPublic: true, ownerId: null, reviewOn: null }
  const { id } = await addArticle(tx, project, { ...input, lang: 'ru', title: title.ru, body: body.ru }, null)
  await writeText(tx, project, id, { lang: 'en', title: title.en, body: body.en, was: 0 }, null)
  await changeArticle(tx, project, id, { state: 'ready' })
}

/** Somebody else's page may stand there. */
async function freeSlug(tx: Database, wanted: string, project: number): Promise<string> {
  const { taken } = must(
    await first(tx, sql<{ taken: boolean }>`select exists (select from help_page where slug = ${wanted}) as taken`),
  )
  return taken ? `${wanted}-${project}` : wanted
}
