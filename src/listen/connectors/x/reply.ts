import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import { readJson, typed, wrong, type Answered, type Trouble } from '../answers.ts'
import type { Charge, ConnectorIo, Micros } from '../connector.ts'
import { isSince, lettersOf, sinceOf } from '../own-words.ts'
import { postedOf, whyNot } from '../posted.ts'
import { problem, type Problem } from '../problems.ts'
import type { Changed, Found, OutgoingReply, Published, ReplyChannel, Sent } from '../reply-channel.ts'
import { origin, readX, reasonIn } from './ask.ts'
import { authorization, type Keys } from './oauth1.ts'
import { idOfName, nameOf } from './post.ts'
import { ownReadMicros, removalMicros, replyMicros, replyWithLinkMicros } from './price.ts'

export type XAccount = Keys & { id: string; username: string }

const pageSize = 100
const mostPages = 5

const Me = z.object({ data: z.object({ id: z.string().min(1), username: z.string().min(1) }) })
const Made = z.object({ data: z.object({ id: z.string().min(1) }) })
const Own = z.object({
  data: z
    .array(
      z.object({
        id: z.string().min(1),
        text: z.string(),
        created_at: z.string().nullish(),
        referenced_tweets: z.array(z.object({ type: z.string(), id: z.string() })).nullish(),
      }),
    )
    .nullish(),
  meta: z.object({ next_token: z.string().nullish() }).nullish(),
})
const Deleted = z.object({ data: z.object({ deleted: z.boolean() }) })

/**
 * Replies on X, which are paid for from the project's budget. X takes a reply of a program only where the author has
 * named or quoted the account that replies; it says no to all others, and then a person copies and opens.
 */
export const xReplies: ReplyChannel<XAccount> = {
  platform: 'x',
  settleMs: 60_000,

  parseAccount(input) {
    const keys: Keys = {
      apiKey: typed(input, 'apiKey'),
      apiSecret: typed(input, 'apiSecret'),
      accessToken: typed(input, 'accessToken'),
      accessSecret: typed(input, 'accessSecret'),
    }
    for (const [name, value] of Object.entries(keys))
      if (!/^[\w-]{10,200}$/.test(value)) throw wrong('x.keys', {}, name)
    return { ...keys, id: '', username: '' }
  },

  async greet(account, io) {
    const paid = await paidFor(10 * ownReadMicros, io)
    if ('problem' in paid) return { kind: 'refused', problem: paid.problem }
    const answer = await ask('GET', '/2/users/me', account, io)
    await paid.settle(isPublished(answer) ? [{ micros: 10 * ownReadMicros, once: 'me' }] : [])
    const read = readAnswer(answer, Me, io)
    if ('trouble' in read) return { kind: 'refused', problem: whyNot(read.trouble) }
    const { id, username } = read.value.data
    return { kind: 'ready', name: `@${username}`, account: { ...account, id, username } }
  },

  limits: () => ({ length: { most: 280, unit: 'x' } }),

  async send(reply, account, io): Promise<Sent> {
    const answered = idOfName(reply.to.id) ?? idOfName(reply.to.url ?? '')
    if (answered === null) return { kind: 'refused', problem: problem('reply.gone') }
    // X takes for a link what looks like one.
    const price = /[\p{L}\p{N}]\.\p{L}{2,}/u.test(reply.text) ? replyWithLinkMicros : replyMicros
    const paid = await paidFor(price, io)
    if ('problem' in paid) return { kind: 'refused', problem: paid.problem }
    const body = { text: reply.text, reply: { in_reply_to_tweet_id: answered } }
    const answer = await ask('POST', '/2/tweets', account, io, body)
    const outcome = sentOf(answer, account, io)
    await paid.settle(outcome.kind === 'refused' || outcome.kind === 'later' ? [] : [{ micros: price, once: null }])
    return outcome
  },

  async find(reply, account, io): Promise<Found> {
    const answered = idOfName(reply.to.id) ?? idOfName(reply.to.url ?? '')
    const from = sinceOf(reply).toISOString().replace(/\.\d+/, '')
    const fields = `max_results=${pageSize}&start_time=${encodeURIComponent(from)}&tweet.fields=created_at,referenced_tweets,text`
    let next = ''
    for (let page = 0; page < mostPages; page += 1) {
      const paid = await paidFor(pageSize * ownReadMicros, io)
      if ('problem' in paid) return { kind: 'unknown', problem: paid.problem }
      const answer = await ask('GET', `/2/users/${account.id}/tweets?${fields}${next}`, account, io)
      const read = readAnswer(answer, Own, io)
      const posts = 'value' in read ? (read.value.data ?? []) : []
      await paid.settle(posts.map(({ id }) => ({ micros: ownReadMicros, once: `own ${id}` })))
      if ('trouble' in read) return { kind: 'unknown', problem: whyNot(read.trouble) }
      const same = posts.find(
        (one) =>
          one.referenced_tweets?.some(({ type, id }) => type === 'replied_to' && id === answered) === true &&
          isSince(one.created_at, reply) &&
          isSame(one.text, reply),
      )
      if (same) return { kind: 'sent', ...publishedAs(same.id, account) }
      const following = read.value.meta?.next_token
      if (following == null) return { kind: 'absent' }
      next = `&pagination_token=${encodeURIComponent(following)}`
    }
    return { kind: 'unknown', problem: problem('x.many-since') }
  },

  async remove(published, account, io): Promise<Changed> {
    const paid = await paidFor(removalMicros, io)
    if ('problem' in paid) return { kind: 'refused', problem: paid.problem }
    const answer = await ask('DELETE', `/2/tweets/${encodeURIComponent(published.id)}`, account, io)
    await paid.settle(isPublished(answer) ? [{ micros: removalMicros, once: null }] : [])
    // Gone already is as good.
    if (answer.kind === 'ok' && answer.status === 404) return { kind: 'done' }
    const read = readAnswer(answer, Deleted, io)
    if ('value' in read) return { kind: 'done' }
    return { kind: answer.kind === 'ok' && answer.status < 500 ? 'refused' : 'unknown', problem: whyNot(read.trouble) }
  },
}

async function ask(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  account: XAccount,
  io: ConnectorIo,
  body?: unknown,
): Promise<Answer> {
  const url = `${origin}${path}`
  const once = { nonce: randomBytes(16).toString('hex'), at: io.now() }
  return io.request(url, {
    method,
    headers: {
      authorization: authorization(account, { method, url }, once),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    followRedirects: false,
    signal: io.signal,
  })
}

function sentOf(answer: Answer, account: XAccount, io: ConnectorIo): Sent {
  if (answer.kind === 'ok' && answer.status === 403) return { kind: 'refused', problem: notAllowed(answer) }
  if (answer.kind === 'ok' && (answer.status === 402 || answer.status === 429 || answer.status === 401)) {
    const read = readX(answer, io.now())
    if ('trouble' in read) {
      if (read.trouble.kind !== 'rate-limited') return { kind: 'refused', problem: whyNot(read.trouble) }
      return { kind: 'later', at: read.trouble.retryAt, problem: whyNot(read.trouble) }
    }
  }
  const posted = postedOf(answer, io.now())
  if ('trouble' in posted) return posted.trouble
  const made = readJson(posted.content, Made)
  // It was accepted, in a form that does not say where it is.
  if ('trouble' in made) return { kind: 'unknown', problem: whyNot(made.trouble) }
  return { kind: 'sent', ...publishedAs(made.value.data.id, account) }
}

function notAllowed(answer: Answered): Problem {
  const { reason } = reasonIn(answer)
  return /duplicate/i.test(reason) ? problem('reply.refused', { reason }) : problem('x.not-summoned', { reason })
}

/** X folds links into its own and names the account it answers first. */
function isSame(text: string, { text: written }: OutgoingReply): boolean {
  const bare = (one: string) =>
    lettersOf(one.replace(/^(?:@\w+\s+)+/, '').replace(/(?:https?:\/\/)?[\w-]+(?:\.[\w-]+)+\S*/gi, ''))
  return bare(text) === bare(written)
}

function readAnswer<Value>(
  answer: Answer,
  shape: z.ZodType<Value>,
  io: ConnectorIo,
): { value: Value } | { trouble: Trouble } {
  const read = readX(answer, io.now())
  return 'trouble' in read ? read : readJson(read.content, shape)
}

function isPublished(answer: Answer): boolean {
  return answer.kind !== 'ok' || answer.status < 400
}

function publishedAs(id: string, { username }: XAccount): Published {
  return { id, mention: nameOf(id), url: `https://x.com/${username}/status/${id}` }
}

async function paidFor(
  most: Micros,
  io: ConnectorIo,
): Promise<{ settle: (charged: Charge[]) => Promise<void> } | { problem: Problem }> {
  const paid = await io.pay?.(most)
  if (paid === undefined) return { problem: problem('budget.none') }
  return paid.kind === 'refused' ? { problem: paid.problem } : { settle: paid.settle }
}
