import { sql } from 'kysely'
import { assertNever } from '../errors.ts'
import { submitMail, type Submitted } from '../mail/submit.ts'
import { first, type Database } from '../postgres/postgres.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { findLetterAccount, senderOf, type LetterAccount } from './account.ts'
import type { LetterProblem } from './letter.ts'

export type LetterWorld = {
  db: Database
  secrets: Secrets
  config: { letters: { url: string; from: string } | null }
  /** Which addresses sockets may be opened to. */
  allows: (address: string) => boolean
  now: () => Date
}

type Taken = {
  id: number
  messageId: string
  recipient: string
  subject: string
  text: string
  html: string | null
  headers: { [name: string]: string }
  until: Date
  takenUntil: Date
  tries: number
}

const minute = 60_000
const leaseMs = 3 * minute
const submitMs = 2 * minute
const waits = [1, 5, 15, 60, 4 * 60, 12 * 60].map((minutes) => minutes * minute)

/**
 * Sends every letter that is due, oldest first, until none is left or the account is in trouble. A letter goes out again
 * by itself only when the server certainly does not have it: SMTP has no question “did you take it?”, and two reminders
 * of one thing cost more trust than a letter that a person has to send again. So where the connection broke or the
 * process died after the text had begun to go over, the letter is unsure and waits for a person. Its Message-ID stays the
 * same, by which many mail programs show two copies as one.
 */
export async function deliverLetters(world: LetterWorld, signal: AbortSignal): Promise<void> {
  const { db, now } = world
  await settleAbandoned(db, now())
  const account = await findLetterAccount({ ...world, letters: world.config.letters })
  if (account === null) return
  while (!signal.aborted) {
    const letter = await takeDue(db, now())
    if (letter === null) return
    if (letter.until < now()) await end(db, letter, 'refused', { key: 'too-late' }, now())
    else if (!(await settle(db, letter, await submit(world, account, letter, signal), now()))) return
  }
}

async function submit(
  { db, allows, now }: LetterWorld,
  account: LetterAccount,
  letter: Taken,
  stopping: AbortSignal,
): Promise<Submitted> {
  const domain = account.address.slice(account.address.lastIndexOf('@') + 1)
  const message = {
    messageId: `<heed.${letter.messageId}@${domain}>`,
    from: senderOf(account),
    to: letter.recipient,
    subject: letter.subject,
    text: letter.text,
    ...(letter.html === null ? {} : { html: letter.html }),
    // Machines that answer letters leave alone what a machine wrote (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated', ...letter.headers },
  }
  return submitMail(account.login, message, {
    allows: account.byEnvironment ? () => true : allows,
    signal: AbortSignal.any([stopping, AbortSignal.timeout(submitMs)]),
    // Written before the first byte of the text leaves; whoever has lost the letter meanwhile does not send it.
    beforeText: async () => {
      const mine = await first(
        db,
        sql`
          update letter set handed_at = ${now()}
          where id = ${letter.id} and taken_until = ${letter.takenUntil} and handed_at is null and state = 'waiting'
          returning id`,
      )
      if (!mine) throw new Error('another process has the letter')
    },
  })
}

/** Writes down what came of it; false when the next letter would meet the same trouble. */
async function settle(db: Database, letter: Taken, outcome: Submitted, now: Date): Promise<boolean> {
  const problem = problemOf(outcome)
  switch (outcome.kind) {
    case 'accepted':
      await end(db, letter, 'sent', null, now)
      return true
    case 'rejected':
      await end(db, letter, 'refused', problem, now)
      return true
    case 'unknown':
      await end(db, letter, 'unsure', problem, now)
      return true
    case 'not-now':
      await later(db, letter, problem, now)
      return true
    case 'signed-out':
    case 'unreachable':
    case 'refused-address':
      await later(db, letter, problem, now)
      return false
    default:
      return assertNever(outcome)
  }
}

/** What the screens say of an outcome; null: the server has taken the letter. */
export function problemOf(outcome: Submitted): LetterProblem | null {
  if (outcome.kind === 'accepted') return null
  if (outcome.kind === 'refused-address') return { key: outcome.kind }
  return { key: outcome.kind, reason: outcome.reason }
}

async function takeDue(db: Database, now: Date): Promise<Taken | null> {
  return first(
    db,
    sql<Taken>`
      update letter
      set taken_until = ${new Date(now.getTime() + leaseMs)}, tries = tries + 1
      where id = (
        select id from letter
        where state = 'waiting' and due_at <= ${now} and handed_at is null and (taken_until is null or taken_until < ${now})
        order by due_at, written_at, id
        limit 1
        for update skip locked
      )
      returning id, message_id, recipient, subject, text, html, headers, until, taken_until, tries`,
  )
}

/** Whoever had these in hand died after their text had begun to go over. */
async function settleAbandoned(db: Database, now: Date): Promise<void> {
  await sql`
    update letter
    set state = 'unsure', ended_at = ${now}, problem = ${JSON.stringify({ key: 'died' })}::jsonb
    where state = 'waiting' and handed_at is not null and taken_until < ${now}`.execute(db)
}

/** What was sent is not kept: it may speak of people. What was not sent stays for whoever sends it again. */
async function end(
  db: Database,
  { id, takenUntil }: Taken,
  state: 'sent' | 'refused' | 'unsure',
  problem: LetterProblem | null,
  now: Date,
): Promise<void> {
  await sql`
    update letter
    set state = ${state}, ended_at = ${now}, taken_until = null, problem = ${problem && JSON.stringify(problem)}::jsonb,
      text = case when ${state}::text = 'sent' then '' else text end,
      html = case when ${state}::text = 'sent' then null else html end
    where id = ${id} and taken_until = ${takenUntil}`.execute(db)
}

async function later(db: Database, letter: Taken, problem: LetterProblem | null, now: Date): Promise<void> {
  const waitMs = waits[Math.min(letter.tries, waits.length) - 1] ?? minute
  await sql`
    update letter
    set due_at = ${new Date(now.getTime() + waitMs)}, taken_until = null, handed_at = null,
      problem = ${problem && JSON.stringify(problem)}::jsonb
    where id = ${letter.id} and taken_until = ${letter.takenUntil}`.execute(db)
}
