import type { z } from 'zod'
import { parseRetryAfter } from '../../base/http/retry-after.ts'
import type { Answer } from '../../base/http/request.ts'
import { unanswered } from '../../listen/connectors/answers.ts'
import { problem, type ProblemKey } from '../../listen/connectors/problems.ts'
import type { Failure, Session, Told } from './system.ts'

/** What a system answered, before anybody has said what it means. `json` is null where there is no body. */
export type Said = { status: number; json: unknown; headers: { [name: string]: string }; now: Date }

export type Wanted<T> = {
  url: string
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH'
  headers: { [name: string]: string }
  /** Goes out as JSON. */
  json?: unknown
  /** Whether asking twice changes anything there. */
  does: 'reads' | 'writes'
  shape: z.ZodType<T>
  /** What the errors of this system mean; undefined: what their status means everywhere. */
  judge?: (said: Said) => Failure | undefined
  /** The sentence in which the system says what it does not like; null: it gives none. */
  reason: (json: unknown) => string | null
}

const withoutWordMs = 60_000

/**
 * Asks once and says what came of it. Whatever may have been done all the same is unknown: a write whose connection broke,
 * was cut off, failed inside the system, or was answered by something we cannot read.
 */
export async function ask<T>({ io }: Session<unknown>, wanted: Wanted<T>): Promise<Told<T>> {
  const answer = await io.request(wanted.url, {
    method: wanted.method ?? (wanted.json === undefined ? 'GET' : 'POST'),
    headers: {
      accept: 'application/json',
      ...(wanted.json === undefined ? {} : { 'content-type': 'application/json' }),
      ...wanted.headers,
    },
    ...(wanted.json === undefined ? {} : { body: JSON.stringify(wanted.json) }),
    // A write that is sent on could be done at another address, or as a read.
    followRedirects: wanted.does === 'reads',
    signal: io.signal,
  })
  const now = io.now()
  if (answer.kind !== 'ok') return noAnswer(answer, wanted.does, now)
  const json = jsonOf(answer.body)
  const said: Said = { status: answer.status, json: json ?? null, headers: answer.headers, now }
  const judged = wanted.judge?.(said)
  if (judged !== undefined) return judged
  if (answer.status < 200 || answer.status >= 300) return byStatus(said, wanted)
  const read = wanted.shape.safeParse(json)
  if (read.success) return { kind: 'told', value: read.data }
  const what = json === undefined ? 'JSON' : read.error.issues[0]?.path.join('.') || 'not an object'
  return uncertain(wanted.does, now, problem('integration.unexpected', { what }))
}

/**
 * Where the changes of the other side begin to be read: a little before now, for its clock may be behind ours.
 */
export function beginning({ io }: Session<unknown>): Date {
  return new Date(io.now().getTime() - 5 * 60_000)
}

export function told<T>(value: T): Told<T> {
  return { kind: 'told', value }
}

export function refused(key: ProblemKey, values: { [name: string]: string | number } = {}): Failure {
  return { kind: 'refused', problem: problem(key, values) }
}

/** Certainly not done, for the system asks to go slower. */
export function slower({ headers, now }: Said): Failure {
  const at = parseRetryAfter(headers['retry-after'], now) ?? new Date(now.getTime() + withoutWordMs)
  return { kind: 'later', at, problem: problem('integration.slow-down') }
}

export function signedOut(status: number): Failure {
  return { kind: 'signed-out', problem: problem('integration.signed-out', { status }) }
}

export function forbidden(reason: string | null): Failure {
  return { kind: 'signed-out', problem: problem('integration.forbidden', { reason: reason ?? '403' }) }
}

function byStatus<T>(said: Said, { does, reason }: Wanted<T>): Failure {
  const { status, json } = said
  if (status === 401) return signedOut(status)
  if (status === 403) return forbidden(reason(json))
  if (status === 404 || status === 410) return refused('integration.gone')
  if (status === 429 || (status === 503 && said.headers['retry-after'] !== undefined)) return slower(said)
  if (status >= 500) return uncertain(does, said.now, problem('integration.failed', { status }))
  return refused('integration.refused', { reason: reason(json) ?? String(status) })
}

function noAnswer(answer: Exclude<Answer, { kind: 'ok' }>, does: 'reads' | 'writes', now: Date): Failure {
  const what = unanswered(answer).problem ?? problem('integration.failed', { status: '—' })
  if (answer.kind === 'refused') return { kind: 'refused', problem: what }
  // Nobody was reached, so nothing was done.
  if (answer.kind === 'unreachable' && /ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH/.test(answer.reason))
    return { kind: 'later', at: new Date(now.getTime() + withoutWordMs), problem: what }
  return uncertain(does, now, what)
}

function uncertain(does: 'reads' | 'writes', now: Date, what: Failure['problem']): Failure {
  return does === 'writes'
    ? { kind: 'unknown', problem: what }
    : { kind: 'later', at: new Date(now.getTime() + withoutWordMs), problem: what }
}

/** Undefined where there is a body that is not JSON. */
function jsonOf(body: Uint8Array): unknown {
  const text = new TextDecoder().decode(body)
  if (text.trim() === '') return null
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
