import { isAPIError } from 'better-auth/api'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { must, UserError } from '../errors.ts'
import { first, inTransaction, type Database } from '../postgres/postgres.ts'
import { audit } from './audit.ts'
import { addressHeader, type Auth } from './auth.ts'
import { shortestPassword } from './password.ts'
import type { Who } from './scope.ts'
import { spendSignInLink } from './sign-in-link.ts'
import { admitTry, forgiveTry } from './sign-in-limit.ts'

export type WhoMember = Extract<Who, { kind: 'member' }>
/** What the door knows of a client: its cookies, its browser, and the address of its connection. */
export type Client = { cookie: string; userAgent: string; address: string }

export type SignedIn =
  | { kind: 'signed-in'; setCookies: string[] }
  | { kind: 'wrong' }
  | { kind: 'too-many'; retryAt: Date }

/** The member behind the cookie, and cookies to send back when the session was prolonged. Null: nobody, or no longer. */
export async function findBySession(
  db: Database,
  auth: Auth,
  client: Client,
  now: Date,
): Promise<{ who: WhoMember; session: string; byLink: boolean; setCookies: string[] } | null> {
  const { headers, response } = await auth.api.getSession({ headers: headersOf(client), returnHeaders: true })
  if (!response) return null
  const { user, session } = response
  if (!user.lastSeenAt || now.getTime() - user.lastSeenAt.getTime() > 5 * 60_000) {
    await sql`update member set last_seen_at = ${now} where id = ${user.id}`.execute(db)
  }
  const who: WhoMember = {
    kind: 'member',
    id: user.id,
    name: user.name,
    email: user.email,
    locale: user.locale === 'ru' ? 'ru' : 'en',
    isHead: user.isHead === true,
  }
  return { who, session: session.id, byLink: session.byLink === true, setCookies: headers.getSetCookie() }
}

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

/** Returns the cookies that make the browser forget. */
export async function signOut(db: Database, auth: Auth, client: Client, who: WhoMember): Promise<string[]> {
  const answer = await auth.api.signOut({ headers: headersOf(client), returnHeaders: true })
  await audit(db, { project: null, who, action: 'sign-out' })
  return answer.headers.getSetCookie()
}

/**
 * The old password is asked for unless there is none or the person came by a one-time link, which is the way back
 * for those who forgot it. All other sessions of the member end.
 */
export async function setPassword(
  db: Database,
  session: { who: WhoMember; session: string; byLink: boolean },
  input: { password: string; current: string | null },
): Promise<void> {
  if (input.password.length < shortestPassword) {
    throw new UserError(`A password needs at least ${shortestPassword} characters`, {
      key: 'password-too-short',
      values: { minimum: shortestPassword },
      field: 'password',
    })
  }
  const { who } = session
  const known = await first(
    db,
    sql<{
      password: string
    }>`select password from credential where member_id = ${who.id} and provider_id = 'credential' and password is not null`,
  )
  if (
    known &&
    !session.byLink &&
    !(input.current !== null && (await verifyPassword({ hash: known.password, password: input.current })))
  ) {
    throw new UserError('The current password is needed, and this is not it', {
      key: 'password-current-wrong',
      field: 'currentPassword',
    })
  }
  const hash = await hashPassword(input.password)
  await inTransaction(db, async (tx) => {
    await sql`
      insert into credential (id, member_id, account_id, provider_id, password)
      values (${randomUUID()}, ${who.id}, ${who.id}, 'credential', ${hash})
      on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = now()`.execute(tx)
    await sql`delete from session where member_id = ${who.id} and id <> ${session.session}`.execute(tx)
    await sql`update session set by_link = false where id = ${session.session}`.execute(tx)
    await audit(tx, { project: null, who, action: 'password-set' })
  })
}

async function welcome(db: Database, id: string, client: Client, by: 'password' | 'link', now: Date): Promise<void> {
  const member = must(
    await first(
      db,
      sql<
        Omit<WhoMember, 'kind'>
      >`update member set last_seen_at = ${now} where id = ${id} returning id, name, email, locale, is_head`,
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

function headersOf(client: Client): Headers {
  return new Headers({ cookie: client.cookie, 'user-agent': client.userAgent, [addressHeader]: client.address })
}
