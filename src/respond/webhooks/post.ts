import type { Answer, Request } from '../../base/http/request.ts'
import { parseRetryAfter } from '../../base/http/retry-after.ts'
import type { Described } from '../happenings/describe.ts'
import { signedHeaders, type SigningSecrets } from './sign.ts'

/** What came of one try. `delivered`: 2xx. `refused`: this message and not the receiver is the trouble. */
export type Posted = {
  kind: 'delivered' | 'refused' | 'gone' | 'failed'
  status: number | null
  /** Names a sentence of the screens; null when it was delivered. */
  problem: PostProblem | null
  tookMs: number
  /** Not before, when the receiver says so. */
  notBefore: Date | null
}
export const postProblems = [
  'status',
  'gone',
  'redirected',
  'private-address',
  'timed-out',
  'unreachable',
  'unreadable',
  'secret-lost',
] as const
export type PostProblem = (typeof postProblems)[number]

// A receiver answers at once and works afterwards; so says the specification.
const answerWithinMs = 15_000
const answerBytes = 64 * 1024

/** The body as it goes out, in the form of Standard Webhooks. The same happening has the same id at every try. */
export function messageOf(described: Described): { id: string; body: string } {
  const { id, kind, at, ...data } = described
  return { id: `evt_${described.project.id}_${id}`, body: JSON.stringify({ type: kind, timestamp: at, data }) }
}

/** Posts one signed message; redirects are not followed, and only public addresses are asked. */
export async function post(
  { request, now, signal }: { request: Request; now: () => Date; signal: AbortSignal },
  { url, secrets }: { url: string; secrets: SigningSecrets },
  message: { id: string; body: string },
): Promise<Posted> {
  const began = now()
  const answer = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signedHeaders({ ...message, at: began }, secrets) },
    body: message.body,
    timeoutMs: answerWithinMs,
    maxBytes: answerBytes,
    followRedirects: false,
    signal,
  })
  const tookMs = now().getTime() - began.getTime()
  const notBefore = answer.kind === 'ok' ? parseRetryAfter(answer.headers['retry-after'], now()) : null
  return { ...meaningOf(answer), tookMs, notBefore }
}

function meaningOf(answer: Answer): Pick<Posted, 'kind' | 'status' | 'problem'> {
  switch (answer.kind) {
    case 'ok':
      return meaningOfStatus(answer.status)
    case 'refused':
      return { kind: 'failed', status: null, problem: answer.reason === 'address' ? 'private-address' : 'unreachable' }
    case 'timed-out':
    case 'aborted':
      return { kind: 'failed', status: null, problem: 'timed-out' }
    case 'unreachable':
      return { kind: 'failed', status: null, problem: 'unreachable' }
    case 'too-large':
    case 'broken':
      return { kind: 'failed', status: null, problem: 'unreadable' }
  }
}

/** A receiver that is busy or broken would refuse the next one, too; one that says 4xx has read this one. */
function meaningOfStatus(status: number): Pick<Posted, 'kind' | 'status' | 'problem'> {
  if (status >= 200 && status < 300) return { kind: 'delivered', status, problem: null }
  if (status === 410) return { kind: 'gone', status, problem: 'gone' }
  if (status >= 300 && status < 400) return { kind: 'failed', status, problem: 'redirected' }
  const isAboutThisOne = status >= 400 && status < 500 && ![401, 403, 404, 408, 425, 429].includes(status)
  return { kind: isAboutThisOne ? 'refused' : 'failed', status, problem: 'status' }
}
