import { z } from 'zod'
import { barePost, type Attachment, type Author, type PostImage } from '../../posts/post.ts'
import { momentOf, type Mapped } from '../fresh.ts'
import { absolute, htmlToText } from '../html-to-text.ts'
import { imagesOf } from '../images.ts'
import { twoLetterLanguage } from '../languages.ts'
import { postId } from '../post-id.ts'
import type { Timeline } from './timeline-address.ts'

const Count = z.int().nonnegative().nullish()

const Account = z.object({
  acct: z.string().min(1),
  username: z.string().nullish(),
  url: z.string().nullish(),
  display_name: z.string().nullish(),
  note: z.string().nullish(),
  followers_count: z.int().nullish(),
  bot: z.boolean().nullish().catch(null),
})

const text = z.string().nullish().catch(null)
const Attached = z.object({ type: text, url: text, preview_url: text, description: text })

const Own = z.object({
  id: z.string().min(1),
  uri: z.string().min(1),
  url: z.string().nullish(),
  created_at: z.string().nullish(),
  edited_at: z.string().nullish(),
  content: z.string().nullish(),
  spoiler_text: z.string().nullish(),
  language: z.string().nullish(),
  visibility: z.string().nullish(),
  in_reply_to_id: z.string().nullish(),
  account: Account,
  favourites_count: Count,
  reblogs_count: Count,
  replies_count: Count,
  media_attachments: z.array(Attached).nullish(),
  mentions: z.array(z.object({ url: z.string().nullish() })).nullish(),
  tags: z.array(z.object({ name: z.string(), url: z.string().nullish() })).nullish(),
  poll: z.object({ options: z.array(z.object({ title: z.string() })) }).nullish(),
})

/** A status as the API has it; a boost carries the boosted one. */
export const Status = Own.extend({ reblog: Own.nullish() })
export type Status = z.infer<typeof Status>
type Own = z.infer<typeof Own>

/**
 * A status as a post. Its id is its address at its own server, so the same status read through two servers is one. A
 * boost has the words of what it boosts and names it; which status an answer answers is told by a number that only
 * this server knows, so it stays unknown.
 */
export function statusToPost(status: Status, timeline: Timeline, now: Date): Mapped {
  // What people showed to followers or to each other only is not for us, even where a server hands it out.
  const isPublic = [status, status.reblog].every(
    (one) => !one?.visibility || /^(public|unlisted)$/.test(one.visibility),
  )
  const said = status.reblog ?? status
  const { text, links, has, images } = wordsOf(said)
  if (!isPublic || text === '') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(status.created_at ?? null, now)
  const author = authorOf(status, timeline)
  return {
    post: barePost({
      id: idOf(status),
      platform: 'mastodon',
      source: timeline.title,
      media: 'social',
      kind: status.reblog ? 'repost' : status.in_reply_to_id == null ? 'post' : 'reply',
      url: absolute(status.url ?? '', null) ?? absolute(said.url ?? said.uri, null),
      text,
      lang: twoLetterLanguage(said.language),
      postedAt,
      author,
      // The counts of a boost are those of what it boosts, which would count them twice.
      likes: status.reblog ? null : (status.favourites_count ?? null),
      shares: status.reblog ? null : (status.reblogs_count ?? null),
      comments: status.reblog ? null : (status.replies_count ?? null),
      parent: status.reblog ? idOf(status.reblog) : null,
      links,
      has,
      images,
      tags: (said.tags ?? []).map(({ name }) => name).slice(0, 50),
    }),
    problems,
  }
}

export function idOf(status: Pick<Own, 'uri' | 'url'>): string {
  const address = absolute(status.url ?? '', null)
  // A boost has no page of its own; where a server names one, it is that of what it boosts.
  const url = 'reblog' in status && status.reblog ? null : address
  return postId({ platform: 'mastodon', nativeId: url ?? status.uri, url, author: null, postedAt: null, text: '' })
}

function wordsOf(status: Own): { text: string; links: string[]; has: Attachment[]; images: PostImage[] } {
  const content = htmlToText(status.content ?? '', status.url ?? null)
  const media = status.media_attachments ?? []
  const text = [
    status.spoiler_text?.trim(),
    content.text,
    ...(status.poll?.options ?? []).map(({ title }) => `– ${title}`),
    // A picture with a description says something, one without says nothing that can be searched.
    ...(content.text === '' ? media.map(({ description }) => description?.trim()) : []),
  ]
  // Mentioned accounts and hashtags are links as well, but lead to nothing that is spoken about.
  const own = new Set([...(status.mentions ?? []), ...(status.tags ?? [])].map(({ url }) => absolute(url ?? '', null)))
  const links = content.links.filter(
    (link) => !own.has(link) && !/^\/(tags\/[^/]+|@[^/]+)\/?$/.test(new URL(link).pathname),
  )
  const has = new Set<Attachment>(links.length > 0 ? ['link'] : [])
  for (const { type } of media) if (type === 'image' || type === 'video') has.add(type)
  if (media.some(({ type }) => type === 'gifv')) has.add('video')
  // Of what moves, the preview is a still.
  const images = media.flatMap(({ type, url, preview_url: still, description: alt }) =>
    type === 'image' ? [{ url, alt }] : type === 'video' || type === 'gifv' ? [{ url: still, alt }] : [],
  )
  return {
    text: text.filter(Boolean).join('\n\n').toWellFormed(),
    links,
    has: [...has],
    images: imagesOf(images, status.url ?? null),
  }
}

function authorOf({ account }: Own, timeline: Timeline): Author {
  const home = new URL(timeline.server).host
  // Mastodon leaves out its own host, others do not.
  const handle = account.acct.includes('@') ? account.acct : `${account.acct}@${home}`
  return {
    id: handle.toLowerCase(),
    name: account.display_name?.trim() || account.username || account.acct,
    handle,
    bio: htmlToText(account.note ?? '').text || null,
    // Some servers tell minus one or nothing for what they keep to themselves.
    followers: account.followers_count != null && account.followers_count >= 0 ? account.followers_count : null,
    verified: null,
    ...(account.bot == null ? {} : { bot: account.bot }),
  }
}
