import { z } from 'zod'
import { readJson, typed, unanswered, wrong } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { callGraph, graphMoment, isNotThere, refusalIn, troubleIn } from '../meta/graph.ts'
import { askFor, changedBy, publishedOf } from '../meta/publish.ts'
import { isSince, lettersOf, sinceOf } from '../own-words.ts'
import { notYet, whyNot } from '../posted.ts'
import { problem } from '../problems.ts'
import type { Found, OutgoingReply, ReplyChannel, Sent } from '../reply-channel.ts'
import { askPage, Me, renewThreads, threads } from './ask.ts'
import { idOfName, ThreadsMedia, threadsName } from './post.ts'

export type ThreadsAccount = { token: string; renewal?: string; id: string; username: string }

// https://developers.facebook.com/documentation/threads/overview
const longest = 500
const mostPages = 10

const Made = z.object({ id: z.string().min(1) })
const Shown = z.object({ permalink: z.string().nullish() })
const Done = z.object({ success: z.literal(true) })

/** Replies of an account: what is to be said is laid down first, where nobody sees it, and then published. */
export const threadsReplies: ReplyChannel<ThreadsAccount> = {
  platform: 'threads',
  settleMs: 60_000,

  parseAccount(input) {
    const token = typed(input, 'threadsToken')
    if (!/^[\w|.-]{20,600}$/.test(token)) throw wrong('threads.token', {}, 'threadsToken')
    return { token, id: '', username: '' }
  },

  async greet(account, io) {
    const asked = await askFor(`${threads}/me`, { fields: 'id,username' }, account, Me, io)
    if ('problem' in asked) return { kind: 'refused', problem: asked.problem }
    const { id, username } = asked.value
    return { kind: 'ready', name: `@${username}`, account: { ...account, id, username } }
  },

  async renew(account, io) {
    const renewed = await renewThreads(account, io)
    return renewed && { ...account, ...renewed }
  },

  limits: () => ({ length: { most: longest, unit: 'threads' } }),

  async send(reply, account, io): Promise<Sent> {
    const to = idOfName(reply.to.id)
    if (to === null) return { kind: 'refused', problem: problem('reply.gone') }
    const laid = await layDown(reply.text, to, account, io)
    if (typeof laid !== 'string') return laid
    const answer = await callGraph('POST', `${threads}/me/threads_publish`, { creation_id: laid }, account, io)
    const posted = publishedOf(answer, Made, io)
    if ('trouble' in posted) return posted.trouble
    const { id } = posted.value
    // The address is asked for, and a reply without one is there all the same.
    const shown = await askFor(`${threads}/${id}`, { fields: 'permalink' }, account, Shown, io)
    const url = 'problem' in shown ? null : (shown.value.permalink ?? null)
    return { kind: 'sent', id, mention: threadsName(id), url }
  },

  async find(reply, account, io): Promise<Found> {
    const to = idOfName(reply.to.id)
    if (to === null) return { kind: 'absent' }
    const since = String(Math.floor(sinceOf(reply).getTime() / 1000))
    let after = ''
    for (let page = 0; page < mostPages; page += 1) {
      const fields = 'id,text,timestamp,permalink,replied_to'
      const parameters = { fields, since, limit: '100', ...(after !== '' && { after }) }
      const asked = await askPage('me/replies', parameters, account, io)
      if ('trouble' in asked) return { kind: 'unknown', problem: whyNot(asked.trouble) }
      const own = asked.items.flatMap((item) => ThreadsMedia.safeParse(item).data ?? [])
      const same = own.find((one) => one.replied_to?.id === to && isThis(one, reply))
      if (same) return { kind: 'sent', id: same.id, mention: threadsName(same.id), url: same.permalink ?? null }
      if (asked.after === null) return { kind: 'absent' }
      after = asked.after
    }
    return { kind: 'unknown', problem: problem('meta.many-answers') }
  },

  async remove(published, account, io) {
    return changedBy(await callGraph('DELETE', `${threads}/${published.id}`, {}, account, io), Done, io, true)
  },
}

/** The number of what waits to be published. Whatever happens here, nothing has been published yet. */
async function layDown(
  text: string,
  to: string,
  account: ThreadsAccount,
  io: ConnectorIo,
): Promise<string | Exclude<Sent, { kind: 'sent' }>> {
  const parameters = { media_type: 'TEXT', text, reply_to_id: to }
  const answer = await callGraph('POST', `${threads}/me/threads`, parameters, account, io)
  if (answer.kind !== 'ok') return notYet(unanswered(answer), io.now(), problem('site.stopped'))
  const refusal = refusalIn(answer)
  if (refusal !== null && isNotThere(refusal)) return { kind: 'refused', problem: problem('reply.gone') }
  const trouble = troubleIn(answer, io.now())
  if (trouble?.kind === 'failed' && refusal !== null && !refusal.isTransient)
    return { kind: 'refused', problem: whyNot(trouble) }
  if (trouble !== null) return notYet(trouble, io.now(), whyNot(trouble))
  const read = readJson(answer, Made)
  return 'trouble' in read ? notYet(read.trouble, io.now(), whyNot(read.trouble)) : read.value.id
}

function isThis({ text, timestamp }: ThreadsMedia, reply: OutgoingReply): boolean {
  return isSince(graphMoment(timestamp), reply) && lettersOf(text ?? '') === lettersOf(reply.text)
}
