import { sql, type RawBuilder } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'

/** The configuration of PostgreSQL that reads this language; all of these exist in the embedded engine and in version 15. */
export function searchConfig(lang: string | null): string {
  return (lang !== null && configs[lang]) || 'simple'
}

// The Russian configuration reads Latin words as English.
const configs: { [lang: string]: string } = {
  ru: 'russian',
  en: 'english',
  de: 'german',
  fr: 'french',
  es: 'spanish',
  it: 'italian',
  pt: 'portuguese',
  tr: 'turkish',
}

export type Ranked = { articleId: number; lang: string; rank: number }

/** The words of a text as PostgreSQL looks for them; those of the title count more. */
export function searchVector({ lang, title, plain }: { lang: string | null; title: string; plain: string }) {
  const config = searchConfig(lang)
  return sql`setweight(to_tsvector(${config}::regconfig, ${unaccented(title)}), 'A') || to_tsvector(${config}::regconfig, ${unaccented(plain)})`
}

/** Those of the searchable texts that have any of these words, by PostgreSQL's own rank, best first. */
export async function rankByFullText(
  db: Database,
  searchable: RawBuilder<unknown>,
  asked: { words: string[]; lang: string },
  limit: number,
): Promise<Ranked[]> {
  if (asked.words.length === 0) return []
  const query = asked.words.map((word) => `'${word.replace(/['\\]/g, '')}'`).join(' | ')
  return list(
    db,
    sql<Ranked>`
      select t.article_id, t.lang, ts_rank(t.search, q, 1)::float8 as rank
      from to_tsquery(${searchConfig(asked.lang)}::regconfig, ${query}) q
      join (${searchable}) t on t.search @@ q
      order by rank desc, t.article_id
      limit ${limit}`,
  )
}

/** PostgreSQL's words know no ё. */
function unaccented(text: string): string {
  return text.replaceAll('ё', 'е').replaceAll('Ё', 'Е')
}
