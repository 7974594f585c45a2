import { isAPIError } from 'better-auth/api'
import { sql } from 'kysely'
import { NotFound, UserError } from '../errors.ts'
import { first, inTransaction, type Database } from '../postgres/postgres.ts'
import { audit } from './audit.ts'
import type { Auth } from './auth.ts'
import { tidyCode } from './recovery-code.ts'
import type { Scope } from './scope.ts'
import { headersOf, type Client, type Session } from './session.ts'

/** What an app on a phone needs, and ten codes for the day the phone is lost; each works once. */
export type SecondFactorOffer = { uri: string; recoveryCodes: string[] }

/** Prepares a second factor. It is asked for only after `confirmSecondFactor`; until then it can be prepared again. */
export async function offerSecondFactor(
  db: Database,
  auth: Auth,
  client: Client,
  { who }: Pick<Session, 'who'>,
  input: { password: string },
): Promise<SecondFactorOffer> {
  const { password } = await findSignInWays(db, who.id)
  if (!password) {
    throw new UserError('A second factor stands beside a password; set one first', {
      key: 'second-factor-needs-password',
      field: 'password',
    })
  }
  const offered = await asked(
    auth.api.enableTwoFactor({ body: { ...input, method: 'totp' }, headers: headersOf(client) }),
  )
  if (offered.method !== 'totp') throw new Error('The second factor is an app')
  return { uri: offered.totpURI, recoveryCodes: offered.backupCodes }
}

/** Turns it on with a first code of the app. Every other session of the member ends. Returns the cookies of this one. */
export async function confirmSecondFactor(
  db: Database,
  auth: Auth,
  client: Client,
  { who }: Pick<Session, 'who'>,
  input: { code: string; now: Date },
): Promise<string[]> {
  const { code } = tidyCode(input.code)
  if (!(await isFreshCode(db, who.id, code, input.now))) throw wrongCode()
  const { headers } = await asked(
    auth.api.verifyTOTP({ body: { code }, headers: headersOf(client), returnHeaders: true }),
  )
  await inTransaction(db, async (tx) => {
    // better-auth has just begun a new session for this browser.
    await sql`
      delete from session
      where member_id = ${who.id}
        and id <> (select id from session where member_id = ${who.id} order by created_at desc limit 1)`.execute(tx)
    await audit(tx, { project: null, who, action: 'second-factor-on' })
  })
  return headers.getSetCookie()
}

/** Turns it off; the password is asked for again. Returns the cookies of this session. */
export async function endSecondFactor(
  db: Database,
  auth: Auth,
  client: Client,
  { who }: Pick<Session, 'who'>,
  input: { password: string },
): Promise<string[]> {
  const { headers } = await asked(
    auth.api.disableTwoFactor({ body: input, headers: headersOf(client), returnHeaders: true }),
  )
  await audit(db, { project: null, who, action: 'second-factor-off' })
  return headers.getSetCookie()
}

/** Ten new recovery codes; the old ones stop working. */
export async function renewRecoveryCodes(
  db: Database,
  auth: Auth,
  client: Client,
  { who }: Pick<Session, 'who'>,
  input: { password: string },
): Promise<string[]> {
  const { backupCodes } = await asked(auth.api.generateBackupCodes({ body: input, headers: headersOf(client) }))
  await audit(db, { project: null, who, action: 'recovery-codes-made' })
  return backupCodes
}

/** For a colleague who lost phone and codes; heads of the installation only. Their sessions end. */
export async function removeSecondFactor(db: Database, scope: Scope, member: string): Promise<void> {
  if (scope.who.kind !== 'member' || !scope.who.isHead || scope.who.id === member) throw new NotFound()
  await inTransaction(db, async (tx) => {
    const found = await first(
      tx,
      sql<{ email: string }>`
        update member set two_factor_enabled = false
        where id = ${member} and two_factor_enabled
          and id in (select member_id from membership where project_id = ${scope.project.id})
        returning email`,
    )
    if (!found) throw new NotFound()
    await sql`delete from second_factor where member_id = ${member}`.execute(tx)
    await sql`delete from session where member_id = ${member}`.execute(tx)
    await audit(tx, { project: null, who: scope.who, action: 'second-factor-removed', subject: found.email })
  })
}

/** How a member signs in. */
export async function findSignInWays(
  db: Database,
  member: string,
): Promise<{ password: boolean; secondFactor: boolean }> {
  const row = await first(
    db,
    sql<{ password: boolean; secondFactor: boolean }>`
      select two_factor_enabled as second_factor,
        exists (select from credential where member_id = member.id and password is not null) as password
      from member where id = ${member}`,
  )
  return row ?? { password: false, secondFactor: false }
}

// Longer than the minute and a half in which an app's code is taken.
const codeMs = 120_000

/**
 * Whether this code was not tried in the last two minutes, and remembers it. Asked before the code is looked at, so of
 * two requests at once one is refused: a code that somebody saw over a shoulder opens nothing.
 */
export async function isFreshCode(db: Database, member: string, code: string, now: Date): Promise<boolean> {
  await sql`delete from second_factor_code where at <= ${new Date(now.getTime() - codeMs)}`.execute(db)
  const taken = await first(
    db,
    sql`
      insert into second_factor_code (member_id, code, at) values (${member}, ${code}, ${now})
      on conflict do nothing
      returning code`,
  )
  return taken !== null
}

function wrongCode(): UserError {
  return new UserError('This code is not right any more; take the next one', {
    key: 'second-factor-wrong',
    field: 'code',
  })
}

/** What better-auth refuses, in our words. */
async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (!isAPIError(error) || error.statusCode >= 500) throw error
    switch (error.body?.code) {
      case 'INVALID_PASSWORD':
        throw new UserError('This is not your password', { key: 'password-wrong', field: 'password' })
      case 'INVALID_CODE':
        throw wrongCode()
      case 'TOTP_ALREADY_ENABLED':
      case 'TOTP_NOT_ENABLED':
      case 'TWO_FACTOR_NOT_ENABLED':
        throw new UserError('The second factor was changed meanwhile; load the page again', {
          key: 'second-factor-changed',
        })
      default:
        throw error
    }
  }
}
