import { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import { contentOf, failed, readJson, readJsonUnless, why, type Answered, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { badKey, tokenOf, type AppStoreKeys } from './keys.ts'

export const origin = 'https://api.appstoreconnect.apple.com'

const Refusal = z.object({
  errors: z
    .array(z.object({ code: z.string().nullish(), title: z.string().nullish(), detail: z.string().nullish() }))
    .min(1),
})

/** Asks App Store Connect; every request has a fresh token, so none runs out in the middle. */
export async function callAppStore(
  request: { method: 'GET' | 'POST' | 'DELETE'; path: string; body?: unknown },
  keys: AppStoreKeys,
  io: ConnectorIo,
): Promise<Answer | { trouble: Trouble }> {
  const token = tokenOf(keys, io.now())
  if (token === null) return { trouble: badKey }
  return io.request(request.path.startsWith(origin) ? request.path : `${origin}${request.path}`, {
    method: request.method,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      ...(request.body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    followRedirects: false,
    signal: io.signal,
  })
}

export async function askAppStore<Value>(
  path: string,
  keys: AppStoreKeys,
  shape: z.ZodType<Value>,
  io: ConnectorIo,
): Promise<{ value: Value; content: Answered } | { trouble: Trouble }> {
  return readJsonUnless(await callAppStore({ method: 'GET', path }, keys, io), troubleIn, shape, io.now())
}

/** What a refusal of Apple means (https://developer.apple.com/documentation/appstoreconnectapi/interpreting-and-handling-errors). */
export function troubleIn(answer: Answered, now: Date): Trouble | null {
  if (answer.status < 400) return null
  const read = readJson(answer, Refusal)
  const said = 'value' in read ? read.value.errors[0] : undefined
  const reason = said?.detail || said?.title || `HTTP ${answer.status}`
  if (answer.status === 401) return { kind: 'signed-out', ...why('app-store.signed-out') }
  if (answer.status === 403) return { kind: 'signed-out', ...why('app-store.forbidden', { reason }) }
  if (answer.status === 404) return failed('app-store.not-found')
  // Apple allows so many requests an hour, and does not say when the hour ends.
  if (answer.status === 429 && answer.headers['retry-after'] === undefined)
    return { kind: 'rate-limited', retryAt: new Date(now.getTime() + 3_600_000) }
  if (answer.status === 400 || answer.status === 409 || answer.status === 422)
    return failed('app-store.refused', { reason })
  const content = contentOf(answer, now)
  return 'trouble' in content ? content.trouble : null
}
