import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import type { Words } from '../analytics/measure.ts'

export const servedWords: Words = {
  en: 'Before and after: what the authors of the answered tickets wrote in the 30 days before our first answer to them, and in the 30 days after it. The ratio is positive ÷ negative mentions; unknown without a negative one. Turned: the last mention with a known tonality before the answer was negative, and the last one after it is positive.',
  ru: 'До и после: что авторы отвеченных тикетов написали за 30 дней до нашего первого ответа им и за 30 дней после него. Отношение — позитивные ÷ негативные упоминания; неизвестно, если негативных нет. Обращён: последнее упоминание с известной тональностью до ответа негативное, а последнее после него — позитивное.',
}

/** Somebody we answered, by their account, and when for the first time. */
export type Served = { author: string; at: Date }

type Tonality = { positive: number; negative: number }
export type Turned = { author: string; before: string; after: string; afterAt: Date }
export type BeforeAndAfter = {
  authors: number
  before: Tonality
  after: Tonality
  /** The ids of the mentions, the newest turn first. */
  turned: Turned[]
}

const days = 30

/** An author who is named twice counts from the earliest answer on. */
export async function compareServed(
  clickhouse: Clickhouse,
  project: number,
  served: Served[],
): Promise<BeforeAndAfter> {
  const firstAt = new Map<string, number>()
  for (const { author, at } of served)
    firstAt.set(author, Math.min(at.getTime(), firstAt.get(author) ?? Number.POSITIVE_INFINITY))
  const nothing = { positive: 0, negative: 0 }
  if (firstAt.size === 0) return { authors: 0, before: nothing, after: nothing, turned: [] }
  const times = [...firstAt.values()]
  const rows = await clickhouse.rows<Row>(
    `select author, countIf(positive and early) as p_before, countIf(negative and early) as n_before,
       countIf(positive and not early) as p_after, countIf(negative and not early) as n_after,
       argMaxIf(id, posted, early) as before_id, argMaxIf(negative, posted, early) as was_negative,
       argMaxIf(id, posted, not early) as after_id, argMaxIf(positive, posted, not early) as is_positive,
       maxIf(posted, not early) as after_at
     from (
       select m.author_id as author, m.id as id, toUnixTimestamp64Milli(m.posted_at) as posted, posted <= s.served_at as early,
         m.sentiment = 'positive' as positive, m.sentiment = 'negative' as negative
       from (
         select author_id, id, posted_at, sentiment
         from mention final
         where project_id = {project:UInt32} and posted_at >= {from:DateTime64(3)} and posted_at < {to:DateTime64(3)}
           and author_key in (select cityHash64(arrayJoin({authors:Array(String)}))) and sentiment != ''
       ) m
       inner join (
         select pair.1 as author_id, pair.2 as served_at
         from (select arrayJoin(arrayZip({authors:Array(String)}, {times:Array(Int64)})) as pair)
       ) s on s.author_id = m.author_id
       where abs(posted - s.served_at) <= ${days * 86_400_000}
     )
     group by author`,
    {
      project,
      authors: [...firstAt.keys()],
      times,
      from: moment(new Date(least(times) - days * 86_400_000)),
      to: moment(new Date(greatest(times) + days * 86_400_000 + 1)),
    },
  )
  const sum = (of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0)
  return {
    authors: firstAt.size,
    before: { positive: sum((row) => row.p_before), negative: sum((row) => row.n_before) },
    after: { positive: sum((row) => row.p_after), negative: sum((row) => row.n_after) },
    turned: rows
      .filter(
        (row) => Boolean(row.was_negative) && Boolean(row.is_positive) && row.before_id !== '' && row.after_id !== '',
      )
      .map((row) => ({
        author: row.author,
        before: row.before_id,
        after: row.after_id,
        afterAt: new Date(row.after_at),
      }))
      .toSorted((one, other) => other.afterAt.getTime() - one.afterAt.getTime()),
  }
}

type Row = {
  author: string
  p_before: number
  n_before: number
  p_after: number
  n_after: number
  before_id: string
  was_negative: number | boolean
  after_id: string
  is_positive: number | boolean
  after_at: number
}

/** Positive ÷ negative; null without a negative one. */
export function ratioOf({ positive, negative }: Tonality): number | null {
  return negative === 0 ? null : positive / negative
}

// A spread of a hundred thousand arguments would be too many for the stack.
function least(times: number[]): number {
  return times.reduce((one, other) => Math.min(one, other))
}

function greatest(times: number[]): number {
  return times.reduce((one, other) => Math.max(one, other))
}
