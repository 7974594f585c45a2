import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import { typed, wrong } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { callXrpc, refusalIn } from './xrpc.ts'

/** An account by its app password, which may be taken back without changing the account's own. */
export type BlueskyAccount = { service: string; handle: string; password: string }

/** `pds` is the server where the account lives, and the only one that writes for it. */
export type Session = { did: string; handle: string; pds: string; access: string; refresh: string }

export const commonService = 'https://bsky.social'

/** Reads what a person typed: `handle`, `password` and, for an account on a server of its own, `service`. */
export function parseAccount(input: unknown): BlueskyAccount {
  const handle = typed(input, 'handle').replace(/^@/, '').toLowerCase()
  const password = typed(input, 'password')
  const service = typed(input, 'service') || commonService
  if (!/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/.test(handle)) throw wrong('bluesky.handle', {}, 'handle')
  if (!/^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/.test(password)) throw wrong('bluesky.password', {}, 'password')
  if (!/^https?:\/\//i.test(service) || !URL.canParse(service)) throw wrong('site.url', {}, 'service')
  return { handle, password, service: new URL(service).origin }
}

/**
 * Does something as an account. The session is kept in memory and refreshed, because signing in is allowed some three
 * hundred times a day; where a token has run out in the meantime, the call is made once more with a new one.
 */
export async function asAccount(
  account: BlueskyAccount,
  io: ConnectorIo,
  call: (session: Session) => Promise<Answer>,
): Promise<{ session: Session; answer: Answer } | { notSignedIn: Answer }> {
  const name = nameOf(account)
  const kept = sessions.get(name)
  const signed = kept ? { session: kept } : await signIn(account, io)
  if ('notSignedIn' in signed) return signed
  sessions.set(name, signed.session)
  const answer = await call(signed.session)
  if (!isExpired(answer)) return { session: signed.session, answer }
  sessions.delete(name)
  const renewed = await renew(signed.session, account, io)
  if ('notSignedIn' in renewed) return renewed
  sessions.set(name, renewed.session)
  return { session: renewed.session, answer: await call(renewed.session) }
}

/** Signs in anew, whatever is kept: for finding out whether a password still holds. */
export async function signIn(
  account: BlueskyAccount,
  io: ConnectorIo,
): Promise<{ session: Session } | { notSignedIn: Answer }> {
  const input = { identifier: account.handle, password: account.password }
  const answer = await callXrpc({ service: account.service, method: 'com.atproto.server.createSession', input }, io)
  return sessionIn(answer, account)
}

// What runs in this process; nobody can read it from a disk, and after a start people are signed in anew.
const sessions = new Map<string, Session>()

function nameOf({ service, handle, password }: BlueskyAccount): string {
  return createHash('sha256')
    .update(JSON.stringify([service, handle, password]))
    .digest('base64')
}

function isExpired(answer: Answer): boolean {
  return /^(ExpiredToken|InvalidToken|AuthMissing|AuthenticationRequired)$/.test(refusalIn(answer) ?? '')
}

async function renew(session: Session, account: BlueskyAccount, io: ConnectorIo) {
  const refresh = { service: session.pds, method: 'com.atproto.server.refreshSession', input: null }
  const renewed = sessionIn(await callXrpc({ ...refresh, token: session.refresh }, io), account)
  return 'session' in renewed ? renewed : signIn(account, io)
}

const Signed = z.object({
  did: z.string().min(1),
  handle: z.string().min(1),
  accessJwt: z.string().min(1),
  refreshJwt: z.string().min(1),
  didDoc: z
    .object({ service: z.array(z.object({ id: z.string(), serviceEndpoint: z.string() })) })
    .nullish()
    .catch(null),
})

function sessionIn(answer: Answer, account: BlueskyAccount): { session: Session } | { notSignedIn: Answer } {
  if (answer.kind !== 'ok' || answer.status !== 200) return { notSignedIn: answer }
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder().decode(answer.body))
  } catch {
    return { notSignedIn: answer }
  }
  const read = Signed.safeParse(json)
  if (!read.success) return { notSignedIn: answer }
  const { did, handle, accessJwt: access, refreshJwt: refresh, didDoc } = read.data
  const home = didDoc?.service.find(({ id }) => id.endsWith('#atproto_pds'))?.serviceEndpoint
  return {
    session: { did, handle, access, refresh, pds: home && URL.canParse(home) ? new URL(home).origin : account.service },
  }
}
