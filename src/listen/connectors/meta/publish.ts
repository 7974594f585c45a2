import type { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import { readJson } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { notChanged, postedOf, whyNot } from '../posted.ts'
import { problem, type Problem } from '../problems.ts'
import type { Changed, Sent } from '../reply-channel.ts'
import { askGraph, isNotThere, refusalIn, troubleIn, type GraphKeys } from './graph.ts'

/** What an answer to something that was to be published means, with what Meta says itself. */
export function publishedOf<Value>(
  answer: Answer,
  shape: z.ZodType<Value>,
  io: ConnectorIo,
): { value: Value } | { trouble: Exclude<Sent, { kind: 'sent' }> } {
  const refusal = answer.kind === 'ok' ? refusalIn(answer) : null
  if (refusal !== null && answer.kind === 'ok') {
    const trouble = troubleIn(answer, io.now())
    // Codes 1 and 2 say that something broke at Meta, perhaps after it was published.
    if (refusal.isTransient || refusal.code === 1 || refusal.code === 2)
      return { trouble: { kind: 'unknown', problem: problem('meta.refused', { reason: refusal.message }) } }
    if (trouble?.kind === 'rate-limited')
      return { trouble: { kind: 'later', at: trouble.retryAt, problem: problem('reply.slow-down') } }
    if (isNotThere(refusal)) return { trouble: { kind: 'refused', problem: problem('reply.gone') } }
    if (trouble !== null) return { trouble: { kind: 'refused', problem: whyNot(trouble) } }
  }
  const posted = postedOf(answer, io.now())
  if ('trouble' in posted) return posted
  const read = readJson(posted.content, shape)
  // It was accepted, in a form that does not say where it is.
  return 'trouble' in read ? { trouble: { kind: 'unknown', problem: whyNot(read.trouble) } } : read
}

/** What became of a change; what is gone already needs no removal. */
export function changedBy(answer: Answer, shape: z.ZodType<unknown>, io: ConnectorIo, isRemoval: boolean): Changed {
  const refusal = answer.kind === 'ok' ? refusalIn(answer) : null
  if (isRemoval && refusal !== null && isNotThere(refusal)) return { kind: 'done' }
  const posted = publishedOf(answer, shape, io)
  if ('value' in posted) return { kind: 'done' }
  return notChanged(posted.trouble)
}

/** Asks for a reply channel, which tells problems only. */
export async function askFor<Value>(
  address: string,
  parameters: { [name: string]: string },
  keys: GraphKeys,
  shape: z.ZodType<Value>,
  io: ConnectorIo,
): Promise<{ value: Value } | { problem: Problem }> {
  const asked = await askGraph(address, parameters, keys, shape, io)
  return 'trouble' in asked ? { problem: whyNot(asked.trouble) } : asked
}
