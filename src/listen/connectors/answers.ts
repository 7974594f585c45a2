import type { z } from 'zod'
import type { Answer } from '../../base/http/request.ts'
import { parseRetryAfter } from '../../base/http/retry-after.ts'
import { UserError } from '../../base/errors.ts'
import type { ConnectorIo, Fetched } from './connector.ts'
import { problem, tell, type Problem, type ProblemKey } from './problems.ts'

export type Trouble = Extract<Fetched, { kind: 'rate-limited' | 'signed-out' | 'gone' | 'failed' }>
export type Answered = Extract<Answer, { kind: 'ok' }>

const withoutWordMs = 15 * 60_000

/** An answer with content to read, or what it means for the source that there is none. */
export function contentOf(answer: Answer, now: Date): { content: Answered } | { trouble: Trouble } {
  if (answer.kind !== 'ok') return { trouble: unanswered(answer) }
  const trouble = troubleOf(answer, now)
  return trouble === null ? { content: answer } : { trouble }
}

function troubleOf({ status, headers }: Answered, now: Date): Trouble | null {
  // Mastodon tells the moment itself, under another name; others count seconds there, from different beginnings.
  const reset = headers['x-ratelimit-reset']
  const retryAt = parseRetryAfter(headers['retry-after'] ?? (/^\d{4}-\d\d-/.test(reset ?? '') ? reset : null), now)
  if (status >= 200 && status < 300) return null
  if (status === 401 || status === 403 || status === 407)
    return { kind: 'signed-out', ...why('site.closed', { status }) }
  if (status === 404) return failed('site.not-found')
  if (status === 410) return { kind: 'gone', ...why('site.gone') }
  if (status === 429) return { kind: 'rate-limited', retryAt: retryAt ?? new Date(now.getTime() + withoutWordMs) }
  if (status === 503 && retryAt) return { kind: 'rate-limited', retryAt }
  return { ...failed('site.status', { status }), retryAt }
}

/** What it means that nobody answered readably. */
export function unanswered(answer: Exclude<Answer, { kind: 'ok' }>): Extract<Fetched, { kind: 'failed' }> {
  switch (answer.kind) {
    case 'refused':
      return answer.reason === 'too-many-redirects'
        ? failed('site.redirects')
        : answer.reason === 'address'
          ? failed('site.private')
          : failed('site.url')
    case 'too-large':
      return failed('site.too-large', { limit: Math.round(answer.maxBytes / 1024 / 1024) })
    case 'timed-out':
      return failed('site.timed-out', { seconds: Math.round(answer.timeoutMs / 1000) })
    case 'unreachable':
      return failed('site.unreachable', { reason: answer.reason })
    case 'broken':
      return failed('site.unreadable', { reason: answer.reason })
    case 'aborted':
      return failed('site.stopped')
  }
}

/** The same way out, with headers on every request. */
export function withHeaders<Io extends ConnectorIo>(io: Io, headers: { [name: string]: string }): Io {
  return {
    ...io,
    request: (url, options = {}) => io.request(url, { ...options, headers: { ...options.headers, ...headers } }),
  }
}

/** Asks for JSON of a form; a web page, an empty answer, a cut one and one of another form are told as such. */
export async function askJson<Value>(
  io: ConnectorIo,
  url: string,
  shape: z.ZodType<Value>,
): Promise<{ value: Value; content: Answered } | { trouble: Trouble }> {
  const answer = await io.request(url, { headers: { accept: 'application/json' }, signal: io.signal })
  const asked = contentOf(answer, io.now())
  return 'trouble' in asked ? asked : readJson(asked.content, shape)
}

/** The same of an answer that is here already. */
export function readJson<Value>(
  content: Answered,
  shape: z.ZodType<Value>,
): { value: Value; content: Answered } | { trouble: Trouble } {
  const text = new TextDecoder().decode(content.body)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    if (text.trim() === '') return { trouble: failed('site.empty') }
    const isPage = /^\s*<(!doctype|html|head|body)\b/i.test(text)
    return { trouble: isPage ? failed('site.page') : failed('site.unreadable', { reason: 'broken JSON' }) }
  }
  const read = shape.safeParse(json)
  if (read.success) return { value: read.data, content }
  return { trouble: failed('site.unexpected', { what: read.error.issues[0]?.path.join('.') || 'not an object' }) }
}

/** The same for an answer in which the platform may say in its own way what is wrong. */
export function readJsonUnless<Value>(
  answer: Answer | { trouble: Trouble },
  troubleIn: (answer: Answered, now: Date) => Trouble | null,
  shape: z.ZodType<Value>,
  now: Date,
): { value: Value; content: Answered } | { trouble: Trouble } {
  if ('trouble' in answer) return answer
  if (answer.kind !== 'ok') return { trouble: unanswered(answer) }
  const trouble = troubleIn(answer, now)
  return trouble === null ? readJson(answer, shape) : { trouble }
}

/** A setting that a connector got, as the text that was typed. */
export function typed(input: unknown, field: string): string {
  const value = typeof input === 'object' && input !== null ? (input as { [name: string]: unknown })[field] : null
  return typeof value === 'string' ? value.trim() : ''
}

export function failed(key: ProblemKey, values: Problem['values'] = {}): Extract<Fetched, { kind: 'failed' }> {
  return { kind: 'failed', retryAt: null, ...why(key, values) }
}

export function why(key: ProblemKey, values: Problem['values'] = {}): { hint: string; problem: Problem } {
  const what = problem(key, values)
  return { hint: tell(what, 'en'), problem: what }
}

/** A setting that cannot be right, with the sentence for whoever typed it. */
export function wrong(key: ProblemKey, values: Problem['values'], field: string): UserError {
  return new UserError(tell(problem(key, values), 'en'), { key, values, field })
}
