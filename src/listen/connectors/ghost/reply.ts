import { z } from 'zod'
import { readJson, typed, wrong, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { htmlToText } from '../html-to-text.ts'
import { isSince, lettersOf, toHtml } from '../own-words.ts'
import { notChanged, notYet, postedOf, whyNot } from '../posted.ts'
import { problem, type Problem } from '../problems.ts'
import type { Changed, Found, OutgoingReply, Published, ReplyChannel, Sent } from '../reply-channel.ts'
import { readSiteAddress } from '../site-address.ts'
import { adminUrl, askGhost, findGhost, headersFor, type Ghost } from './admin-api.ts'
import { readKey } from './key.ts'
import { GhostComment, idOf, namedBy, placeOf } from './shown.ts'

/** A member of the site who answers for it. */
export type GhostAccount = Ghost & { email: string; member: string }

const pageSize = 100

const Members = z.object({ members: z.array(z.object({ id: z.string(), name: z.string().nullish() })) })
const Comments = z.object({ comments: z.array(GhostComment) })

/** Comments under a Ghost site as one of its members. Ghost lets nobody change the words of a comment but the member. */
export const ghostReplies: ReplyChannel<GhostAccount> = {
  platform: 'ghost',
  settleMs: 60_000,

  parseAccount(input) {
    const site = readSiteAddress(typed(input, 'site'), { secretly: true })
    if (site === null) throw wrong('site.secretly', {}, 'site')
    const key = readKey(typed(input, 'key'))
    if (key === null) throw wrong('ghost.key', {}, 'key')
    const email = typed(input, 'member').toLowerCase()
    if (!/^[^\s@'"\\]+@[^\s@'"\\]+$/.test(email)) throw wrong('ghost.member', {}, 'member')
    return { site: site.replace(/\/ghost(\/.*)?$/, ''), key, email, member: '' }
  },

  async greet(account, io) {
    const found = await findGhost(account, io)
    if ('trouble' in found) return { kind: 'refused', problem: notIn(found.trouble) }
    const asked = await askGhost(
      account,
      { path: 'members', params: { filter: `email:'${account.email}'`, limit: 1 } },
      Members,
      io,
    )
    if ('trouble' in asked) return { kind: 'refused', problem: notIn(asked.trouble) }
    const [member] = asked.value.members
    if (member === undefined) return { kind: 'refused', problem: problem('ghost.member') }
    return {
      kind: 'ready',
      name: `${member.name || account.email} · ${found.title}`,
      account: { ...account, member: member.id },
    }
  },

  limits: () => ({ length: null }),

  async send(reply, account, io): Promise<Sent> {
    const named = namedBy(reply.to.id)
    if (named === null || named.place !== placeOf(account.site))
      return { kind: 'refused', problem: problem('reply.other-site', { site: new URL(account.site).host }) }
    const below = named.kind === 'post' ? { post_id: named.id } : await under(named.id, account, io)
    if ('kind' in below) return below
    const comment = { ...below, member_id: account.member, html: asHtml(reply.text) }
    const answer = await io.request(adminUrl(account, 'comments', { include: 'post' }), {
      method: 'POST',
      headers: { ...headersFor(account, io.now()), 'content-type': 'application/json' },
      body: JSON.stringify({ comments: [comment] }),
      followRedirects: false,
      signal: io.signal,
    })
    if (answer.kind === 'ok' && answer.status === 405)
      return { kind: 'refused', problem: problem('reply.comments-closed') }
    const posted = postedOf(answer, io.now())
    if ('trouble' in posted) return posted.trouble
    const made = readJson(posted.content, Comments)
    const [first] = 'value' in made ? made.value.comments : []
    return first === undefined
      ? { kind: 'unknown', problem: problem('site.unexpected', { what: 'comments' }) }
      : { kind: 'sent', ...publishedAs(first, account) }
  },

  async find(reply, account, io): Promise<Found> {
    const wanted = lettersOf(reply.text)
    const params = { include_nested: 'true', order: 'created_at desc', limit: pageSize }
    const filter = `member_id:'${account.member}'`
    const asked = await askGhost(account, { path: 'comments', params: { ...params, filter } }, Comments, io)
    if ('trouble' in asked) return { kind: 'unknown', problem: notIn(asked.trouble) }
    const all = asked.value.comments
    const since = all.filter(({ created_at }) => isSince(created_at, reply))
    const same = since.find((one) => isUnder(one, reply) && lettersOf(htmlToText(one.html ?? '').text) === wanted)
    if (same) return { kind: 'sent', ...publishedAs(same, account) }
    // Whatever is older was there before the reply was begun.
    return since.length < all.length || all.length < pageSize
      ? { kind: 'absent' }
      : { kind: 'unknown', problem: problem('reply.many-since') }
  },

  async remove(published, account, io): Promise<Changed> {
    const answer = await io.request(adminUrl(account, `comments/${encodeURIComponent(published.id)}`), {
      method: 'PUT',
      headers: { ...headersFor(account, io.now()), 'content-type': 'application/json' },
      body: JSON.stringify({ comments: [{ id: published.id, status: 'deleted' }] }),
      followRedirects: false,
      signal: io.signal,
    })
    if (answer.kind === 'ok' && answer.status === 404) return { kind: 'done' }
    const posted = postedOf(answer, io.now())
    return 'content' in posted ? { kind: 'done' } : notChanged(posted.trouble)
  },
}

/** Answers stand on one level below a comment; one that answers another of them names it. */
async function under(id: string, account: GhostAccount, io: ConnectorIo) {
  const asked = await askGhost(
    account,
    { path: 'comments', params: { include_nested: 'true', filter: `id:${id}`, limit: 1 } },
    Comments,
    io,
  )
  if ('trouble' in asked) return notYet(asked.trouble, io.now(), problem('ghost.key'))
  const [comment] = asked.value.comments
  if (comment === undefined || comment.status !== 'published')
    return { kind: 'refused', problem: problem('reply.gone') } satisfies Sent
  const post = { post_id: comment.post?.id }
  return comment.parent_id ? { ...post, parent_id: comment.parent_id, in_reply_to_id: id } : { ...post, parent_id: id }
}

function isUnder(comment: GhostComment, { to }: OutgoingReply): boolean {
  const named = namedBy(to.id)
  if (named?.kind === 'post') return comment.post?.id === named.id && comment.parent_id == null
  return (comment.in_reply_to_id ?? comment.parent_id) === named?.id
}

function asHtml(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${toHtml(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('')
}

function publishedAs({ id, post }: GhostComment, { site }: GhostAccount): Published {
  return { id, mention: idOf(site, 'comment', id), url: post?.url ? `${post.url}#ghost-comments` : null }
}

function notIn(trouble: Trouble): Problem {
  return trouble.kind === 'signed-out' ? problem('ghost.key') : whyNot(trouble)
}
