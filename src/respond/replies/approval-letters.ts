import type { Logger } from 'pino'
import { isAddress, sendLetter } from '../../base/letters/letter.ts'
import type { Database } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import { every } from '../../base/time/every.ts'
import { addressOfRequest, takeUnasked, type Unasked } from './approver.ts'

type Post = { db: Database; secrets: Secrets; config: { publicUrl: string }; now: () => Date }

/** Writes to clients within seconds of a reply that waits for them, until it is disposed. */
export function keepAsking(post: Post & { log: Logger }): AsyncDisposable {
  return every({
    everyMs: 10_000,
    log: post.log,
    what: 'asking clients to approve',
    work: () => writeApprovalLetters(post),
  })
}

/** A letter when a reply begins to wait, and one more a day later; nobody is written for what is settled meanwhile. */
export async function writeApprovalLetters({ db, secrets, config, now }: Post): Promise<void> {
  await takeUnasked(db, now(), async (tx, asked) => {
    if (!isAddress(asked.email)) return
    await sendLetter(tx, {
      key: `approval:${asked.id}${asked.isReminder ? ':reminder' : ''}`,
      to: asked.email,
      ...wordsOf(asked, addressOfRequest(secrets, config.publicUrl, asked.id)),
      project: asked.projectId,
      about: [`ticket:${asked.ticketId}`],
    })
  })
}

// What the customer and the team wrote stays behind the link: a letter lies in mailboxes for years.
function wordsOf({ name, projectName, writer, lang, isReminder }: Unasked, link: string) {
  if (lang === 'ru')
    return {
      subject: `${isReminder ? 'Напоминание. ' : ''}Ответ клиенту ждёт вашего согласования («${projectName}»)`,
      text: [
        `Здравствуйте, ${name}!`,
        `${writer === null ? 'Команда подготовила' : `${writer} подготовил(а)`} ответ и ${isReminder ? 'всё ещё ждёт' : 'просит'} вашего согласования, прежде чем его увидят люди.`,
        `Прочитать, поправить, согласовать или вернуть можно без регистрации по этой ссылке, она только для вас:\n${link}`,
      ].join('\n\n'),
    }
  return {
    subject: `${isReminder ? 'A reminder. ' : ''}A reply to a customer waits for your approval (“${projectName}”)`,
    text: [
      `Hello ${name},`,
      `${writer ?? 'The team'} wrote a reply and ${isReminder ? 'is still waiting' : 'asks'} for your approval before people see it.`,
      `Read it, change it, approve it or give it back by this link; it needs no account and is for you only:\n${link}`,
    ].join('\n\n'),
  }
}
