import { sql } from 'kysely'
import { must, NotFound } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { addNote } from '../tickets/change.ts'
import { lockTickets } from '../tickets/lock.ts'
import { getTicket } from '../tickets/ticket.ts'
import { addArticle } from './write.ts'

/** Asked of somebody who knows and has no account: they open a link, and what they write comes back into the ticket. */
export type ExpertQuestion = {
  id: number
  projectId: number
  projectName: string
  ticketId: number
  expert: string
  /** Null: whoever asked hands the link over. */
  email: string | null
  text: string
  lang: string
  askedAt: Date
  askedBy: string
  expiresAt: Date
  /** Null: nobody reminds them any more. */
  remindAt: Date | null
  reminded: number
  withdrawnAt: Date | null
  answeredAt: Date | null
  answer: string | null
  articleId: number | null
}

const dayMs = 86_400_000
/** Until the first reminder, and between the following ones. */
const remindAfterMs = dayMs
const mostReminders = 3

export type Asking = { ticket: number; expert: string; email: string | null; text: string; lang: string; days: number }

/** Throws NotFound where the project has no such ticket. A letter is written where there is an address. */
export async function askExpert(
  db: Database,
  project: number,
  asking: Asking,
  by: string,
  now: Date,
): Promise<ExpertQuestion> {
  return inTransaction(db, async (tx) => {
    await getTicket(tx, project, asking.ticket)
    const expiresAt = new Date(now.getTime() + asking.days * dayMs)
    const { id } = must(
      await first(
        tx,
        sql<{ id: number }>`
          insert into expert_question
            (project_id, ticket_id, expert, email, text, lang, asked_at, asked_by, expires_at, remind_at)
          values (${project}, ${asking.ticket}, ${asking.expert}, ${asking.email}, ${asking.text}, ${asking.lang}, ${now},
            ${by}, ${expiresAt}, ${nextReminder(now, expiresAt, 0)})
          returning id`,
      ),
    )
    if (asking.email !== null) await writeLetter(tx, id, 'question', now)
    return getQuestion(tx, project, id)
  })
}

/** Newest first, up to 200. */
export async function listQuestions(db: Database, project: number, ticket: number | null): Promise<ExpertQuestion[]> {
  return list(
    db,
    sql<ExpertQuestion>`
      ${whole}
      where q.project_id = ${project} and (${ticket}::int is null or q.ticket_id = ${ticket})
      order by q.id desc
      limit 200`,
  )
}

export async function getQuestion(db: Database, project: number, id: number): Promise<ExpertQuestion> {
  const question = await first(db, sql<ExpertQuestion>`${whole} where q.project_id = ${project} and q.id = ${id}`)
  if (!question) throw new NotFound()
  return question
}

/** The question that a link names; whoever calls has checked the link. Null: it is gone. */
export async function findQuestion(db: Database, id: number): Promise<ExpertQuestion | null> {
  return first(db, sql<ExpertQuestion>`${whole} where q.id = ${id}`)
}

/** Whether an answer still comes through. */
export function isOpen(question: ExpertQuestion, now: Date): boolean {
  return question.answeredAt === null && question.withdrawnAt === null && question.expiresAt > now
}

/** The link says from now on that the question was taken back. What is answered stays. */
export async function withdrawQuestion(db: Database, project: number, id: number, now: Date): Promise<void> {
  await getQuestion(db, project, id)
  await sql`
    update expert_question
    set withdrawn_at = ${now}, remind_at = null
    where id = ${id} and answered_at is null and withdrawn_at is null`.execute(db)
}

/**
 * The answer stays inside as a note of the ticket, and becomes a draft for whoever writes. Once: a second answer, also
 * one at the same moment, changes nothing, like one after the link has ended; then it returns null.
 */
export async function answerQuestion(
  db: Database,
  id: number,
  text: string,
  now: Date,
): Promise<ExpertQuestion | null> {
  return inTransaction(db, async (tx) => {
    const about = await findQuestion(tx, id)
    if (!about) return null
    await lockTickets(tx, about.projectId)
    const question = await getQuestion(tx, about.projectId, id)
    if (!isOpen(question, now)) return null
    const { projectId, ticketId, expert, lang } = question
    await addNote(tx, projectId, ticketId, text, { id: `expert:${id}`, name: expert })
    const draft = { kind: 'article', lang, title: titleOf(question.text), body: text } as const
    const article = await addArticle(
      tx,
      projectId,
      { ...draft, isPublic: false, ownerId: null, reviewOn: null },
      expert,
    )
    await sql`
      update expert_question
      set answered_at = ${now}, answer = ${text}, article_id = ${article.id}, remind_at = null
      where id = ${id}`.execute(tx)
    return getQuestion(tx, projectId, id)
  })
}

/** Writes what is due by now, each once, also when several processes do it at the same time. Returns how many were due. */
export async function remindExperts(db: Database, now: Date): Promise<number> {
  return inTransaction(db, async (tx) => {
    const due = await list(
      tx,
      sql<{ id: number; email: string | null; expiresAt: Date; reminded: number }>`
        select id, email, expires_at, reminded
        from expert_question
        where remind_at <= ${now}
        order by remind_at
        limit 500
        for update skip locked`,
    )
    for (const { id, email, expiresAt, reminded } of due) {
      await sql`
        update expert_question
        set reminded = ${reminded + 1}, remind_at = ${nextReminder(now, expiresAt, reminded + 1)}
        where id = ${id}`.execute(tx)
      if (email !== null) await writeLetter(tx, id, 'reminder', now)
    }
    return due.length
  })
}

function nextReminder(now: Date, expiresAt: Date, reminded: number): Date | null {
  const next = new Date(now.getTime() + remindAfterMs)
  return reminded < mostReminders && next < expiresAt ? next : null
}

async function writeLetter(tx: Database, question: number, kind: 'question' | 'reminder', now: Date): Promise<void> {
  await sql`
    insert into expert_letter (question_id, kind, written_at) values (${question}, ${kind}, ${now})`.execute(tx)
}

/** The first line of what was asked; 200 letters at most. */
function titleOf(text: string): string {
  const [line = ''] = text.trim().split('\n')
  return line.length <= 200 ? line : `${line.slice(0, line.lastIndexOf(' ', 198)) || line.slice(0, 198)} …`
}

const whole = sql`
  select q.id, q.project_id, p.name as project_name, q.ticket_id, q.expert, q.email, q.text, q.lang, q.asked_at, q.asked_by,
    q.expires_at, q.remind_at, q.reminded, q.withdrawn_at, q.answered_at, q.answer, q.article_id
  from expert_question q
  join project p on p.id = q.project_id`
