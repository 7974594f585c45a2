import { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import type { Answered } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'

export type Call = {
  /** Address of a server, without a slash at its end. */
  service: string
  method: string
  params?: { [name: string]: string | number | readonly string[] }
  /** What a procedure takes; a call without it is a query. Null: a procedure that takes nothing. */
  input?: unknown
  token?: string
}

/** Asks a server of the network. Where it says how long to wait, `retry-after` of the answer tells it in seconds. */
export async function callXrpc(call: Call, io: ConnectorIo): Promise<Answer> {
  const url = new URL(`/xrpc/${call.method}`, call.service)
  for (const [name, value] of Object.entries(call.params ?? {}))
    for (const one of typeof value === 'object' ? value : [value]) url.searchParams.append(name, String(one))
  const answer = await io.request(url.href, {
    method: call.input === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json',
      ...(call.input != null && { 'content-type': 'application/json' }),
      ...(call.token !== undefined && { authorization: `Bearer ${call.token}` }),
    },
    ...(call.input != null && { body: JSON.stringify(call.input) }),
    signal: io.signal,
  })
  return answer.kind === 'ok' ? withRetryAfter(answer, io.now()) : answer
}

const Refusal = z.object({ error: z.string() })

/** The name of what the server found wrong, such as `ExpiredToken`; null when it answered well or said nothing. */
export function refusalIn(answer: Answer): string | null {
  if (answer.kind !== 'ok' || answer.status < 400) return null
  try {
    return Refusal.safeParse(JSON.parse(new TextDecoder().decode(answer.body))).data?.error ?? null
  } catch {
    return null
  }
}

function withRetryAfter(answer: Answered, now: Date): Answered {
  const reset = Number(answer.headers['ratelimit-reset'] ?? '')
  if (answer.status !== 429 || answer.headers['retry-after'] !== undefined || !(reset > 0)) return answer
  const seconds = Math.max(1, Math.ceil(reset - now.getTime() / 1000))
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } }
}
