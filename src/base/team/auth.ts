import { randomUUID } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { sql } from 'kysely'
import type { BetterAuthPlugin } from 'better-auth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { z } from 'zod'
import { must, NotFound } from '../errors.ts'
import { first, type Database } from '../postgres/postgres.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { longestPassword, shortestPassword } from './password.ts'
import { newRecoveryCodes } from './recovery-code.ts'
import { newToken } from './token.ts'

/** How long somebody has for the second factor after the first. */
export const challengeMs = 10 * 60_000
/** How long nobody comes in by the second factor after ten wrong codes in a row. */
export const lockoutMs = 15 * 60_000
const sessionSeconds = 30 * 24 * 60 * 60

/** The header in which the door tells the client's address; whatever a client sends under this name is dropped. */
export const addressHeader = 'x-heed-address'

/**
 * better-auth keeps passwords, sessions and cookies; its own routes are never opened, we call it from ours.
 * It runs without transactions, because the embedded database has one connection, and never inside one of ours.
 */
export async function openAuth(db: Database, options: { secrets: Secrets; publicUrl: string }) {
  return betterAuth({
    baseURL: options.publicUrl,
    secret: await cookieSecret(db, options.secrets),
    database: { db, type: 'postgres', transaction: false },
    user: {
      modelName: 'member',
      additionalFields: {
        locale: { type: 'string', required: false, input: false },
        isHead: { type: 'boolean', required: false, input: false },
        lastSeenAt: { type: 'date', required: false, input: false },
      },
    },
    session: {
      fields: { userId: 'memberId' },
      additionalFields: { byLink: { type: 'boolean', required: false, input: false } },
      expiresIn: sessionSeconds,
    },
    account: { modelName: 'credential', fields: { userId: 'memberId' } },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
    },
    plugins: [
      byLink,
      twoFactor({
        issuer: 'Heed',
        schema: { twoFactor: { modelName: 'second_factor', fields: { userId: 'memberId' } } },
        twoFactorCookieMaxAge: challengeMs / 1000,
        accountLockout: { maxFailedAttempts: 10, durationSeconds: lockoutMs / 1000 },
        backupCodeOptions: { storeBackupCodes: 'encrypted', customBackupCodesGenerate: () => newRecoveryCodes() },
      }),
    ],
    // Ours counts wrong tries only, and knows the client's address from the connection.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix: 'heed',
      useSecureCookies: options.publicUrl.startsWith('https:'),
      database: { generateId: () => randomUUID(), validateSchema: false },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
  })
}

export type Auth = Awaited<ReturnType<typeof openAuth>>

/**
 * Begins a session for a member whose link was just spent. Its path is one of those after which better-auth asks for
 * the second factor: a link replaces the password and nothing else.
 */
const byLink = {
  id: 'by-link',
  endpoints: {
    signInMember: createAuthEndpoint(
      '/sign-in/username',
      { method: 'POST', body: z.object({ member: z.string() }), requireHeaders: true, metadata: { SERVER_ONLY: true } },
      async (ctx) => {
        const user = await ctx.context.internalAdapter.findUserById(ctx.body.member)
        if (!user) throw new NotFound()
        const session = await ctx.context.internalAdapter.createSession(user.id, false, { byLink: true })
        await setSessionCookie(ctx, { session, user })
        return ctx.json({ ok: true })
      },
    ),
  },
} satisfies BetterAuthPlugin

/** The same for all processes. When the key of the installation was lost, a new one is made and everybody signs in again. */
async function cookieSecret(db: Database, secrets: Secrets): Promise<string> {
  const read = async () => {
    const row = await first(db, sql<{ sealed: string }>`select sealed from cookie_secret`)
    const opened = row && secrets.open('cookies', row.sealed)
    return opened?.kind === 'opened' ? opened.text : null
  }
  const known = await read()
  if (known) return known
  const stale = await first(db, sql<{ sealed: string }>`select sealed from cookie_secret`)
  if (stale) await sql`delete from cookie_secret where sealed = ${stale.sealed}`.execute(db)
  await sql`insert into cookie_secret (sealed) values (${secrets.seal('cookies', newToken())}) on conflict do nothing`.execute(
    db,
  )
  return must(await read(), 'secret of the cookies')
}
