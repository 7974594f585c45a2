import { z } from 'zod'
import { parseMetaAccount, renewMetaAccount, type MetaAccount } from '../meta/account.ts'
import { afterOf, callGraph, graph, graphMoment, GraphPage } from '../meta/graph.ts'
import { askFor, changedBy, publishedOf } from '../meta/publish.ts'
import { isSince, lettersOf } from '../own-words.ts'
import { problem } from '../problems.ts'
import type { AnsweredMention, Found, ReplyChannel, Sent } from '../reply-channel.ts'
import { commentName, idOfName } from './post.ts'

export type InstagramAccount = MetaAccount & { id: string; username: string }

// Of a comment by a program (https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/comments).
const longest = 300
const mostPages = 10

const Me = z.object({
  instagram_business_account: z.object({ id: z.string().min(1), username: z.string().min(1) }).nullish(),
})
const Made = z.object({ id: z.string().min(1) })
const Own = z.object({
  id: z.string().min(1),
  text: z.string().nullish(),
  timestamp: z.string().nullish(),
  username: z.string().nullish(),
})
const Done = z.union([z.object({ success: z.literal(true) }), z.literal(true)])

/** Answers of a professional account to comments, and comments below its own posts and those that it is mentioned in. */
export const instagramReplies: ReplyChannel<InstagramAccount> = {
  platform: 'instagram',
  settleMs: 60_000,

  parseAccount: (input) => ({ ...parseMetaAccount(input), id: '', username: '' }),

  async greet(account, io) {
    const asked = await askFor(`${graph}/me`, { fields: 'instagram_business_account{id,username}' }, account, Me, io)
    if ('problem' in asked) return { kind: 'refused', problem: asked.problem }
    const own = asked.value.instagram_business_account
    if (!own) return { kind: 'refused', problem: problem('instagram.no-account') }
    return { kind: 'ready', name: `@${own.username}`, account: { ...account, id: own.id, username: own.username } }
  },

  renew: renewMetaAccount,

  limits: () => ({ length: { most: longest, unit: 'characters' } }),

  async send(reply, account, io): Promise<Sent> {
    const place = placeOf(reply.to, account)
    if (place === null) return { kind: 'refused', problem: problem('reply.gone') }
    const parameters = { message: reply.text, ...(place.mention !== null && { media_id: place.mention }) }
    const posted = publishedOf(await callGraph('POST', `${graph}/${place.path}`, parameters, account, io), Made, io)
    if ('trouble' in posted) return posted.trouble
    return { kind: 'sent', id: posted.value.id, mention: commentName(posted.value.id), url: reply.to.url }
  },

  async find(reply, account, io): Promise<Found> {
    const place = placeOf(reply.to, account)
    if (place === null) return { kind: 'absent' }
    // Below what belongs to others nothing is shown, not even what is ours.
    if (place.mention !== null) return { kind: 'unknown', problem: problem('instagram.not-shown') }
    let after = ''
    for (let page = 0; page < mostPages; page += 1) {
      const parameters = { fields: 'id,text,timestamp,username', limit: '50', ...(after !== '' && { after }) }
      const asked = await askFor(`${graph}/${place.path}`, parameters, account, GraphPage, io)
      if ('problem' in asked) return { kind: 'unknown', problem: asked.problem }
      const same = asked.value.data
        .flatMap((item) => Own.safeParse(item).data ?? [])
        .find(
          (one) =>
            one.username === account.username &&
            isSince(graphMoment(one.timestamp), reply) &&
            lettersOf(one.text ?? '') === lettersOf(reply.text),
        )
      if (same) return { kind: 'sent', id: same.id, mention: commentName(same.id), url: reply.to.url }
      const following = afterOf(asked.value)
      if (following === null) return { kind: 'absent' }
      after = following
    }
    return { kind: 'unknown', problem: problem('meta.many-answers') }
  },

  async remove(published, account, io) {
    return changedBy(await callGraph('DELETE', `${graph}/${published.id}`, {}, account, io), Done, io, true)
  },
}

/** Comments have two floors: an answer to an answer is one to the first comment. */
function placeOf(
  to: AnsweredMention,
  { id, username }: InstagramAccount,
): { path: string; mention: string | null } | null {
  const named = idOfName(to.id)
  if (named === null) return null
  if (named.kind === 'comment') {
    const above = to.parent === to.root ? null : idOfName(to.parent)
    return { path: `${above?.kind === 'comment' ? above.id : named.id}/replies`, mention: null }
  }
  const isOwn = to.author?.handle?.toLowerCase() === username.toLowerCase()
  return isOwn ? { path: `${named.id}/comments`, mention: null } : { path: `${id}/mentions`, mention: named.id }
}
