import type { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import { contentOf, failed, readJsonUnless, why, type Answered, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { refusalIn } from '../google/refusal.ts'
import { askGoogle } from '../google/token.ts'

/** Somebody who manages the listing and agreed once, by a client of their own. */
export type BusinessKeys = { clientId: string; clientSecret: string; refreshToken: string }

const api = 'https://mybusiness.googleapis.com/v4'

export function callBusiness(
  { method = 'GET', path, body }: { method?: 'GET' | 'PUT' | 'DELETE'; path: string; body?: unknown },
  keys: BusinessKeys,
  io: ConnectorIo,
): Promise<Answer | { trouble: Trouble }> {
  const { clientId, clientSecret, refreshToken } = keys
  return askGoogle({ kind: 'person', clientId, clientSecret, refreshToken }, io, (headers) =>
    io.request(`${api}/${path}`, {
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

export async function askBusiness<Value>(
  path: string,
  keys: BusinessKeys,
  shape: z.ZodType<Value>,
  io: ConnectorIo,
): Promise<{ value: Value; content: Answered } | { trouble: Trouble }> {
  return readJsonUnless(await callBusiness({ path }, keys, io), troubleIn, shape, io.now())
}

/** A project that Google has not approved has a quota of nothing, which it says as if too much had been asked. */
export function troubleIn(answer: Answered, now: Date): Trouble | null {
  if (answer.status < 400) return null
  const { reason, message } = refusalIn(answer)
  if (answer.status === 401) return { kind: 'signed-out', ...why('google.signed-out', { reason: message }) }
  if (/quota metric .* limit .*\b0\b/i.test(message))
    return { kind: 'signed-out', ...why('google-business.not-approved') }
  if (/RESOURCE_EXHAUSTED|rateLimit|quota/i.test(reason) && answer.headers['retry-after'] === undefined)
    return { kind: 'rate-limited', retryAt: new Date(now.getTime() + 60_000) }
  if (answer.status === 403) return { kind: 'signed-out', ...why('google-business.forbidden', { reason: message }) }
  if (answer.status === 404) return failed('google-business.not-found')
  if (answer.status === 400) return failed('google-business.refused', { reason: message })
  const content = contentOf(answer, now)
  return 'trouble' in content ? content.trouble : null
}
