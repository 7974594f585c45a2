import type { z } from 'zod'
import type { Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { postedOf } from '../posted.ts'
import { problem, type Problem } from '../problems.ts'
import type { Changed, Sent } from '../reply-channel.ts'
import { askVk, readVk, type Called, type Parameters, type Refusal } from './call.ts'

/** `group` is the community that answers, 0 for a person; `isGroupKey`: the key is the community’s own. */
export type VkAccount = { token: string; service: string; group: number; user: number; isGroupKey: boolean }

const minuteMs = 60_000

/** Asks VK to change something, with what it means for what was to be published. */
export async function change<Value>(
  method: string,
  parameters: Parameters,
  account: VkAccount,
  shape: z.ZodType<Value>,
  io: ConnectorIo,
): Promise<{ value: Value } | { trouble: Exclude<Sent, { kind: 'sent' }> }> {
  const answer = await askVk(method, parameters, account.token, io)
  const posted = postedOf(answer, io.now())
  if ('trouble' in posted) return posted
  const called = readVk(answer, shape, io.now())
  return 'value' in called ? called : { trouble: notDone(called, io) }
}

export function isFrom({ from_id: from }: { from_id: number }, { group, user }: VkAccount): boolean {
  return group === 0 ? from === user : from === -group
}

/** VK trims texts and turns names into links. */
export function isSame(there: string, ours: string): boolean {
  const letters = (text: string) =>
    text
      .replace(/\[[^[\]|]+\|([^[\]]+)\]/g, '$1')
      .replace(/[^\p{L}\p{N}]+/gu, '')
      .toLowerCase()
  // Signs alone say something, too.
  return letters(ours) === '' ? there.trim() === ours.trim() : letters(there) === letters(ours)
}

function notDone(
  called: Exclude<Called<unknown>, { value: unknown }>,
  io: ConnectorIo,
): Exclude<Sent, { kind: 'sent' }> {
  const what = problemOf(called)
  const after = (minutes: number) => new Date(io.now().getTime() + minutes * minuteMs)
  switch ('refusal' in called ? called.refusal.error_code : null) {
    // An answer of another form may be that to a comment that stands there.
    case null:
    case 1:
    case 10:
      return { kind: 'unknown', problem: what }
    case 6:
      return { kind: 'later', at: after(1), problem: what }
    case 9:
      return { kind: 'later', at: after(15), problem: what }
    case 29:
    case 223:
      return { kind: 'later', at: after(60), problem: what }
    default:
      return { kind: 'refused', problem: what }
  }
}

export function changed(done: { value: unknown } | { trouble: Exclude<Sent, { kind: 'sent' }> }): Changed {
  if ('value' in done) return { kind: 'done' }
  const { kind, problem: why } = done.trouble
  return { kind: kind === 'refused' ? 'refused' : 'unknown', problem: why }
}

/** What VK refuses for another reason when something is to be written than when it is to be read. */
export function problemOf(called: { trouble: Trouble } | { refusal: Refusal; trouble: Trouble }): Problem {
  const code = 'refusal' in called ? called.refusal.error_code : 0
  if ([15, 203, 212, 213].includes(code)) return problem('vk.no-replies')
  if (code === 222) return problem('vk.no-links')
  if (code === 223) return problem('vk.too-many-replies')
  const { trouble } = called
  if (trouble.kind === 'rate-limited' && code === 0) return problem('reply.slow-down')
  return ('problem' in trouble ? trouble.problem : undefined) ?? problem('site.stopped')
}
