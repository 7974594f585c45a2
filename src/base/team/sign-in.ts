import { isAPIError } from 'better-auth/api'
import { sql } from 'kysely'
import { must } from '../errors.ts'
import { first, type Database } from '../postgres/postgres.ts'
import { audit } from './audit.ts'
import type { Auth } from './auth.ts'
import { headersOf, type Client, type WhoMember } from './session.ts'
import { admitTry, forgiveTry } from './sign-in-limit.ts'
import { spendSignInLink } from './sign-in-link.ts'

export type SignedIn =
  | { kind: 'signed-in'; setCookies: string[] }
  | { kind: 'wrong' }
  | { kind: 'too-many'; retryAt: Date }

/** Ten wrong tries a minute from one address, then a pause. What went well and what went wrong is written down. */
export async function signInByPassword(
  db: Database,
  auth: Auth,
  input: { email: string; password: string },
  client: Client,
  now: Date,
): Promise<SignedIn> {
  const email = input.email.trim().toLowerCase()
  const from = { address: client.address, email }
  const admission = await admitTry(db, from, now)
  if (admission.kind === 'refused') return { kind: 'too-many', retryAt: admission.retryAt }
  const answer = await auth.api
    .signInEmail({
      body: { email, password: input.password },
      headers: headersOf({ ...client, cookie: '' }),
      returnHeaders: true,
    })
    .catch((error: unknown) => {
      if (isAPIError(error) && error.statusCode < 500) return null
      throw error
    })
  if (!answer) {
    await audit(db, {
      project: null,
      who: null,
      action: 'sign-in-failed',
      subject: email,
      details: { address: client.address, by: 'password' },
    })
    return { kind: 'wrong' }
  }
  await forgiveTry(db, from, now)
  await welcome(db, answer.response.user.id, client, 'password', now)
  return { kind: 'signed-in', setCookies: answer.headers.getSetCookie() }
}

/** Guessing links is counted like guessing passwords, though nobody guesses 256 bits. */
export async function signInByLink(
  db: Database,
  auth: Auth,
  token: string,
  client: Client,
  now: Date,
): Promise<SignedIn> {
  const from = { address: client.address }
  const admission = await admitTry(db, from, now)
  if (admission.kind === 'refused') return { kind: 'too-many', retryAt: admission.retryAt }
  const member = await spendSignInLink(db, token, now)
  if (!member) {
    await audit(db, {
      project: null,
      who: null,
      action: 'sign-in-failed',
      details: { address: client.address, by: 'link' },
    })
    return { kind: 'wrong' }
  }
  const answer = await auth.api.signInMember({
    body: { member },
    headers: headersOf({ ...client, cookie: '' }),
    returnHeaders: true,
  })
  await forgiveTry(db, from, now)
  await welcome(db, member, client, 'link', now)
  return { kind: 'signed-in', setCookies: answer.headers.getSetCookie() }
}

/** Whoever comes in for the first time speaks the language of their browser until they choose another. */
async function welcome(db: Database, id: string, client: Client, by: 'password' | 'link', now: Date): Promise<void> {
  const member = must(
    await first(
      db,
      sql<Omit<WhoMember, 'kind'>>`
        update member
        set
          locale = case when last_seen_at is null then coalesce(${client.locale}, locale) else locale end,
          last_seen_at = ${now}
        where id = ${id}
        returning id, name, email, locale, is_head`,
    ),
  )
  await audit(db, {
    project: null,
    who: { ...member, kind: 'member' },
    action: 'sign-in',
    subject: member.email,
    details: { address: client.address, by },
  })
  await sql`delete from session where expires_at < ${now}`.execute(db)
}
