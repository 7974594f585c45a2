import type { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import { contentOf, failed, readJsonUnless, why, type Answered, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { refusalIn } from './refusal.ts'
import { askGoogle, type GoogleCredential } from './token.ts'

/** One of Google's services that is asked with a token of an hour. */
export type GoogleApi<Keys> = {
  address: string
  /** Null: these keys are none. */
  credentialOf(keys: Keys): GoogleCredential | null
  /** Whose sentences tell what it refuses. */
  platform: 'google-play' | 'google-business'
  /** How long to wait where it says that too much was asked, and not how long. */
  waitMs: number
  /** What it says of its own, before what all say. */
  special?(message: string): Trouble | null
}

type Call = { method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; path: string; body?: unknown }

export async function callGoogle<Keys>(
  api: GoogleApi<Keys>,
  { method = 'GET', path, body }: Call,
  keys: Keys,
  io: ConnectorIo,
): Promise<Answer | { trouble: Trouble }> {
  const credential = api.credentialOf(keys)
  if (credential === null) return { trouble: { kind: 'signed-out', ...why('google.key-file') } }
  return askGoogle(credential, io, (headers) =>
    io.request(`${api.address}/${path}`, {
      method,
      headers: {
        ...headers,
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      followRedirects: false,
      signal: io.signal,
    }),
  )
}

export async function askGoogleApi<Keys, Value>(
  api: GoogleApi<Keys>,
  path: string,
  keys: Keys,
  shape: z.ZodType<Value>,
  io: ConnectorIo,
): Promise<{ value: Value; content: Answered } | { trouble: Trouble }> {
  return readJsonUnless(await callGoogle(api, { path }, keys, io), troubleOf(api), shape, io.now())
}

/** What a refusal of this service means; null where an answer is none. */
export function troubleOf<Keys>(api: GoogleApi<Keys>): (answer: Answered, now: Date) => Trouble | null {
  return (answer, now) => {
    if (answer.status < 400) return null
    const { reason, message } = refusalIn(answer)
    if (answer.status === 401) return { kind: 'signed-out', ...why('google.signed-out', { reason: message }) }
    const special = api.special?.(message) ?? null
    if (special !== null) return special
    if (/quota|rateLimit|RESOURCE_EXHAUSTED/i.test(reason) && answer.headers['retry-after'] === undefined)
      return { kind: 'rate-limited', retryAt: new Date(now.getTime() + api.waitMs) }
    if (answer.status === 403) return { kind: 'signed-out', ...why(`${api.platform}.forbidden`, { reason: message }) }
    if (answer.status === 404) return failed(`${api.platform}.not-found`)
    if (answer.status === 400) return failed(`${api.platform}.refused`, { reason: message })
    const content = contentOf(answer, now)
    return 'trouble' in content ? content.trouble : null
  }
}
