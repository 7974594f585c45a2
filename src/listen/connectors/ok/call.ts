import { createHash } from 'node:crypto'
import { z } from 'zod'
import { contentOf, failed, readJson, why, type Trouble } from '../answers.ts'
import type { SourceIo, SourceSecrets } from '../connector.ts'

const api = 'https://api.ok.ru/fb.do'

const Refusal = z.object({ error_code: z.int(), error_msg: z.string().catch('') })

/**
 * Asks a method of Odnoklassniki’s REST API: https://apiok.ru/dev/methods/. It answers with status 200 also when it refuses.
 * What is asked travels in the body, because the access token is part of it.
 */
export async function callOk<Value>(
  method: string,
  parameters: { [name: string]: string | number | undefined },
  secrets: SourceSecrets,
  shape: z.ZodType<Value>,
  io: SourceIo,
): Promise<{ value: Value; requests: number } | { trouble: Trouble }> {
  const answer = await io.request(api, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(signed({ ...parameters, method, format: 'json' }, secrets)).toString(),
    followRedirects: false,
    signal: io.signal,
  })
  const asked = contentOf(answer, io.now())
  if ('trouble' in asked) return asked
  const read = readJson(asked.content, z.union([Refusal, shape]))
  if ('trouble' in read) return read
  const refusal = Refusal.safeParse(read.value).data
  if (refusal) return { trouble: troubleOf(refusal, io.now()) }
  return { value: read.value as Value, requests: asked.content.requests }
}

/**
 * The parameters with what every call has and their signature: sorted, joined without anything between, followed by the
 * secret of the session, as MD5 in lower case. The token itself is not part of what is signed.
 */
export function signed(
  parameters: { [name: string]: string | number | undefined },
  { key = '', token = '', sessionSecret = '' }: SourceSecrets,
): { [name: string]: string } {
  const all = Object.entries({ ...parameters, application_key: key }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  )
  const joined = all
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('')
  const sig = createHash('md5')
    .update(joined + sessionSecret.toLowerCase())
    .digest('hex')
  return { ...Object.fromEntries(all), sig, access_token: token }
}

/** https://apiok.ru/dev/errors */
function troubleOf({ error_code: code, error_msg: reason }: z.infer<typeof Refusal>, now: Date): Trouble {
  const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000)
  switch (code) {
    case 1:
    case 2:
      return { ...failed('ok.broken'), retryAt: later(5) }
    case 8:
    case 9:
    case 11:
      return { kind: 'rate-limited', retryAt: later(30) }
    case 10:
    case 453:
    case 455:
      return { kind: 'signed-out', ...why('ok.not-allowed') }
    case 101:
    case 102:
    case 103:
    case 401:
    case 403:
      return { kind: 'signed-out', ...why('ok.signed-out') }
    case 104:
      return { kind: 'signed-out', ...why('ok.signature') }
    case 300:
      return failed('ok.not-found')
    default:
      return failed('ok.refused', { code, reason })
  }
}
