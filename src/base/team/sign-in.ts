import { isAPIError } from 'better-auth/api'
import { sql } from 'kysely'
import { must, UserError } from '../errors.ts'
import { first, type Database } from '../postgres/postgres.ts'
import { audit } from './audit.ts'
import { challengeMs, lockoutMs, type Auth } from './auth.ts'
import { headersOf, type Client, type WhoMember } from './session.ts'
import { tidyCode } from './recovery-code.ts'
import { isFreshCode } from './second-factor.ts'
import { admitTry, forgiveTry } from './sign-in-limit.ts'
import { firstHeadName, spendSignInLink } from './sign-in-link.ts'

export type SignedIn =
  | { kind: 'signed-in'; setCookies: string[] }
  /** The first factor was right, and the second is asked for; the cookies say whose. */
  | { kind: 'second-factor'; setCookies: string[] }
  /** Nobody is half-way in with these cookies, or not any more: the first factor comes first. */
  | { kind: 'expired' }
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
  const setCookies = answer.headers.getSetCookie()
  if (!('user' in answer.response)) return { kind: 'second-factor', setCookies }
  await welcome(db, answer.response.user.id, client, 'password', now)
  return { kind: 'signed-in', setCookies }
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
  const setCookies = answer.headers.getSetCookie()
  if ('twoFactorRedirect' in answer.response) return { kind: 'second-factor', setCookies }
  await welcome(db, member, client, 'link', now)
  return { kind: 'signed-in', setCookies }
}

/**
 * The code of an app, or a recovery code, after the first factor. A code opens once; wrong ones are counted for the
 * address, for the email, for this way in (five) and for the member (ten in a row, then a quarter of an hour).
 */
export async function signInBySecondFactor(
  db: Database,
  auth: Auth,
  text: string,
  client: Client,
  now: Date,
): Promise<SignedIn> {
  const halfway = await findHalfway(db, client.cookie, now)
  if (!halfway) return { kind: 'expired' }
  const from = { address: client.address, email: halfway.email }
  const admission = await admitTry(db, from, now)
  if (admission.kind === 'refused') return { kind: 'too-many', retryAt: admission.retryAt }
  const { kind, code } = tidyCode(text)
  if (kind === 'app' && !(await isFreshCode(db, halfway.id, code, now)))
    throw new UserError('This code was used already; wait for the next one', {
      key: 'second-factor-used',
      field: 'code',
    })
  // Without a session of somebody: better-auth would only compare the code and begin none.
  const headers = headersOf({ ...client, cookie: halfway.cookie })
  const asked = { body: { code }, headers, returnHeaders: true } as const
  const answer = await (kind === 'app' ? auth.api.verifyTOTP(asked) : auth.api.verifyBackupCode(asked)).catch(refusal)
  if (typeof answer === 'string') {
    await audit(db, {
      project: null,
      who: null,
      action: 'sign-in-failed',
      subject: halfway.email,
      details: { address: client.address, by: 'second factor' },
    })
    if (answer === 'locked') return { kind: 'too-many', retryAt: new Date(now.getTime() + lockoutMs) }
    return { kind: answer }
  }
  await forgiveTry(db, from, now)
  // Whoever comes by a link may set a new password; this holds after the second factor as well.
  await sql`
    update session set by_link = true
    where token = ${answer.response.token} and exists (
      select from sign_in_link where member_id = ${halfway.id} and used_at > ${new Date(now.getTime() - challengeMs)}
    )`.execute(db)
  await welcome(db, halfway.id, client, kind === 'app' ? 'second factor' : 'recovery code', now)
  return { kind: 'signed-in', setCookies: answer.headers.getSetCookie() }
}

/** Who gave the first factor with these cookies. Their signature is checked by better-auth before anything opens. */
async function findHalfway(
  db: Database,
  cookies: string,
  now: Date,
): Promise<{ id: string; email: string; cookie: string } | null> {
  const cookie = cookies.split(/;\s*/).find((one) => /^[\w.-]*heed\.two_factor=/.test(one))
  const [, challenge] = /=(2fa-[\w-]+)\./.exec(cookie ?? '') ?? []
  if (cookie === undefined || challenge === undefined) return null
  const member = await first(
    db,
    sql<{ id: string; email: string }>`
      select m.id, m.email
      from verification v
      join member m on m.id = v.value
      where v.identifier = ${challenge} and v.expires_at > ${now}`,
  )
  return member && { ...member, cookie }
}

function refusal(error: unknown): 'wrong' | 'expired' | 'locked' {
  if (!isAPIError(error) || error.statusCode >= 500) throw error
  switch (error.body?.code) {
    case 'INVALID_CODE':
    case 'INVALID_BACKUP_CODE':
      return 'wrong'
    case 'ACCOUNT_TEMPORARILY_LOCKED':
      return 'locked'
    default:
      return error.statusCode === 409 ? 'wrong' : 'expired'
  }
}

/** Whoever comes in for the first time speaks the language of their browser until they choose another. */
async function welcome(db: Database, id: string, client: Client, by: string, now: Date): Promise<void> {
  const member = must(
    await first(
      db,
      sql<Omit<WhoMember, 'kind'>>`
        update member
        set
          name = case
            when last_seen_at is null and name = ${firstHeadName.en} and ${client.locale}::text = 'ru' then ${firstHeadName.ru}
            else name
          end,
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
