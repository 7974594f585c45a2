import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { Words } from '../../measure/analytics/measure.ts'
import { promisesIn } from '../replies/checks/promise.ts'

/** Something we told a person that we would do, in a ticket that is not solved yet. */
export type Promised = {
  ticketId: number
  /** The sentence as they read it. */
  words: string
  at: Date
  by: string | null
  /** Who works on the ticket and so keeps it; null: nobody. */
  keeper: string | null
  /** When the next clock of the ticket ends; null: none runs. */
  dueAt: Date | null
}

export const promisedWords: Words = {
  en: 'Open promises: sentences of our sent replies to this person that say something will be done, as the check before sending reads them, while their ticket is neither solved nor closed.',
  ru: 'Открытые обещания: предложения из наших отправленных ответов этому человеку, в которых сказано, что что-то будет сделано (их находит та же проверка перед отправкой), пока тикет не решён и не закрыт.',
}

const mostReplies = 100

/** What these accounts of one person were promised and wait for, oldest first. */
export async function listPromised(db: Database, project: number, accounts: string[]): Promise<Promised[]> {
  const replies = await list(
    db,
    sql<Omit<Promised, 'words'> & { text: string }>`
      select r.ticket_id, r.text, r.sent_at as at, r.sent_by as by, m.name as keeper, nullif(t.hurts_at, 'infinity') as due_at
      from reply r
      join ticket t on t.id = r.ticket_id and t.status in ('open', 'pending')
      left join member m on m.id = t.assignee
      where r.project_id = ${project} and r.state = 'sent' and r.answers -> 'author' ->> 'id' = any(${accounts}::text[])
      order by r.sent_at desc
      limit ${mostReplies}`,
  )
  return replies.toReversed().flatMap(({ text, ...reply }) => promisesIn(text).map((words) => ({ ...reply, words })))
}
