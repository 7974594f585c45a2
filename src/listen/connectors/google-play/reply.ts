import { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import { readJson, typed, wrong, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { askGoogleApi, callGoogle, troubleOf } from '../google/api.ts'
import { serviceAccountIn } from '../google/token.ts'
import { lettersOf } from '../own-words.ts'
import { notYet, whyNot } from '../posted.ts'
import { problem } from '../problems.ts'
import { changedOrNot, postedOrRefused } from '../publishing.ts'
import type { AnsweredMention, Changed, Found, ReplyChannel, Sent } from '../reply-channel.ts'
import { playApi } from './api.ts'
import { PlayReview } from './google-play.ts'

export type PlayAccount = { keyFile: string; app: string }

const longest = 350

const Answered = z.object({ result: z.object({ replyText: z.string().nullish() }) })

/** The developer's answer to a review. A review has one, and another one takes its place; it cannot be taken away. */
export const googlePlayReplies: ReplyChannel<PlayAccount> = {
  platform: 'google-play',
  settleMs: 60_000,

  parseAccount(input) {
    const account = { app: typed(input, 'app'), keyFile: typed(input, 'keyFile') }
    if (!/^[a-z]\w*(\.[a-z]\w*)+$/i.test(account.app)) throw wrong('google-play.url', {}, 'app')
    if (serviceAccountIn(account.keyFile, '') === null) throw wrong('google.key-file', {}, 'keyFile')
    return account
  },

  async greet(account, io) {
    const asked = await askGoogleApi(playApi, `${account.app}/reviews?maxResults=1`, account.keyFile, z.object({}), io)
    if ('trouble' in asked) return { kind: 'refused', problem: whyNot(asked.trouble) }
    return { kind: 'ready', name: account.app, account }
  },

  limits: () => ({ length: { most: longest, unit: 'characters' } }),

  async send(reply, account, io): Promise<Sent> {
    const review = reviewOf(reply.to)
    if (review === null) return { kind: 'refused', problem: problem('reply.gone') }
    const answer = await respond(review, reply.text, account, io)
    // No token could be had, so nothing was published.
    if ('trouble' in answer) return notYet(answer.trouble, io.now(), whyNot(answer.trouble))
    const posted = postedOrRefused(answer, troubleOf(playApi), io.now())
    if ('trouble' in posted) return posted.trouble
    const made = readJson(posted.content, Answered)
    return 'trouble' in made
      ? { kind: 'unknown', problem: whyNot(made.trouble) }
      : { kind: 'sent', ...publishedAs(review, reply.to) }
  },

  async find(reply, account, io): Promise<Found> {
    const review = reviewOf(reply.to)
    if (review === null) return { kind: 'absent' }
    const asked = await askGoogleApi(
      playApi,
      `${account.app}/reviews/${encodeURIComponent(review)}`,
      account.keyFile,
      PlayReview,
      io,
    )
    if ('trouble' in asked) return { kind: 'unknown', problem: whyNot(asked.trouble) }
    const said = asked.value.comments.flatMap(({ developerComment }) => developerComment?.text ?? [])
    return said.some((text) => lettersOf(text) === lettersOf(reply.text))
      ? { kind: 'sent', ...publishedAs(review, reply.to) }
      : { kind: 'absent' }
  },

  async edit({ id }, text, account, io): Promise<Changed> {
    return changedOrNot(await respond(id, text, account, io), troubleOf(playApi), io.now())
  },
}

function respond(
  review: string,
  replyText: string,
  { app, keyFile }: PlayAccount,
  io: ConnectorIo,
): Promise<Answer | { trouble: Trouble }> {
  return callGoogle(
    playApi,
    { method: 'POST', path: `${app}/reviews/${encodeURIComponent(review)}:reply`, body: { replyText } },
    keyFile,
    io,
  )
}

function reviewOf({ id }: AnsweredMention): string | null {
  return /^google-play:([\w:-]+)$/.exec(id)?.[1] ?? null
}

function publishedAs(review: string, to: AnsweredMention): { id: string; mention: string; url: string | null } {
  return { id: review, mention: `google-play:response/${review}`, url: to.url }
}
