import { z } from 'zod'
import { barePost, type Author } from '../../posts/post.ts'
import { momentOf, type Mapped } from '../fresh.ts'
import { absolute } from '../html-to-text.ts'
import { imagesOf } from '../images.ts'
import { graphMoment } from '../meta/graph.ts'

const Count = z.int().nonnegative().nullish()

const Shown = z.object({
  media_type: z.string().nullish(),
  media_url: z.string().nullish(),
  thumbnail_url: z.string().nullish(),
})

/** A picture, a video or several of them. Of a hashtag Meta does not tell whose it is. */
export const Media = z.object({
  id: z.string().min(1),
  caption: z.string().nullish(),
  timestamp: z.string().nullish(),
  permalink: z.string().nullish(),
  ...Shown.shape,
  children: z
    .object({ data: z.array(Shown) })
    .nullish()
    .catch(null),
  username: z.string().nullish(),
  like_count: Count,
  comments_count: Count,
})
export type Media = z.infer<typeof Media>

const shown = 'media_type,media_url'
const always = `id,caption,timestamp,permalink,${shown},like_count,comments_count`
/** Of one's own media Meta tells the still of a video as well. */
export const mediaFields = `${always},username,thumbnail_url,children{${shown},thumbnail_url}`
/** Of one that names the account, whose it is not. */
export const mentionedFields = `${always},username`
export const foreignFields = `${always},children{${shown}}`

export const MediaComment = z.object({
  id: z.string().min(1),
  media: z.string().min(1),
  text: z.string().nullish(),
  timestamp: z.string().nullish(),
  username: z.string().nullish(),
  from: z
    .object({ id: z.string().min(1), username: z.string().nullish() })
    .nullish()
    .catch(null),
  like_count: Count,
  parent_id: z.string().nullish(),
})
export type MediaComment = z.infer<typeof MediaComment>

const own = 'id,text,timestamp,username,from,like_count,parent_id'
export const commentFields = `${own},replies{${own}}`

export const mediaName = (id: string): string => `instagram:media/${id}`
export const commentName = (id: string): string => `instagram:comment/${id}`

/** The id of Instagram of one of our posts; null where it is none. */
export function idOfName(name: string | null): { kind: 'media' | 'comment'; id: string } | null {
  const [, kind, id] = /^instagram:(media|comment)\/(\d+)$/.exec(name ?? '') ?? []
  return kind === undefined || id === undefined ? null : { kind: kind === 'media' ? 'media' : 'comment', id }
}

/** Who and where are known of the account a page is of; `handle` is whose it is where the media does not say. */
export function mediaToPost(
  raw: Media,
  known: { source: string; handle: string | null; followers?: number | null },
  now: Date,
): Mapped {
  const text = raw.caption?.trim().toWellFormed() ?? ''
  if (text === '') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(graphMoment(raw.timestamp), now)
  const images = imagesOf((raw.children?.data ?? [raw]).map((one) => ({ url: stillOf(one) })))
  const isVideo = raw.media_type === 'VIDEO' || raw.media_type === 'REELS'
  return {
    post: barePost({
      id: mediaName(raw.id),
      platform: 'instagram',
      source: known.source,
      media: 'social',
      kind: 'post',
      url: absolute(raw.permalink ?? '', null),
      text,
      postedAt,
      author: authorOf(null, raw.username ?? known.handle, known.followers ?? null),
      likes: raw.like_count ?? null,
      comments: raw.comments_count ?? null,
      has: [isVideo ? 'video' : 'image'],
      // Something is always shown; where Meta does not tell, it is not nothing.
      images: images.length === 0 ? null : images,
      tags: [...text.matchAll(/#([\p{L}\p{N}_]+)/gu)].map(([, tag = '']) => tag).slice(0, 50),
    }),
    problems,
  }
}

/** Meta leaves the address out where the media holds what somebody has the rights to. */
function stillOf({ media_type: type, media_url: url, thumbnail_url: still }: z.infer<typeof Shown>): string | null {
  return (type === 'VIDEO' || type === 'REELS' ? still : url) ?? null
}

export function mediaCommentToPost(raw: MediaComment, source: string, now: Date): Mapped {
  const text = raw.text?.trim().toWellFormed() ?? ''
  if (text === '') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(graphMoment(raw.timestamp), now)
  return {
    post: barePost({
      id: commentName(raw.id),
      platform: 'instagram',
      source,
      media: 'social',
      kind: raw.parent_id == null ? 'comment' : 'reply',
      text,
      postedAt,
      author: authorOf(raw.from?.id ?? null, raw.username ?? raw.from?.username ?? null, null),
      likes: raw.like_count ?? null,
      parent: raw.parent_id == null ? mediaName(raw.media) : commentName(raw.parent_id),
      root: mediaName(raw.media),
    }),
    problems,
  }
}

function authorOf(id: string | null, handle: string | null, followers: number | null): Author | null {
  const name = handle ?? id
  return name === null ? null : { id: name, name, handle, bio: null, followers, verified: null }
}
