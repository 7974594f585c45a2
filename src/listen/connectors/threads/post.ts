import { z } from 'zod'
import { barePost, type PostImage } from '../../posts/post.ts'
import { momentOf, type Mapped } from '../fresh.ts'
import { absolute } from '../html-to-text.ts'
import { imagesOf } from '../images.ts'
import { graphMoment } from '../meta/graph.ts'

const Reference = z
  .object({ id: z.string().min(1) })
  .nullish()
  .catch(null)
const flag = z.boolean().nullish().catch(null)

/** A post or a reply; which of the fields come depends on what was asked (https://developers.facebook.com/documentation/threads/reference/media-retrieval). */
export const ThreadsMedia = z.object({
  id: z.string().regex(/^\d+$/),
  text: z.string().nullish(),
  timestamp: z.string().nullish(),
  permalink: z.string().nullish(),
  username: z.string().nullish(),
  media_type: z.string().nullish(),
  media_url: z.string().nullish(),
  thumbnail_url: z.string().nullish(),
  alt_text: z.string().nullish(),
  link_attachment_url: z.string().nullish().catch(null),
  is_quote_post: flag,
  is_reply: flag,
  has_replies: flag,
  quoted_post: Reference,
  replied_to: Reference,
  root_post: Reference,
})
export type ThreadsMedia = z.infer<typeof ThreadsMedia>

const always = 'id,text,timestamp,permalink,username,media_type,is_quote_post,has_replies'
const shown = 'media_url,thumbnail_url,alt_text'
export const fieldsOf = {
  threads: `${always},${shown},link_attachment_url,quoted_post`,
  mentions: `${always},${shown},is_reply,replied_to,root_post,link_attachment_url,quoted_post`,
  replies: `${always},${shown},replied_to,root_post`,
  search: `${always},is_reply`,
}

export const threadsName = (id: string): string => `threads:${id}`

/** The id of Threads of one of our posts; null where it is none. */
export function idOfName(name: string | null): string | null {
  return /^threads:(\d+)$/.exec(name ?? '')?.[1] ?? null
}

/** What says nothing, such as a repost or a bare picture, is no mention. */
export function mediaToPost(raw: ThreadsMedia, source: string, now: Date): Mapped {
  const text = raw.text?.trim().toWellFormed() ?? ''
  if (text === '' || raw.media_type === 'REPOST_FACADE') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(graphMoment(raw.timestamp), now)
  const handle = raw.username || null
  const isReply = raw.is_reply === true || raw.replied_to != null
  const above = raw.replied_to ?? (raw.is_quote_post === true ? raw.quoted_post : null)
  const link = absolute(raw.link_attachment_url ?? '', null)
  return {
    problems,
    post: barePost({
      id: threadsName(raw.id),
      platform: 'threads',
      source,
      media: 'social',
      kind: isReply ? 'reply' : raw.is_quote_post === true ? 'quote' : 'post',
      url: absolute(raw.permalink ?? '', null),
      text,
      postedAt,
      author: handle === null ? null : { id: handle, name: handle, handle, bio: null, followers: null, verified: null },
      parent: above == null ? null : threadsName(above.id),
      root: raw.root_post == null ? null : threadsName(raw.root_post.id),
      links: link === null ? [] : [link],
      has: [
        ...(raw.media_type === 'VIDEO' ? (['video'] as const) : []),
        ...(raw.media_type === 'IMAGE' || raw.media_type === 'CAROUSEL_ALBUM' ? (['image'] as const) : []),
        ...(link === null ? [] : (['link'] as const)),
      ],
      images: picturesOf(raw),
      tags: [...text.matchAll(/#([\p{L}\p{N}_]+)/gu)].map(([, tag = '']) => tag).slice(0, 50),
    }),
  }
}

/** A search tells no addresses, nor does Threads of several pictures at once. */
function picturesOf({
  media_type: type,
  media_url: url,
  thumbnail_url: still,
  alt_text: alt,
}: ThreadsMedia): PostImage[] | null {
  const address = type === 'VIDEO' ? still : type === 'IMAGE' ? url : null
  return address == null ? null : imagesOf([{ url: address, alt }])
}
