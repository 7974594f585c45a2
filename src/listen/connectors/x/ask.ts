import { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import { contentOf, failed, readJson, unanswered, why, type Answered, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'

export const origin = 'https://api.x.com'

const Refusal = z.object({
  title: z.string().nullish(),
  detail: z.string().nullish(),
  type: z.string().nullish(),
  errors: z.array(z.object({ message: z.string().nullish() })).nullish(),
})

const withoutCreditsMs = 6 * 3_600_000

/** Asks for JSON as an app; a refusal becomes what a person can do about it. */
export async function askX<Value>(
  io: ConnectorIo,
  path: string,
  token: string,
  shape: z.ZodType<Value>,
  body?: unknown,
): Promise<{ value: Value; content: Answered } | { trouble: Trouble }> {
  const answer = await io.request(`${origin}${path}`, {
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    signal: io.signal,
  })
  const content = readX(answer, io.now())
  return 'trouble' in content ? content : readJson(content.content, shape)
}

/** An answer of X with content, or what its refusal means (https://docs.x.com/x-api/fundamentals/response-codes-and-errors). */
export function readX(answer: Answer, now: Date): { content: Answered } | { trouble: Trouble } {
  if (answer.kind !== 'ok') return { trouble: unanswered(answer) }
  if (answer.status < 400) return contentOf(answer, now)
  const { type, reason } = reasonIn(answer)
  if (answer.status === 402)
    return {
      trouble: { ...failed('x.no-credits'), retryAt: new Date(now.getTime() + withoutCreditsMs) },
    }
  if (/usage-capped$/.test(type)) return { trouble: resting(nextMonthOf(now)) }
  if (answer.status === 429) {
    const reset = Number(answer.headers['x-rate-limit-reset'])
    if (Number.isSafeInteger(reset) && reset * 1000 > now.getTime())
      return { trouble: { kind: 'rate-limited', retryAt: new Date(reset * 1000) } }
  }
  if (answer.status === 409) return { trouble: failed('x.no-words') }
  if (answer.status === 401) return { trouble: { kind: 'signed-out', ...why('x.signed-out') } }
  if (answer.status === 403) return { trouble: { kind: 'signed-out', ...why('x.forbidden', { reason }) } }
  if (answer.status === 400 || answer.status === 422) return { trouble: failed('x.refused', { reason }) }
  return contentOf(answer, now)
}

function resting(retryAt: Date): Trouble {
  return { kind: 'rate-limited', retryAt, ...why('x.capped') }
}

function nextMonthOf(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1))
}

/** What X says itself about a refusal. */
export function reasonIn(answer: Answered): { type: string; reason: string } {
  const read = readJson(answer, Refusal)
  if ('trouble' in read) return { type: '', reason: `HTTP ${answer.status}` }
  const { title, detail, type, errors } = read.value
  return { type: type ?? '', reason: detail || errors?.[0]?.message || title || `HTTP ${answer.status}` }
}
