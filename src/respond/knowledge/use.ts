import { sql } from 'kysely'
import { NotFound } from '../../base/errors.ts'
import { inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { getTicket } from '../tickets/ticket.ts'
import { getArticle } from './article.ts'
import { fillIn, type Filled, type VariableValues } from './variables.ts'

/**
 * Takes the current text of an article into an answer: its variables filled for the ticket, and that it was used is kept.
 * Throws NotFound where there is no such text, or no such ticket.
 */
export async function useArticle(
  db: Database,
  project: { id: number; name: string },
  id: number,
  use: {
    lang: string
    ticket: number | null
    handle: string | null
    by: string
    /** Where the customer tells whether it is solved; null where others could open it too. */
    question?: string | null
  },
): Promise<Filled> {
  return inTransaction(db, async (tx) => {
    const article = await getArticle(tx, project.id, id)
    const text = article.texts.find(({ lang }) => lang === use.lang)
    if (!text) throw new NotFound()
    const ticket = use.ticket === null ? null : await getTicket(tx, project.id, use.ticket)
    await sql`
      insert into article_use (project_id, article_id, ticket_id, lang, version, used_by)
      values (${project.id}, ${id}, ${use.ticket}, ${use.lang}, ${text.version}, ${use.by})`.execute(tx)
    const values: VariableValues = {
      'customer.name': ticket?.customerName ?? null,
      'author.handle': use.handle,
      'ticket.number': ticket && `#${ticket.id}`,
      'ticket.title': ticket?.title ?? null,
      'member.name': use.by,
      'project.name': project.name,
      'question.link': use.question ?? null,
    }
    return fillIn(text.body, values)
  })
}
