import { sql } from 'kysely'
import { must } from '../../base/errors.ts'
import { isAddress, sendLetter } from '../../base/letters/letter.ts'
import { inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import { addressOfQuestion } from './expert-link.ts'
import { findQuestion, isOpen, type ExpertQuestion } from './expert.ts'

type Post = { db: Database; secrets: Secrets; publicUrl: string; now: Date }

/**
 * Hands over what experts are to be written, each once. Nobody is written who has answered meanwhile, whose question was
 * taken back or is over.
 */
export async function writeExpertLetters({ db, secrets, publicUrl, now }: Post): Promise<void> {
  await inTransaction(db, async (tx) => {
    const unsent = await list(
      tx,
      sql<{ id: number; questionId: number; kind: 'question' | 'reminder' }>`
        select id, question_id, kind
        from expert_letter
        where sent_at is null
        order by id
        limit 200
        for update skip locked`,
    )
    for (const { id, questionId, kind } of unsent) {
      const question = must(await findQuestion(tx, questionId))
      const { email } = question
      if (email !== null && isAddress(email) && isOpen(question, now))
        await sendLetter(tx, {
          key: `expert:${id}`,
          to: email,
          ...wordsOf(kind, question, addressOfQuestion(secrets, publicUrl, questionId)),
          project: question.projectId,
          about: [`ticket:${question.ticketId}`],
          until: question.expiresAt,
        })
      await sql`update expert_letter set sent_at = ${now} where id = ${id}`.execute(tx)
    }
  })
}

function wordsOf(kind: 'question' | 'reminder', question: ExpertQuestion, link: string) {
  const { expert, askedBy, projectName, text } = question
  const [line = ''] = text.trim().split('\n')
  const brief = line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line
  const day = new Intl.DateTimeFormat(question.lang === 'ru' ? 'ru' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(question.expiresAt)
  const quoted = text.replace(/^/gm, '> ')
  if (question.lang === 'ru')
    return {
      subject: kind === 'question' ? `Вопрос: ${brief}` : `Напоминание. Вопрос: ${brief}`,
      text: [
        `Здравствуйте, ${expert}!`,
        kind === 'question'
          ? `${askedBy} («${projectName}») просит помочь с ответом клиенту:`
          : `${askedBy} («${projectName}») всё ещё ждёт вашего ответа на вопрос:`,
        quoted,
        `Ответить можно без регистрации до ${day} по этой ссылке, она только для вас:\n${link}`,
        'Если вопрос не к вам, скажите об этом по той же ссылке: его передадут другому.',
      ].join('\n\n'),
    }
  return {
    subject: kind === 'question' ? `A question: ${brief}` : `A reminder. A question: ${brief}`,
    text: [
      `Hello ${expert},`,
      kind === 'question'
        ? `${askedBy} (“${projectName}”) asks for your help with an answer to a customer:`
        : `${askedBy} (“${projectName}”) is still waiting for your answer to this question:`,
      quoted,
      `Please answer until ${day} by this link; it needs no account and is for you only:\n${link}`,
      'If somebody else should be asked, say so there, and it will be passed on.',
    ].join('\n\n'),
  }
}
