import { sql } from 'kysely'
import { UserError } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'

export const moderations = ['all', 'first', 'none'] as const
/** Which posts wait for a moderator: all, the first of a visitor, or none. What looks bad waits in any case. */
export type Moderation = (typeof moderations)[number]

/** The public page of a project. */
export type HelpPage = {
  projectId: number
  /** It stands at /help/<slug>. */
  slug: string
  /** Otherwise the address is like one that names nothing. */
  isOn: boolean
  /** Whether search engines may keep it. */
  isListed: boolean
  lang: 'en' | 'ru'
  title: string
  intro: string
  moderation: Moderation
  timeZone: string
}

/** Null: the project has never had one. */
export async function findHelpPage(db: Database, project: number): Promise<HelpPage | null> {
  return first(db, sql<HelpPage>`${whole} where p.project_id = ${project}`)
}

/** The page at an address; null where there is none, or it is off. */
export async function findPageAt(db: Database, slug: string): Promise<HelpPage | null> {
  return isSlug(slug) ? first(db, sql<HelpPage>`${whole} where p.slug = ${slug} and p.is_on`) : null
}

/** The pages that search engines may keep. */
export async function listListedPages(db: Database): Promise<HelpPage[]> {
  return list(db, sql<HelpPage>`${whole} where p.is_on and p.is_listed order by p.slug`)
}

/** Throws UserError when the address is no address, or that of another project. */
export async function saveHelpPage(
  db: Database,
  project: number,
  page: Omit<HelpPage, 'projectId' | 'timeZone'>,
): Promise<void> {
  const { slug, isOn, isListed, lang, title, intro, moderation } = page
  if (!isSlug(slug))
    throw new UserError('The address has 2 to 60 small Latin letters, digits and hyphens', {
      key: 'help-slug',
      field: 'slug',
    })
  const saved = await first(
    db,
    sql`
      insert into help_page (project_id, slug, is_on, is_listed, lang, title, intro, moderation)
      select ${project}, ${slug}, ${isOn}, ${isListed}, ${lang}, ${title}, ${intro}, ${moderation}
      where not exists (select from help_page where slug = ${slug} and project_id <> ${project})
      on conflict (project_id) do update set slug = excluded.slug, is_on = excluded.is_on, is_listed = excluded.is_listed,
        lang = excluded.lang, title = excluded.title, intro = excluded.intro, moderation = excluded.moderation
      returning project_id`,
  )
  if (!saved) throw new UserError('Another page has this address', { key: 'help-slug-taken', field: 'slug' })
}

/** `assets` holds what all pages share. */
function isSlug(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])$/.test(text) && text !== 'assets'
}

const whole = sql`
  select p.project_id, p.slug, p.is_on, p.is_listed, p.lang, p.title, p.intro, p.moderation, project.time_zone
  from help_page p
  join project on project.id = p.project_id`
