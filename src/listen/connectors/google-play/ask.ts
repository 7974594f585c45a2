import type { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import { contentOf, failed, readJsonUnless, why, type Answered, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { refusalIn } from '../google/refusal.ts'
import { askGoogle, serviceAccountIn } from '../google/token.ts'

const api = 'https://androidpublisher.googleapis.com/androidpublisher/v3/applications'
const scope = 'https://www.googleapis.com/auth/androidpublisher'

/** Asks Google Play's API for developers as the service account of a key file. */
export async function callPlay(
  { path, body }: { path: string; body?: unknown },
  keyFile: string,
  io: ConnectorIo,
): Promise<Answer | { trouble: Trouble }> {
  const credential = serviceAccountIn(keyFile, scope)
  if (credential === null) return { trouble: { kind: 'signed-out', ...why('google.key-file') } }
  return askGoogle(credential, io, (headers) =>
    io.request(`${api}/${path}`, {
      headers: {
        ...headers,
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { method: 'POST' as const, body: JSON.stringify(body) }),
      followRedirects: false,
      signal: io.signal,
    }),
  )
}

export async function askPlay<Value>(
  path: string,
  keyFile: string,
  shape: z.ZodType<Value>,
  io: ConnectorIo,
): Promise<{ value: Value; content: Answered } | { trouble: Trouble }> {
  return readJsonUnless(await callPlay({ path }, keyFile, io), troubleIn, shape, io.now())
}

export function troubleIn(answer: Answered, now: Date): Trouble | null {
  if (answer.status < 400) return null
  const { reason, message } = refusalIn(answer)
  if (answer.status === 401) return { kind: 'signed-out', ...why('google.signed-out', { reason: message }) }
  if (/quota|rateLimit|RESOURCE_EXHAUSTED/i.test(reason) && answer.headers['retry-after'] === undefined)
    return { kind: 'rate-limited', retryAt: new Date(now.getTime() + 3_600_000) }
  if (answer.status === 403) return { kind: 'signed-out', ...why('google-play.forbidden', { reason: message }) }
  if (answer.status === 404) return failed('google-play.not-found')
  if (answer.status === 400) return failed('google-play.refused', { reason: message })
  const content = contentOf(answer, now)
  return 'trouble' in content ? content.trouble : null
}
