import { z } from 'zod'
import { barePost, type PostImage } from '../../posts/post.ts'
import { momentOf, type Mapped } from '../fresh.ts'
import { absolute } from '../html-to-text.ts'
import { imagesOf } from '../images.ts'

const Count = z.int().nullish()
const common = {
  name: z.string().regex(/^t[13]_\w+$/),
  author: z.string().nullish(),
  author_fullname: z.string().nullish(),
  created_utc: z.number().nullish(),
  permalink: z.string().nullish(),
  subreddit: z.string().nullish(),
  score: Count,
  removed_by_category: z.string().nullish(),
}

const Gallery = z
  .object({ items: z.array(z.object({ media_id: z.string(), caption: z.string().nullish() })) })
  .nullish()
  .catch(null)
const InGallery = z.object({ e: z.literal('Image'), s: z.object({ u: z.string() }) })

/** A post (t3) or a comment (t1), as a listing has it. */
export const Thing = z.union([
  z.object({
    kind: z.literal('t3'),
    data: z.object({
      ...common,
      title: z.string().nullish(),
      selftext: z.string().nullish(),
      url: z.string().nullish(),
      is_self: z.boolean().nullish(),
      is_video: z.boolean().nullish(),
      post_hint: z.string().nullish(),
      media_metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
      gallery_data: Gallery,
      num_comments: Count,
      crosspost_parent: z.string().nullish(),
    }),
  }),
  z.object({
    kind: z.literal('t1'),
    data: z.object({
      ...common,
      body: z.string().nullish(),
      parent_id: z.string().nullish(),
      link_id: z.string().nullish(),
    }),
  }),
])
export type Thing = z.infer<typeof Thing>

export const thingName = (name: string): string => `reddit:${name}`

/** The name that Reddit has for one of our posts; null where it is none. */
export function nameOfThing(id: string): string | null {
  return /^reddit:(t[13]_\w+)$/.exec(id)?.[1] ?? null
}

/** Reddit leaves a mark in place of what its author or a moderator has deleted. */
export function isDeleted({ kind, data }: Thing): boolean {
  const text = kind === 't1' ? data.body : data.selftext
  const isMarked = /^\[\s*(deleted|removed)( by .*)?\s*\]$/i.test(text?.trim() ?? '')
  return isMarked || data.author === '[deleted]' || data.removed_by_category != null
}

export function thingToPost(thing: Thing, now: Date): Mapped {
  const { data } = thing
  const isPost = thing.kind === 't3'
  const title = isPost ? titleOf(thing) : null
  const body = (isPost ? thing.data.selftext : thing.data.body)?.trim().toWellFormed() ?? ''
  if (isDeleted(thing) || (body === '' && title === null)) return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(data.created_utc ?? null, now)
  const link = isPost && thing.data.is_self === false ? absolute(thing.data.url ?? '', 'https://www.reddit.com') : null
  const hint = isPost ? (thing.data.post_hint ?? '') : ''
  const parent = isPost ? (thing.data.crosspost_parent ?? null) : (thing.data.parent_id ?? null)
  const post = barePost({
    id: thingName(data.name),
    platform: 'reddit',
    source: data.subreddit == null ? null : `r/${data.subreddit}`,
    media: 'forum',
    kind: isPost ? (parent === null ? 'post' : 'repost') : parent?.startsWith('t1_') === true ? 'reply' : 'comment',
    url: absolute(data.permalink ?? '', 'https://www.reddit.com'),
    title,
    text: body || (title ?? ''),
    postedAt,
    author:
      data.author == null
        ? null
        : {
            id: data.author_fullname ?? data.author,
            name: data.author,
            handle: data.author,
            bio: null,
            followers: null,
            verified: null,
          },
    // Votes against count as well: below zero it is no number of likes.
    likes: data.score == null || data.score < 0 ? null : data.score,
    comments:
      isPost && thing.data.num_comments != null && thing.data.num_comments >= 0 ? thing.data.num_comments : null,
    parent: parent === null ? null : thingName(parent),
    root: isPost || thing.data.link_id == null ? null : thingName(thing.data.link_id),
    links: link === null ? [] : [link],
    has: [
      ...(link === null ? [] : (['link'] as const)),
      ...(hint === 'image' || (isPost && thing.data.gallery_data != null) ? (['image'] as const) : []),
      ...(hint.includes('video') || (isPost && thing.data.is_video === true) ? (['video'] as const) : []),
    ],
    images: isPost ? picturesOf(thing) : [],
  })
  return { post, problems }
}

function picturesOf({ data }: Extract<Thing, { kind: 't3' }>): PostImage[] {
  const gallery = (data.gallery_data?.items ?? []).map(({ media_id: id, caption }) => ({
    url: InGallery.safeParse(data.media_metadata?.[id]).data?.s.u,
    alt: caption,
  }))
  return imagesOf([...(data.post_hint === 'image' ? [{ url: data.url }] : []), ...gallery])
}

function titleOf({ data }: Extract<Thing, { kind: 't3' }>): string | null {
  return data.title?.trim().toWellFormed() || null
}
