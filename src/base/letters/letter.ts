import { sql } from 'kysely'
import { NotFound } from '../errors.ts'
import { first, list, type Database } from '../postgres/postgres.ts'

export type NewLetter = {
  /** Says what the letter is about: `reminder:12:3`. A second letter under the same key is not written. */
  key: string
  /** One address, without a name. */
  to: string
  subject: string
  text: string
  /** The same for programs that show HTML; whoever writes it escapes what people typed. */
  html?: string
  /** Such as `list-unsubscribe`. Line breaks in a value are spaces. */
  headers?: { [name: string]: string }
  /** Null: it concerns the installation. */
  project?: number | null
  /** Whom or what it quotes, `ticket:12` or `author:mastodon:…` (an author's id): it is forgotten with them. */
  about?: string[]
  /** Later than this it is of no use; a week when nothing is said. */
  until?: Date
}

/**
 * Writes a letter down, in the transaction of its cause where there is one; it goes out within seconds when there is a
 * mail account, and waits until then when there is none. At most one letter per key: false says that there was one.
 * Throws where `to` is no address: whoever takes addresses from people has checked them.
 */
export async function sendLetter(db: Database, letter: NewLetter): Promise<boolean> {
  const { key, to, subject, text, html = null, headers = {}, project = null, about = [], until = null } = letter
  if (!isAddress(to)) throw new Error('A letter goes to one address')
  const written = await first(
    db,
    sql`
      insert into letter (project_id, key, recipient, subject, text, html, headers, about, until)
      values (${project}, ${key}, ${to}, ${subject.replace(/\s+/g, ' ').trim()}, ${text}, ${html},
        ${JSON.stringify(headers)}::jsonb, ${about}::text[], coalesce(${until}::timestamptz, now() + interval '7 days'))
      on conflict (key) do nothing
      returning id`,
  )
  return written !== null
}

/** One address that a mail server can be told: no name, no list, no line break. */
export function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>,;:"\\()[\]]+@[^\s@<>,;:"\\()[\]]+$/.test(text)
}

export type LetterState = 'waiting' | 'sent' | 'refused' | 'unsure'
/** `problem` names a sentence of the screens; `reason` is what the mail server said, in its words. */
export type LetterProblem = { key: LetterProblemKey; reason?: string }
export const letterProblems = [
  'signed-out',
  'refused-address',
  'unreachable',
  'not-now',
  'rejected',
  'unknown',
  'died',
  'too-late',
] as const
export type LetterProblemKey = (typeof letterProblems)[number]

export type Letter = {
  id: number
  recipient: string
  subject: string
  state: LetterState
  writtenAt: Date
  /** The next try, of one that waits. */
  dueAt: Date
  tries: number
  problem: LetterProblem | null
  endedAt: Date | null
}

/** The newest letters, and how many there are in each state. */
export async function listLetters(
  db: Database,
  limit: number,
): Promise<{ letters: Letter[]; counts: { [state in LetterState]: number } }> {
  const letters = await list(
    db,
    sql<Letter>`
      select id, recipient, subject, state, written_at, due_at, tries, problem, ended_at
      from letter
      order by state in ('waiting', 'unsure') desc, id desc
      limit ${limit}`,
  )
  const counted = await list(
    db,
    sql<{ state: LetterState; count: number }>`select state, count(*) as count from letter group by state`,
  )
  const none = { waiting: 0, sent: 0, refused: 0, unsure: 0 }
  return { letters, counts: { ...none, ...Object.fromEntries(counted.map(({ state, count }) => [state, count])) } }
}

/** A person has decided that a letter which is not known to have arrived goes out again. Throws NotFound otherwise. */
export async function sendAgain(db: Database, id: number): Promise<void> {
  const again = await first(
    db,
    sql`
      update letter
      set state = 'waiting', due_at = date_trunc('milliseconds', now()), until = greatest(until, now() + interval '1 day'), taken_until = null,
        handed_at = null, tries = 0, problem = null, ended_at = null
      where id = ${id} and state in ('refused', 'unsure')
      returning id`,
  )
  if (!again) throw new NotFound()
}

/** Takes out every letter of a project that quotes one of these. */
export async function forgetLetters(tx: Database, project: number, about: string[]): Promise<void> {
  await sql`delete from letter where project_id = ${project} and about && ${about}::text[]`.execute(tx)
}
