import type { Answer } from '../../base/http/request.ts'
import type { Answered, Trouble } from './answers.ts'
import { notChanged, postedOf, whyNot } from './posted.ts'
import type { Changed, Sent } from './reply-channel.ts'

/** How a platform refuses; null where an answer is no refusal. */
type TroubleIn = (answer: Answered, now: Date) => Trouble | null

/** What an answer to something that was to be published means, with what the platform itself says of a refusal. */
export function postedOrRefused(
  answer: Answer,
  troubleIn: TroubleIn,
  now: Date,
): { content: Answered } | { trouble: Exclude<Sent, { kind: 'sent' }> } {
  // After an error of its own a platform may have published all the same.
  const trouble = answer.kind === 'ok' && answer.status < 500 ? troubleIn(answer, now) : null
  if (trouble === null) return postedOf(answer, now)
  if (trouble.kind === 'rate-limited')
    return { trouble: { kind: 'later', at: trouble.retryAt, problem: whyNot(trouble) } }
  return { trouble: { kind: 'refused', problem: whyNot(trouble) } }
}

/** What became of a change or a removal; what is gone already needs no removal. */
export function changedOrNot(
  answer: Answer | { trouble: Trouble },
  troubleIn: TroubleIn,
  now: Date,
  isRemoval = false,
): Changed {
  if ('trouble' in answer) return { kind: 'refused', problem: whyNot(answer.trouble) }
  if (isRemoval && answer.kind === 'ok' && (answer.status === 404 || answer.status === 410)) return { kind: 'done' }
  const posted = postedOrRefused(answer, troubleIn, now)
  return 'content' in posted ? { kind: 'done' } : notChanged(posted.trouble)
}
