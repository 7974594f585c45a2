import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import { share, type Estimate } from '../../listen/topics/estimate.ts'

/** How the tickets ended in which an article or a canned part went into a reply. */
export type ArticleScore = {
  articleId: number
  /** Tickets with a reply that was sent after the text was taken. */
  tickets: number
  satisfied: number
  unsatisfied: number
  /** Satisfied ÷ satisfied or not, with Wilson's 95 % interval; null: of none of them it is known. */
  share: Estimate | null
}

export const articleScoreWords = {
  en: 'Score: tickets whose author was satisfied ÷ those satisfied or not, over the tickets in which this text was taken and a reply was sent afterwards; with Wilson’s 95 % interval. A ticket counts once. Silence counts for neither.',
  ru: 'Оценка: тикеты, автор которых остался доволен, ÷ те, где доволен или недоволен, — из тикетов, где этот текст взяли и после этого отправили ответ; интервал Уилсона 95 %. Тикет считается один раз. Молчание не считается ни за то, ни за другое.',
}

/** Of every text of the project that went into a reply. */
export async function scoreArticles(db: Database, project: number): Promise<ArticleScore[]> {
  const rows = await list(
    db,
    sql<Omit<ArticleScore, 'share'>>`
      select u.article_id, count(*)::int as tickets,
        count(*) filter (where o.result = 'satisfied')::int as satisfied,
        count(*) filter (where o.result = 'unsatisfied')::int as unsatisfied
      from (
        select article_id, ticket_id, min(used_at) as used_at
        from article_use
        where project_id = ${project} and ticket_id is not null
        group by article_id, ticket_id
      ) u
      left join ticket_outcome o on o.ticket_id = u.ticket_id
      where exists (
        select from reply r where r.ticket_id = u.ticket_id and r.state = 'sent' and r.sent_at >= u.used_at
      )
      group by u.article_id
      order by u.article_id`,
  )
  return rows.map((row) => ({ ...row, share: share(row.satisfied, row.satisfied + row.unsatisfied) }))
}
