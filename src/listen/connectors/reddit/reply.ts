import { z } from 'zod'
import { readJson, typed, wrong } from '../answers.ts'
import { isSince, lettersOf } from '../own-words.ts'
import { notYet, whyNot } from '../posted.ts'
import { problem } from '../problems.ts'
import { changedOrNot, postedOrRefused } from '../publishing.ts'
import type { Found, ReplyChannel, Sent } from '../reply-channel.ts'
import { askReddit, callReddit, troubleIn, type RedditApp } from './ask.ts'
import { nameOfThing, Thing, thingName } from './thing.ts'

export type RedditAccount = RedditApp & { name: string }

const longest = 10_000
const mostPages = 5

const Me = z.object({ name: z.string().min(1) })
const Listing = z.object({ data: z.object({ children: z.array(z.unknown()), after: z.string().nullish() }) })
const Answered = z.object({
  json: z.object({
    errors: z.array(z.array(z.unknown())),
    data: z
      .object({
        things: z.array(z.object({ data: z.object({ name: z.string().min(1), permalink: z.string().nullish() }) })),
      })
      .nullish(),
  }),
})

/** Comments of an account below posts and comments, where the rules of the subreddit allow it. */
export const redditReplies: ReplyChannel<RedditAccount> = {
  platform: 'reddit',
  settleMs: 60_000,

  parseAccount(input) {
    const account = {
      clientId: typed(input, 'clientId'),
      clientSecret: typed(input, 'clientSecret'),
      refreshToken: typed(input, 'refreshToken'),
    }
    for (const [name, value] of Object.entries(account))
      if (!/^[\x21-\x7e]{8,600}$/.test(value)) throw wrong('reddit.keys', {}, name)
    return { ...account, owner: 'heed', name: '' }
  },

  async greet(account, io) {
    const asked = await askReddit('/api/v1/me', account, Me, io)
    if ('trouble' in asked) return { kind: 'refused', problem: whyNot(asked.trouble) }
    const { name } = asked.value
    return { kind: 'ready', name: `u/${name}`, account: { ...account, owner: name, name } }
  },

  limits: () => ({ length: { most: longest, unit: 'characters' } }),

  async send(reply, account, io): Promise<Sent> {
    const to = nameOfThing(reply.to.id)
    if (to === null) return { kind: 'refused', problem: problem('reply.gone') }
    const form = { api_type: 'json', raw_json: '1', thing_id: to, text: reply.text }
    const answer = await callReddit({ method: 'POST', path: '/api/comment', form }, account, io)
    if ('trouble' in answer) return notYet(answer.trouble, io.now(), whyNot(answer.trouble))
    const posted = postedOrRefused(answer, troubleIn, io.now())
    if ('trouble' in posted) return posted.trouble
    const read = readJson(posted.content, Answered)
    // It was accepted, in a form that does not say where it is.
    if ('trouble' in read) return { kind: 'unknown', problem: whyNot(read.trouble) }
    const [error] = read.value.json.errors
    if (error) return refused(error, io.now())
    const made = read.value.json.data?.things[0]?.data
    return made ? { kind: 'sent', ...publishedAs(made) } : { kind: 'unknown', problem: problem('site.empty') }
  },

  async find(reply, account, io): Promise<Found> {
    const to = nameOfThing(reply.to.id)
    if (to === null) return { kind: 'absent' }
    let after = ''
    for (let page = 0; page < mostPages; page += 1) {
      const asked = await askReddit(`/user/${account.name}/comments?limit=100&raw_json=1${after}`, account, Listing, io)
      if ('trouble' in asked) return { kind: 'unknown', problem: whyNot(asked.trouble) }
      const own = asked.value.data.children.flatMap((item) => Thing.safeParse(item).data ?? [])
      const isNew = ({ data }: Thing) => isSince(data.created_utc == null ? null : data.created_utc * 1000, reply)
      const same = own.find(
        (one) =>
          one.kind === 't1' &&
          one.data.parent_id === to &&
          isNew(one) &&
          lettersOf(one.data.body ?? '') === lettersOf(reply.text),
      )
      if (same) return { kind: 'sent', ...publishedAs(same.data) }
      const following = asked.value.data.after
      // The newest stand first; whatever is older was there before the reply was begun.
      if (following == null || own.some((one) => !isNew(one))) return { kind: 'absent' }
      after = `&after=${encodeURIComponent(following)}`
    }
    return { kind: 'unknown', problem: problem('reddit.many-since') }
  },

  async edit({ id }, text, account, io) {
    const form = { api_type: 'json', raw_json: '1', thing_id: id, text }
    return changedOrNot(
      await callReddit({ method: 'POST', path: '/api/editusertext', form }, account, io),
      troubleIn,
      io.now(),
    )
  },

  async remove({ id }, account, io) {
    return changedOrNot(
      await callReddit({ method: 'POST', path: '/api/del', form: { id } }, account, io),
      troubleIn,
      io.now(),
      true,
    )
  },
}

/** Reddit refuses with status 200: a code, a sentence, and what it is about. */
function refused([code, sentence]: unknown[], now: Date): Sent {
  const reason = String(sentence ?? code)
  if (code !== 'RATELIMIT') return { kind: 'refused', problem: problem('reply.refused', { reason }) }
  const [, count, unit] = /(\d+) (second|minute|hour)/.exec(reason) ?? []
  const unitMs = unit === 'hour' ? 3_600_000 : unit === 'second' ? 1000 : 60_000
  return {
    kind: 'later',
    at: new Date(now.getTime() + Number(count ?? 10) * unitMs),
    problem: problem('reply.slow-down'),
  }
}

function publishedAs({ name, permalink }: { name: string; permalink?: string | null | undefined }) {
  return { id: name, mention: thingName(name), url: permalink == null ? null : `https://www.reddit.com${permalink}` }
}
