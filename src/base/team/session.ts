import { sql } from 'kysely'
import type { Database } from '../postgres/postgres.ts'
import { audit } from './audit.ts'
import { addressHeader, type Auth } from './auth.ts'
import type { Who } from './scope.ts'

export type WhoMember = Extract<Who, { kind: 'member' }>
/**
 * What the door knows of a client: its cookies, its browser, the address of its connection, and the language it asks
 * for; null when it asks for none of ours.
 */
export type Client = { cookie: string; userAgent: string; address: string; locale: 'en' | 'ru' | null }

/** `byLink`: it began with a one-time link. `setCookies` go back with the answer when it was prolonged. */
export type Session = { id: string; who: WhoMember; byLink: boolean; setCookies: string[] }

/** The session behind the cookie. Null: nobody, or no longer. */
export async function findBySession(db: Database, auth: Auth, client: Client, now: Date): Promise<Session | null> {
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
  return { id: session.id, who, byLink: session.byLink === true, setCookies: headers.getSetCookie() }
}

/** Returns the cookies that make the browser forget. */
export async function signOut(db: Database, auth: Auth, client: Client, who: WhoMember): Promise<string[]> {
  const answer = await auth.api.signOut({ headers: headersOf(client), returnHeaders: true })
  await audit(db, { project: null, who, action: 'sign-out' })
  return answer.headers.getSetCookie()
}

/** What better-auth is told of a client. */
export function headersOf(client: Client): Headers {
  return new Headers({ cookie: client.cookie, 'user-agent': client.userAgent, [addressHeader]: client.address })
}
