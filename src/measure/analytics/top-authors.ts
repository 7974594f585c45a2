import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { findOneOfEach, type Large } from './largest.ts'
import type { Condition, Words } from './measure.ts'

export const topAuthorsWords: Words = {
  en: 'Top authors: the known authors with most mentions; name and followers as of their last mention in the period.',
  ru: 'Главные авторы: известные авторы с наибольшим числом упоминаний; имя и подписчики — по их последнему упоминанию в периоде.',
}

export type TopAuthor = {
  id: string
  name: string | null
  handle: string | null
  platform: string
  followers: number | null
  count: number
}

/** The people behind the authors who wrote most. */
export async function findTopAuthors(
  clickhouse: Clickhouse,
  condition: Condition,
  authors: Large[],
): Promise<TopAuthor[]> {
  const rows = await findOneOfEach<Row>(
    clickhouse,
    condition,
    'author_key',
    authors,
    'author_id, author_name, author_handle, platform, author_followers',
  )
  return rows.map((row) => ({
    id: row.author_id,
    name: row.author_name || null,
    handle: row.author_handle || null,
    platform: row.platform,
    followers: row.author_followers,
    count: row.count,
  }))
}

type Row = {
  author_id: string
  author_name: string
  author_handle: string
  platform: string
  author_followers: number | null
}
