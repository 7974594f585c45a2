import { z } from 'zod'
import { parseMetaAccount, renewMetaAccount, type MetaAccount } from '../meta/account.ts'
import { afterOf, callGraph, graph, graphMoment, GraphPage } from '../meta/graph.ts'
import { askFor, changedBy, publishedOf } from '../meta/publish.ts'
import { isSince, lettersOf } from '../own-words.ts'
import { problem } from '../problems.ts'
import type { AnsweredMention, Found, ReplyChannel, Sent } from '../reply-channel.ts'
import { commentName, idOfName } from './post.ts'

export type FacebookAccount = MetaAccount & { page: string }

const longest = 8000
const mostPages = 10

const Me = z.object({ id: z.string().min(1), name: z.string().min(1) })
const Made = z.object({ id: z.string().min(1) })
const Own = z.object({
  id: z.string().min(1),
  message: z.string().nullish(),
  created_time: z.string().nullish(),
  from: z.object({ id: z.string() }).nullish(),
})
const Done = z.union([z.object({ success: z.literal(true) }), z.literal(true)])

/** Comments of a page below posts and comments, by the token of the page. */
export const facebookReplies: ReplyChannel<FacebookAccount> = {
  platform: 'facebook',
  settleMs: 60_000,

  parseAccount: (input) => ({ ...parseMetaAccount(input), page: '' }),

  async greet(account, io) {
    const asked = await askFor(`${graph}/me`, { fields: 'id,name' }, account, Me, io)
    if ('problem' in asked) return { kind: 'refused', problem: asked.problem }
    return { kind: 'ready', name: asked.value.name, account: { ...account, page: asked.value.id } }
  },

  renew: renewMetaAccount,

  limits: () => ({ length: { most: longest, unit: 'characters' } }),

  async send(reply, account, io): Promise<Sent> {
    const below = placeOf(reply.to)
    if (below === null) return { kind: 'refused', problem: problem('reply.gone') }
    const answer = await callGraph('POST', `${graph}/${below}/comments`, { message: reply.text }, account, io)
    const posted = publishedOf(answer, Made, io)
    return 'trouble' in posted ? posted.trouble : { kind: 'sent', ...publishedAs(posted.value.id) }
  },

  async find(reply, account, io): Promise<Found> {
    const below = placeOf(reply.to)
    if (below === null) return { kind: 'absent' }
    let after = ''
    for (let page = 0; page < mostPages; page += 1) {
      const parameters = {
        fields: 'id,message,created_time,from',
        order: 'reverse_chronological',
        limit: '100',
        ...(after !== '' && { after }),
      }
      const asked = await askFor(`${graph}/${below}/comments`, parameters, account, GraphPage, io)
      if ('problem' in asked) return { kind: 'unknown', problem: asked.problem }
      const own = asked.value.data.flatMap((item) => Own.safeParse(item).data ?? [])
      const same = own.find(
        (one) =>
          one.from?.id === account.page &&
          isSince(graphMoment(one.created_time), reply) &&
          lettersOf(one.message ?? '') === lettersOf(reply.text),
      )
      if (same) return { kind: 'sent', ...publishedAs(same.id) }
      const following = afterOf(asked.value)
      if (following === null || own.some((one) => !isSince(graphMoment(one.created_time), reply)))
        return { kind: 'absent' }
      after = following
    }
    return { kind: 'unknown', problem: problem('meta.many-answers') }
  },

  async edit(published, text, account, io) {
    return changedBy(
      await callGraph('POST', `${graph}/${published.id}`, { message: text }, account, io),
      Done,
      io,
      false,
    )
  },

  async remove(published, account, io) {
    return changedBy(await callGraph('DELETE', `${graph}/${published.id}`, {}, account, io), Done, io, true)
  },
}

/** Comments have two floors: an answer to an answer is one to what it answers. */
function placeOf({ id, parent, root }: AnsweredMention): string | null {
  const below = parent !== null && root !== null && parent !== root ? idOfName(parent) : null
  const own = idOfName(id)
  return own === null ? null : (below ?? own).id
}

function publishedAs(id: string): { id: string; mention: string; url: string } {
  return { id, mention: commentName(id), url: `https://www.facebook.com/${id}` }
}
