import { z } from 'zod'
import { askJson, readJson, typed, wrong } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { htmlToText } from '../html-to-text.ts'
import { isSince, lettersOf } from '../own-words.ts'
import { notChanged, notYet, postedOf, whyNot } from '../posted.ts'
import { problem } from '../problems.ts'
import type { AnsweredMention, Changed, Found, OutgoingReply, Published, ReplyChannel, Sent } from '../reply-channel.ts'
import { findStatus, isNotThere, type Found as FoundStatus } from './find-status.ts'
import { idOf } from './status.ts'
import { authorised, signedIn, type MastodonAccount } from './account.ts'

const usualLength = 500
const pageSize = 40
const mostPages = 10
// Mastodon shows somebody who is signed in no more than 4,096 answers.
const mostAnswers = 4000

const Me = z.object({ id: z.string().min(1), acct: z.string().min(1) })
const Instance = z.object({
  configuration: z.object({ statuses: z.object({ max_characters: z.int().positive() }) }).nullish(),
  max_toot_chars: z.int().positive().nullish(),
})
const Made = z.object({
  id: z.string().min(1),
  uri: z.string().min(1),
  url: z.string().nullish(),
  content: z.string().nullish(),
  created_at: z.string().nullish(),
  in_reply_to_id: z.string().nullish(),
})
type Made = z.infer<typeof Made>

/**
 * Replies on Mastodon and what speaks its API. Mastodon itself keeps an idempotency key for an hour; others do not, so a
 * reply is looked for among the newest statuses of the account.
 */
export const mastodonReplies: ReplyChannel<MastodonAccount> = {
  platform: 'mastodon',
  settleMs: 60_000,

  parseAccount(input) {
    const server = serverIn(typed(input, 'server'))
    if (server === null) throw wrong('mastodon.server', {}, 'server')
    const token = typed(input, 'token')
    if (!/^[\x21-\x7e]{8,}$/.test(token)) throw wrong('mastodon.token', {}, 'token')
    return { server, token, id: '', acct: '', longest: usualLength }
  },

  async greet(account, io) {
    const asked = await askJson(signedIn(io, account), `${account.server}/api/v1/accounts/verify_credentials`, Me)
    if ('trouble' in asked)
      return {
        kind: 'refused',
        problem:
          asked.trouble.kind === 'rate-limited'
            ? problem('reply.slow-down')
            : (asked.trouble.problem ?? problem('mastodon.token')),
      }
    const host = new URL(account.server).host
    const acct = asked.value.acct.includes('@') ? asked.value.acct : `${asked.value.acct}@${host}`
    const longest = await longestStatus(account, io)
    return { kind: 'ready', name: `@${acct}`, account: { ...account, id: asked.value.id, acct, longest } }
  },

  limits: ({ longest }) => ({ length: { most: longest, unit: 'mastodon' } }),

  compose: withName,

  async send(reply, account, io): Promise<Sent> {
    const found = await findStatus(reply.to, account, io)
    if (found.kind !== 'found') return unanswerable(found, io)
    const answer = await io.request(`${account.server}/api/v1/statuses`, {
      method: 'POST',
      headers: { ...authorised(account), 'content-type': 'application/json', 'idempotency-key': reply.key },
      body: JSON.stringify({
        status: reply.text,
        in_reply_to_id: found.id,
        visibility: found.visibility === 'unlisted' ? 'unlisted' : 'public',
        ...(reply.lang === null ? {} : { language: reply.lang }),
      }),
      followRedirects: false,
      signal: io.signal,
    })
    const posted = postedOf(answer, io.now())
    if ('trouble' in posted) return posted.trouble
    const made = readJson(posted.content, Made)
    // It was accepted, in a form that does not say where it is.
    if ('trouble' in made) return { kind: 'unknown', problem: whyNot(made.trouble) }
    return { kind: 'sent', ...publishedAs(made.value) }
  },

  async find(reply, account, io): Promise<Found> {
    const mine = `${account.server}/api/v1/accounts/${encodeURIComponent(account.id)}/statuses?limit=${pageSize}`
    let before: string | null = null
    for (let page = 0; page < mostPages; page += 1) {
      const address: string = before === null ? mine : `${mine}&max_id=${encodeURIComponent(before)}`
      const asked = await askJson(signedIn(io, account), address, z.array(z.unknown()))
      if ('trouble' in asked) return { kind: 'unknown', problem: whyNot(asked.trouble) }
      const statuses = asked.value.flatMap((one) => Made.safeParse(one).data ?? [])
      const same = pick(statuses, reply)
      if (same) return { kind: 'sent', ...publishedAs(same) }
      const last = statuses.at(-1)
      // Whatever is older was there before the reply was begun.
      if (last === undefined || !isSince(last.created_at, reply)) return { kind: 'absent' }
      // Some servers have one page only.
      if (last.id === before) break
      before = last.id
    }
    return amongAnswers(reply, account, io)
  },

  async edit(published, text, account, io): Promise<Changed> {
    const answer = await io.request(`${account.server}/api/v1/statuses/${encodeURIComponent(published.id)}`, {
      method: 'PUT',
      headers: { ...authorised(account), 'content-type': 'application/json' },
      body: JSON.stringify({ status: text }),
      followRedirects: false,
      signal: io.signal,
    })
    const posted = postedOf(answer, io.now())
    if ('trouble' in posted) return notChanged(posted.trouble)
    const made = readJson(posted.content, Made)
    // Some servers give an edited status another number.
    return 'value' in made ? { kind: 'done', published: publishedAs(made.value) } : { kind: 'done' }
  },

  async remove(published, account, io): Promise<Changed> {
    const address = `${account.server}/api/v1/statuses/${encodeURIComponent(published.id)}`
    const answer = await io.request(address, {
      method: 'DELETE',
      headers: authorised(account),
      followRedirects: false,
      signal: io.signal,
    })
    const posted = postedOf(answer, io.now())
    if ('content' in posted) return { kind: 'done' }
    if (answer.kind !== 'ok' || (answer.status !== 404 && answer.status !== 410)) return notChanged(posted.trouble)
    // It is gone already, or the server knows no deleting: only a look tells.
    const there = await askJson(signedIn(io, account), address, z.unknown())
    if ('value' in there) return { kind: 'refused', problem: problem('mastodon.no-deleting') }
    return isNotThere(there.trouble) ? { kind: 'done' } : { kind: 'unknown', problem: whyNot(there.trouble) }
  },
}

/** Below what is answered, where a server shows its own answers at once. */
async function amongAnswers(reply: OutgoingReply, account: MastodonAccount, io: ConnectorIo): Promise<Found> {
  const answered = await findStatus(reply.to, account, io)
  if (answered.kind !== 'found') return { kind: 'unknown', problem: problem('reply.many-since') }
  const address = `${account.server}/api/v1/statuses/${encodeURIComponent(answered.id)}/context`
  const asked = await askJson(signedIn(io, account), address, z.object({ descendants: z.array(z.unknown()) }))
  if ('trouble' in asked) return { kind: 'unknown', problem: whyNot(asked.trouble) }
  const below = asked.value.descendants.flatMap((one) => Made.safeParse(one).data ?? [])
  const same = pick(below, reply)
  if (same) return { kind: 'sent', ...publishedAs(same) }
  return below.length < mostAnswers ? { kind: 'absent' } : { kind: 'unknown', problem: problem('reply.many-since') }
}

function pick(statuses: Made[], reply: OutgoingReply): Made | undefined {
  const wanted = wordsOf(reply.text)
  return statuses.find(
    (one) => one.in_reply_to_id != null && isSince(one.created_at, reply) && wordsOf(saidIn(one)) === wanted,
  )
}

/** The author hears of a reply only when it names them. */
function withName(text: string, { author }: AnsweredMention): string {
  const handle = author?.handle
  if (handle == null || handle === '') return text
  const name = `@${handle}`
  return text.toLowerCase().includes(name.toLowerCase()) ? text : `${name} ${text}`
}

async function longestStatus(account: MastodonAccount, io: ConnectorIo): Promise<number> {
  for (const version of ['v2', 'v1']) {
    const asked = await askJson(signedIn(io, account), `${account.server}/api/${version}/instance`, Instance)
    if ('trouble' in asked) continue
    return asked.value.configuration?.statuses.max_characters ?? asked.value.max_toot_chars ?? usualLength
  }
  return usualLength
}

function unanswerable(found: Exclude<FoundStatus, { kind: 'found' }>, io: ConnectorIo): Sent {
  return found.kind === 'absent'
    ? { kind: 'refused', problem: problem('reply.gone') }
    : notYet(found.trouble, io.now(), problem('reply.not-allowed', { status: 401 }))
}

function publishedAs(made: Made): Published {
  return { id: made.id, mention: idOf(made), url: made.url ?? made.uri }
}

function saidIn({ content, url }: Made): string {
  return htmlToText(content ?? '', url ?? null).text
}

/** Of a name only the part before its server is sure to be shown. */
function wordsOf(text: string): string {
  return lettersOf(text.replace(/(@[\w.-]+)@[\w-]+(?:\.[\w-]+)*(?::\d+)?/g, '$1'))
}

function serverIn(text: string): string | null {
  const written = /^https?:\/\//i.test(text) ? text : `https://${text}`
  if (text === '' || !URL.canParse(written)) return null
  const { origin, hostname, protocol } = new URL(written)
  // A token is not sent in the open over the network.
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1' ? origin : null
}
