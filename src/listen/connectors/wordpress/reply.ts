import { z } from 'zod'
import { askJson, contentOf, readJson, typed, withHeaders, wrong, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { htmlToText } from '../html-to-text.ts'
import { isSince, lettersOf, toHtml } from '../own-words.ts'
import { notChanged, notYet, postedOf, whyNot } from '../posted.ts'
import { problem, type Problem } from '../problems.ts'
import type { Changed, Found, OutgoingReply, Published, ReplyChannel, Sent } from '../reply-channel.ts'
import { readSiteAddress } from '../site-address.ts'
import { findSite, restUrl } from './rest.ts'
import { greenwich, idOf, numbersIn } from './shown.ts'

/** Somebody at a site. The password is one that was made for programs, which WordPress takes nothing else from. */
export type WordPressAccount = { site: string; user: string; password: string; id: number }

// What the table of comments holds.
const longest = 65_525
const pageSize = 100
const mostPages = 10

const Me = z.object({
  id: z.int().positive(),
  name: z.string().nullish(),
  capabilities: z.record(z.string(), z.unknown()).nullish(),
})
const Made = z.object({
  id: z.int().positive(),
  post: z.int().positive(),
  link: z.string().nullish(),
  date_gmt: z.string().nullish(),
  content: z.object({ raw: z.string() }),
})
type Made = z.infer<typeof Made>
const Refusal = z.object({ code: z.string() })

/**
 * Comments on a WordPress site. WordPress refuses the same words of the same person at the same place, so a try of which
 * nobody knows what came of it is never there twice; the look-up finds it by its words among those of the account.
 */
export const wordpressReplies: ReplyChannel<WordPressAccount> = {
  platform: 'wordpress',
  settleMs: 60_000,

  parseAccount(input) {
    const site = readSiteAddress(typed(input, 'site'), { secretly: true })
    if (site === null) throw wrong('site.secretly', {}, 'site')
    const user = typed(input, 'user')
    if (user === '' || user.includes(':')) throw wrong('wordpress.user', {}, 'user')
    // People type it with the spaces that it is shown with.
    const password = typed(input, 'password').replace(/\s+/g, '')
    if (!/^[A-Za-z0-9]{24}$/.test(password)) throw wrong('wordpress.password', {}, 'password')
    return { site, user, password, id: 0 }
  },

  async greet(account, io) {
    const found = await findSite(account.site, signedIn(io, account))
    if ('trouble' in found) return { kind: 'refused', problem: notIn(found.trouble) }
    const there = { ...account, site: found.site }
    const asked = await askJson(signedIn(io, there), restUrl(there.site, '/wp/v2/users/me', { context: 'edit' }), Me)
    if ('trouble' in asked) return { kind: 'refused', problem: notIn(asked.trouble) }
    const { id, name, capabilities } = asked.value
    // Others may neither change what they wrote nor be sure that it appears.
    if (capabilities?.['moderate_comments'] !== true) return { kind: 'refused', problem: problem('wordpress.role') }
    return { kind: 'ready', name: `${name || account.user} · ${new URL(there.site).host}`, account: { ...there, id } }
  },

  limits: () => ({ length: { most: longest, unit: 'bytes' } }),

  async send(reply, account, io): Promise<Sent> {
    const place = placeOf(reply, account)
    if (place.elsewhere !== undefined) return { kind: 'refused', problem: place.elsewhere }
    const gone = place.comment === null ? null : await missing(place.comment, account, io)
    if (gone !== null) return gone
    const answer = await io.request(restUrl(account.site, '/wp/v2/comments'), {
      method: 'POST',
      headers: { ...authorised(account), 'content-type': 'application/json' },
      body: JSON.stringify({ post: place.post, parent: place.comment ?? 0, content: toHtml(reply.text) }),
      followRedirects: false,
      signal: io.signal,
    })
    const refusal = answer.kind === 'ok' && answer.status >= 400 ? refusalIn(answer.body) : null
    // The same words of the same person stand there already: an earlier try may have brought them.
    if (refusal === 'comment_duplicate') return { kind: 'unknown', problem: problem('wordpress.duplicate') }
    if (refusal === 'rest_comment_closed') return { kind: 'refused', problem: problem('reply.comments-closed') }
    if (refusal !== null && isGone.test(refusal)) return { kind: 'refused', problem: problem('reply.gone') }
    const posted = postedOf(answer, io.now())
    if ('trouble' in posted) return posted.trouble
    const made = readJson(posted.content, Made)
    if ('trouble' in made) return { kind: 'unknown', problem: whyNot(made.trouble) }
    return { kind: 'sent', ...publishedAs(made.value, account) }
  },

  async find(reply, account, io): Promise<Found> {
    const place = placeOf(reply, account)
    // Nothing can have been sent to another site.
    if (place.elsewhere !== undefined) return { kind: 'absent' }
    const wanted = lettersOf(reply.text)
    for (let page = 1; page <= mostPages; page += 1) {
      const asked = await askJson(
        signedIn(io, account),
        restUrl(account.site, '/wp/v2/comments', {
          ...{ post: place.post, parent: place.comment ?? 0, author: account.id, status: 'all' },
          ...{ orderby: 'date_gmt', order: 'desc', per_page: pageSize, page, context: 'edit' },
        }),
        z.array(z.unknown()),
      )
      if ('trouble' in asked) return { kind: 'unknown', problem: whyNot(asked.trouble) }
      const mine = asked.value.flatMap((one) => Made.safeParse(one).data ?? [])
      const since = mine.filter(({ date_gmt }) => isSince(greenwich(date_gmt), reply))
      const same = since.find(({ content }) => lettersOf(htmlToText(content.raw).text) === wanted)
      if (same) return { kind: 'sent', ...publishedAs(same, account) }
      // Whatever is older was there before the reply was begun.
      if (since.length < asked.value.length || asked.value.length < pageSize) return { kind: 'absent' }
    }
    return { kind: 'unknown', problem: problem('reply.many-since') }
  },

  async edit(published, text, account, io): Promise<Changed> {
    const answer = await io.request(restUrl(account.site, `/wp/v2/comments/${encodeURIComponent(published.id)}`), {
      method: 'POST',
      headers: { ...authorised(account), 'content-type': 'application/json' },
      body: JSON.stringify({ content: toHtml(text) }),
      followRedirects: false,
      signal: io.signal,
    })
    const posted = postedOf(answer, io.now())
    return 'content' in posted ? { kind: 'done' } : notChanged(posted.trouble)
  },

  async remove(published, account, io): Promise<Changed> {
    const path = `/wp/v2/comments/${encodeURIComponent(published.id)}`
    const answer = await io.request(restUrl(account.site, path, { force: 'true' }), {
      method: 'DELETE',
      headers: authorised(account),
      followRedirects: false,
      signal: io.signal,
    })
    if ('content' in contentOf(answer, io.now())) return { kind: 'done' }
    if (answer.kind === 'ok' && isGone.test(refusalIn(answer.body) ?? '')) return { kind: 'done' }
    const posted = postedOf(answer, io.now())
    return 'content' in posted ? { kind: 'done' } : notChanged(posted.trouble)
  },
}

const isGone = /^rest_comment_invalid_(id|post_id|parent)$|^rest_post_invalid_id$/

function authorised({ user, password }: WordPressAccount): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }
}

function signedIn(io: ConnectorIo, account: WordPressAccount): ConnectorIo {
  return withHeaders(io, authorised(account))
}

/** Where the reply belongs: the numbers of the article and of the comment under it that is answered. */
function placeOf({ to }: OutgoingReply, { site }: WordPressAccount) {
  const place = numbersIn(to.id)
  const own = numbersIn(idOf(site, 1))?.site
  return place !== null && place.site === own
    ? { post: place.post, comment: place.comment }
    : { elsewhere: problem('reply.other-site', { site: new URL(site).host }) }
}

/** WordPress lets answers hang below a comment that is no longer there, where nobody sees them. */
async function missing(comment: number, account: WordPressAccount, io: ConnectorIo): Promise<Sent | null> {
  const shape = z.object({ status: z.string() })
  const asked = await askJson(signedIn(io, account), restUrl(account.site, `/wp/v2/comments/${comment}`), shape)
  if ('value' in asked)
    return asked.value.status === 'approved' ? null : { kind: 'refused', problem: problem('reply.gone') }
  const isNotThere = 'problem' in asked.trouble && asked.trouble.problem?.key === 'site.not-found'
  if (isNotThere) return { kind: 'refused', problem: problem('reply.gone') }
  return notYet(asked.trouble, io.now(), problem('wordpress.password'))
}

function refusalIn(body: Uint8Array): string | null {
  try {
    return Refusal.safeParse(JSON.parse(new TextDecoder().decode(body.subarray(0, 10_000)))).data?.code ?? null
  } catch {
    return null
  }
}

function publishedAs({ id, post, link }: Made, { site }: WordPressAccount): Published {
  return { id: String(id), mention: idOf(site, post, id), url: link ?? null }
}

function notIn(trouble: Trouble): Problem {
  return trouble.kind === 'signed-out' ? problem('wordpress.password') : whyNot(trouble)
}
