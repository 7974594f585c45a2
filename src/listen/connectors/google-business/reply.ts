import { z } from 'zod'
import { readJson, typed, wrong } from '../answers.ts'
import { askGoogleApi, callGoogle, troubleOf } from '../google/api.ts'
import { lettersOf } from '../own-words.ts'
import { notYet, whyNot } from '../posted.ts'
import { problem } from '../problems.ts'
import { changedOrNot, postedOrRefused } from '../publishing.ts'
import type { AnsweredMention, Found, ReplyChannel, Sent } from '../reply-channel.ts'
import { businessApi, type BusinessKeys } from './api.ts'
import { BusinessReview } from './google-business.ts'

// In bytes (https://developers.google.com/my-business/reference/rest/v4/accounts.locations.reviews/updateReply).
const longest = 4096

const Accounts = z.object({ accounts: z.array(z.object({ accountName: z.string().nullish() })).nullish() })
const Answered = z.object({ comment: z.string().nullish() })

/** The owner's answer to a review on Google Maps. A review has one, and another one takes its place. */
export const googleBusinessReplies: ReplyChannel<BusinessKeys> = {
  platform: 'google-business',
  settleMs: 60_000,

  parseAccount(input) {
    const keys = {
      clientId: typed(input, 'clientId'),
      clientSecret: typed(input, 'clientSecret'),
      refreshToken: typed(input, 'refreshToken'),
    }
    for (const [name, value] of Object.entries(keys))
      if (!/^[\x21-\x7e]{8,600}$/.test(value)) throw wrong('google.keys', {}, name)
    return keys
  },

  async greet(account, io) {
    const asked = await askGoogleApi(businessApi, 'accounts', account, Accounts, io)
    if ('trouble' in asked) return { kind: 'refused', problem: whyNot(asked.trouble) }
    const [first] = asked.value.accounts ?? []
    if (!first) return { kind: 'refused', problem: problem('google-business.not-found') }
    return { kind: 'ready', name: first.accountName || 'Google', account }
  },

  limits: () => ({ length: { most: longest, unit: 'bytes' } }),

  async send(reply, account, io): Promise<Sent> {
    const review = reviewOf(reply.to)
    if (review === null) return { kind: 'refused', problem: problem('reply.gone') }
    const answer = await callGoogle(
      businessApi,
      { method: 'PUT', path: `${review}/reply`, body: { comment: reply.text } },
      account,
      io,
    )
    if ('trouble' in answer) return notYet(answer.trouble, io.now(), whyNot(answer.trouble))
    const posted = postedOrRefused(answer, troubleOf(businessApi), io.now())
    if ('trouble' in posted) return posted.trouble
    const made = readJson(posted.content, Answered)
    return 'trouble' in made
      ? { kind: 'unknown', problem: whyNot(made.trouble) }
      : { kind: 'sent', ...publishedAs(review) }
  },

  async find(reply, account, io): Promise<Found> {
    const review = reviewOf(reply.to)
    if (review === null) return { kind: 'absent' }
    const asked = await askGoogleApi(businessApi, review, account, BusinessReview, io)
    if ('trouble' in asked) return { kind: 'unknown', problem: whyNot(asked.trouble) }
    const said = asked.value.reviewReply?.comment ?? ''
    return lettersOf(said) === lettersOf(reply.text) ? { kind: 'sent', ...publishedAs(review) } : { kind: 'absent' }
  },

  async edit({ id }, text, account, io) {
    const answer = await callGoogle(
      businessApi,
      { method: 'PUT', path: `${id}/reply`, body: { comment: text } },
      account,
      io,
    )
    return changedOrNot(answer, troubleOf(businessApi), io.now())
  },

  async remove({ id }, account, io) {
    return changedOrNot(
      await callGoogle(businessApi, { method: 'DELETE', path: `${id}/reply` }, account, io),
      troubleOf(businessApi),
      io.now(),
      true,
    )
  },
}

function reviewOf({ id }: AnsweredMention): string | null {
  return /^google-business:(accounts\/\d+\/locations\/\d+\/reviews\/[\w-]+)$/.exec(id)?.[1] ?? null
}

function publishedAs(review: string): { id: string; mention: string; url: null } {
  return { id: review, mention: `google-business:${review}/reply`, url: null }
}
