import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { JudgedField } from '../../listen/mentions/judged-columns.ts'
import type { Words } from './measure.ts'

export const agreementWords: Words = {
  en: 'Agreement: Krippendorff’s alpha of the last words that different people said of the same mention; 1: always the same, 0: no more often than by chance. Whoever speaks second has seen the first word, so take it for the most that is possible. Unknown below 20 pairs.',
  ru: 'Согласие: альфа Криппендорфа по последним оценкам разных людей одного и того же упоминания; 1 — всегда одинаково, 0 — не чаще, чем случайно. Второй видел оценку первого, поэтому это верхняя граница. Неизвестно, пока пар меньше 20.',
}

export type Agreement = {
  field: JudgedField
  /** Null below 20 pairs, and when everybody always said one and the same. */
  alpha: number | null
  pairs: number
}

export const fewestPairs = 20

/** How far people agree with each other: no machine that learns from them can be more right than that. */
export async function measureAgreement(db: Database, project: number): Promise<Agreement[]> {
  const rows = await list(
    db,
    sql<{ field: JudgedField; values: string[] }>`
      select field, array_agg(to_value order by actor_id) as "values"
      from (
        select distinct on (mention_id, field, actor_id) mention_id, field, actor_id, to_value
        from correction
        where project_id = ${project} and actor_id not like 'key:%'
        order by mention_id, field, actor_id, id desc
      ) as last_words
      where to_value is not null
      group by mention_id, field
      having count(*) > 1`,
  )
  return (['sentiment', 'stage', 'place'] as const).map((field) => {
    const units = rows.filter((row) => row.field === field).map(({ values }) => values)
    const pairs = units.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0)
    return { field, pairs, alpha: pairs < fewestPairs ? null : alphaOf(units) }
  })
}

/**
 * Krippendorff’s alpha for names without an order (“Computing Krippendorff’s Alpha-Reliability”, 2011, C); each unit holds
 * what was said of one thing. Null where no two things were called differently.
 */
export function alphaOf(units: string[][]): number | null {
  const totals = new Map<string, number>()
  let all = 0
  let disagreed = 0
  for (const values of units) {
    if (values.length < 2) continue
    const counts = new Map<string, number>()
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
    all += values.length
    for (const [value, count] of counts) {
      totals.set(value, (totals.get(value) ?? 0) + count)
      disagreed += (count * (values.length - count)) / (values.length - 1)
    }
  }
  let expected = 0
  for (const count of totals.values()) expected += count * (all - count)
  return expected === 0 ? null : 1 - ((all - 1) * disagreed) / expected
}
