import type { Answer } from '../../base/http/request.ts'
import { contentOf, unanswered, type Answered, type Trouble } from './answers.ts'
import { problem, type Problem } from './problems.ts'
import type { Changed, Sent } from './reply-channel.ts'

const againMs = 60_000

// Before these nothing of the request has left this machine, or nobody was there to read it.
const neverArrived =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/

/**
 * What an answer to something that was to be published means. A server that breaks off, is too slow or says that it
 * broke may have published all the same; one that refuses has not.
 */
export function postedOf(
  answer: Answer,
  now: Date,
): { content: Answered } | { trouble: Exclude<Sent, { kind: 'sent' }> } {
  if (answer.kind !== 'ok') {
    const what = unanswered(answer).problem ?? problem('site.stopped')
    if (answer.kind === 'refused') return { trouble: { kind: 'refused', problem: what } }
    if (answer.kind === 'unreachable' && neverArrived.test(answer.reason))
      return { trouble: { kind: 'later', at: new Date(now.getTime() + againMs), problem: what } }
    return { trouble: { kind: 'unknown', problem: what } }
  }
  const asked = contentOf(answer, now)
  if ('content' in asked) return asked
  const { trouble } = asked
  if (trouble.kind === 'rate-limited')
    return { trouble: { kind: 'later', at: trouble.retryAt, problem: problem('reply.slow-down') } }
  const what = trouble.problem ?? problem('site.status', { status: answer.status })
  if (answer.status === 401 || answer.status === 403)
    return { trouble: { kind: 'refused', problem: problem('reply.not-allowed', { status: answer.status }) } }
  if (answer.status >= 500) return { trouble: { kind: 'unknown', problem: what } }
  if (answer.status === 404 || answer.status === 410)
    return { trouble: { kind: 'refused', problem: problem('reply.gone') } }
  return { trouble: { kind: 'refused', problem: problem('reply.refused', { reason: reasonIn(answer) }) } }
}

/** What an edit or a removal that brought no content came to. */
export function notChanged({ kind, problem: why }: Exclude<Sent, { kind: 'sent' }>): Changed {
  return { kind: kind === 'refused' ? 'refused' : 'unknown', problem: why }
}

/** Nothing was sent yet, because a question before it was not answered. */
export function notYet(trouble: Trouble, now: Date, signedOut: Problem): Exclude<Sent, { kind: 'sent' | 'unknown' }> {
  if (trouble.kind === 'signed-out') return { kind: 'refused', problem: signedOut }
  const at = trouble.kind === 'rate-limited' ? trouble.retryAt : new Date(now.getTime() + againMs)
  return { kind: 'later', at, problem: whyNot(trouble) }
}

/** Why a question of a channel was not answered. */
export function whyNot(trouble: Trouble): Problem {
  return trouble.kind === 'rate-limited' ? problem('reply.slow-down') : (trouble.problem ?? problem('site.stopped'))
}

/** What a refusing server says itself: APIs put it under one of these names. */
function reasonIn({ body, status }: Answered): string {
  const text = new TextDecoder().decode(body.subarray(0, 4000))
  try {
    const told = JSON.parse(text) as { [name: string]: unknown } | null
    const named = [told?.['error_description'], told?.['message'], told?.['error']].find(
      (one) => typeof one === 'string',
    )
    return typeof named === 'string' ? named : `HTTP ${status}`
  } catch {
    return `HTTP ${status}`
  }
}
