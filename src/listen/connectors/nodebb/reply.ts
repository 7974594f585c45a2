import { z } from 'zod'
import { askJson, contentOf, readJson, typed, withHeaders, wrong, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { isSince, lettersOf } from '../own-words.ts'
import { notChanged, notYet, postedOf, whyNot } from '../posted.ts'
import { problem, type Problem } from '../problems.ts'
import type { Changed, Found, OutgoingReply, Published, ReplyChannel, Sent } from '../reply-channel.ts'
import { readSiteAddress } from '../site-address.ts'
import { askPost, titleOf } from './nodebb.ts'
import { idOf, NodebbPost, numberIn } from './shown.ts'

/** Somebody of the forum, by a token that an administrator made for them. */
export type NodebbAccount = { site: string; token: string; slug: string }

// What a new NodeBB allows; a forum may set another number, and then refuses in its own words.
const longest = 32_767
const mostPages = 10

const Self = z.object({ uid: z.int(), username: z.string(), userslug: z.string() })
const Answered = z.object({ response: z.object({ pid: z.int().positive() }) })
const Mine = z.object({ posts: z.array(z.unknown()) })
const Raw = z.object({ response: z.object({ content: z.string() }) })

/** Answers on a NodeBB forum, through its write API. */
export const nodebbReplies: ReplyChannel<NodebbAccount> = {
  platform: 'nodebb',
  settleMs: 60_000,

  parseAccount(input) {
    const site = readSiteAddress(typed(input, 'site'), { secretly: true })
    if (site === null) throw wrong('site.secretly', {}, 'site')
    const token = typed(input, 'apiToken')
    if (!/^[\w-]{16,}$/.test(token)) throw wrong('nodebb.token', {}, 'apiToken')
    return { site, token, slug: '' }
  },

  async greet(account, io) {
    const named = await titleOf(account.site, io)
    if ('trouble' in named) return { kind: 'refused', problem: notIn(named.trouble) }
    const asked = await askJson(signedIn(io, account), `${account.site}/api/self`, Self)
    if ('trouble' in asked) return { kind: 'refused', problem: notIn(asked.trouble) }
    const { uid, username, userslug } = asked.value
    // A guest is nobody, and a token for all of the forum does not say who answers.
    if (uid <= 0) return { kind: 'refused', problem: problem('nodebb.token') }
    return { kind: 'ready', name: `@${username} · ${named.title}`, account: { ...account, slug: userslug } }
  },

  limits: () => ({ length: { most: longest, unit: 'characters' } }),

  async send(reply, account, io): Promise<Sent> {
    const toPid = numberIn(reply.to.id, account.site)
    if (toPid === null) return { kind: 'refused', problem: otherSite(account) }
    const answered = await askPost(account.site, toPid, signedIn(io, account))
    if ('trouble' in answered) return notYet(answered.trouble, io.now(), problem('nodebb.token'))
    if (answered.post === null) return { kind: 'refused', problem: problem('reply.gone') }
    const answer = await io.request(`${account.site}/api/v3/topics/${answered.post.tid}`, {
      method: 'POST',
      headers: { ...authorised(account), 'content-type': 'application/json' },
      body: JSON.stringify({ content: reply.text, toPid }),
      followRedirects: false,
      signal: io.signal,
    })
    // It appears when a moderator wants it to; sending it again would bring it twice.
    if (answer.kind === 'ok' && answer.status === 202) return { kind: 'refused', problem: problem('nodebb.queued') }
    const posted = postedOf(answer, io.now())
    if ('trouble' in posted) return posted.trouble
    const made = readJson(posted.content, Answered)
    if ('trouble' in made) return { kind: 'unknown', problem: whyNot(made.trouble) }
    return { kind: 'sent', ...publishedAs(made.value.response.pid, account) }
  },

  async find(reply, account, io): Promise<Found> {
    const toPid = numberIn(reply.to.id, account.site)
    // Nothing can have been sent to another site.
    if (toPid === null) return { kind: 'absent' }
    for (let page = 1; page <= mostPages; page += 1) {
      const address = `${account.site}/api/user/${encodeURIComponent(account.slug)}/posts?page=${page}`
      const asked = await askJson(signedIn(io, account), address, Mine)
      if ('trouble' in asked) return { kind: 'unknown', problem: notIn(asked.trouble) }
      const all = asked.value.posts.flatMap((one) => NodebbPost.safeParse(one).data ?? [])
      const since = all.filter(({ timestamp }) => isSince(timestamp || null, reply))
      for (const one of since) {
        if (Number(one.toPid) !== toPid) continue
        const same = await isSame(one.pid, reply, account, io)
        if (typeof same === 'object') return { kind: 'unknown', problem: same }
        if (same) return { kind: 'sent', ...publishedAs(one.pid, account) }
      }
      // Whatever is older was there before the reply was begun.
      if (since.length < all.length || all.length === 0) return { kind: 'absent' }
    }
    return { kind: 'unknown', problem: problem('reply.many-since') }
  },

  async edit(published, text, account, io): Promise<Changed> {
    const answer = await io.request(`${account.site}/api/v3/posts/${encodeURIComponent(published.id)}`, {
      method: 'PUT',
      headers: { ...authorised(account), 'content-type': 'application/json' },
      body: JSON.stringify({ content: text }),
      followRedirects: false,
      signal: io.signal,
    })
    const posted = postedOf(answer, io.now())
    return 'content' in posted ? { kind: 'done' } : notChanged(posted.trouble)
  },

  async remove(published, account, io): Promise<Changed> {
    const answer = await io.request(`${account.site}/api/v3/posts/${encodeURIComponent(published.id)}/state`, {
      method: 'DELETE',
      headers: authorised(account),
      followRedirects: false,
      signal: io.signal,
    })
    if ('content' in contentOf(answer, io.now())) return { kind: 'done' }
    const posted = postedOf(answer, io.now())
    // It may have been taken down already, which NodeBB calls a mistake.
    const there = await askPost(account.site, Number(published.id), signedIn(io, account))
    if ('post' in there && there.post === null) return { kind: 'done' }
    return 'content' in posted ? { kind: 'done' } : notChanged(posted.trouble)
  },
}

/** Whether a post was written with these words; they are kept as they were written, and shown as Markdown. */
async function isSame(
  pid: number,
  reply: OutgoingReply,
  account: NodebbAccount,
  io: ConnectorIo,
): Promise<boolean | Problem> {
  const asked = await askJson(signedIn(io, account), `${account.site}/api/v3/posts/${pid}/raw`, Raw)
  if ('trouble' in asked) return notIn(asked.trouble)
  return lettersOf(asked.value.response.content) === lettersOf(reply.text)
}

function authorised({ token }: NodebbAccount): { authorization: string } {
  return { authorization: `Bearer ${token}` }
}

function signedIn(io: ConnectorIo, account: NodebbAccount): ConnectorIo {
  return withHeaders(io, authorised(account))
}

function publishedAs(pid: number, { site }: NodebbAccount): Published {
  return { id: String(pid), mention: idOf(site, pid), url: `${site}/post/${pid}` }
}

function otherSite({ site }: NodebbAccount): Problem {
  return problem('reply.other-site', { site: new URL(site).host })
}

function notIn(trouble: Trouble): Problem {
  return trouble.kind === 'signed-out' ? problem('nodebb.token') : whyNot(trouble)
}
