import { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import { readJson, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { lettersOf } from '../own-words.ts'
import { notYet, whyNot } from '../posted.ts'
import { problem } from '../problems.ts'
import { changedOrNot, postedOrRefused } from '../publishing.ts'
import type { AnsweredMention, Changed, Found, ReplyChannel, Sent } from '../reply-channel.ts'
import { askAppStore, callAppStore, troubleIn } from './ask.ts'
import { parseKeys, type AppStoreKeys } from './keys.ts'

const longest = 5970

const Apps = z.object({ data: z.array(z.object({ attributes: z.object({ name: z.string() }) })) })
const Response = z.object({
  data: z.object({ id: z.string().min(1), attributes: z.object({ responseBody: z.string().nullish() }) }),
})

/** The developer's answer to a review. A review has one, and another one takes its place. */
export const appStoreReplies: ReplyChannel<AppStoreKeys> = {
  platform: 'app-store',
  settleMs: 60_000,

  parseAccount: parseKeys,

  async greet(account, io) {
    const asked = await askAppStore('/v1/apps?fields[apps]=name&limit=1', account, Apps, io)
    if ('trouble' in asked) return { kind: 'refused', problem: whyNot(asked.trouble) }
    return { kind: 'ready', name: asked.value.data[0]?.attributes.name ?? account.keyId, account }
  },

  limits: () => ({ length: { most: longest, unit: 'characters' } }),

  async send(reply, account, io): Promise<Sent> {
    const review = reviewOf(reply.to)
    if (review === null) return { kind: 'refused', problem: problem('reply.gone') }
    const answer = await respond(review, reply.text, account, io)
    if ('trouble' in answer) return notYet(answer.trouble, io.now(), whyNot(answer.trouble))
    const posted = postedOrRefused(answer, troubleIn, io.now())
    if ('trouble' in posted) return posted.trouble
    const made = readJson(posted.content, Response)
    return 'trouble' in made
      ? { kind: 'unknown', problem: whyNot(made.trouble) }
      : { kind: 'sent', ...publishedAs(made.value.data.id, reply.to) }
  },

  async find(reply, account, io): Promise<Found> {
    const review = reviewOf(reply.to)
    if (review === null) return { kind: 'absent' }
    const asked = await askAppStore(`/v1/customerReviews/${review}/response`, account, Response, io)
    if ('trouble' in asked) {
      if (asked.trouble.kind === 'failed' && asked.trouble.problem?.key === 'app-store.not-found')
        return { kind: 'absent' }
      return { kind: 'unknown', problem: whyNot(asked.trouble) }
    }
    const { id, attributes } = asked.value.data
    return lettersOf(attributes.responseBody ?? '') === lettersOf(reply.text)
      ? { kind: 'sent', ...publishedAs(id, reply.to) }
      : { kind: 'absent' }
  },

  async edit({ mention }, text, account, io): Promise<Changed> {
    const review = mention.replace('app-store:response/', '')
    return changedOrNot(await respond(review, text, account, io), troubleIn, io.now())
  },

  async remove({ id }, account, io): Promise<Changed> {
    const answer = await callAppStore(
      { method: 'DELETE', path: `/v1/customerReviewResponses/${encodeURIComponent(id)}` },
      account,
      io,
    )
    return changedOrNot(answer, troubleIn, io.now(), true)
  },
}

function respond(
  review: string,
  text: string,
  account: AppStoreKeys,
  io: ConnectorIo,
): Promise<Answer | { trouble: Trouble }> {
  const body = {
    data: {
      type: 'customerReviewResponses',
      attributes: { responseBody: text },
      relationships: { review: { data: { type: 'customerReviews', id: review } } },
    },
  }
  return callAppStore({ method: 'POST', path: '/v1/customerReviewResponses', body }, account, io)
}

function reviewOf({ id }: AnsweredMention): string | null {
  return /^app-store:([\w-]+)$/.exec(id)?.[1] ?? null
}

function publishedAs(id: string, to: AnsweredMention): { id: string; mention: string; url: string | null } {
  return { id, mention: `app-store:response/${reviewOf(to)}`, url: to.url }
}
