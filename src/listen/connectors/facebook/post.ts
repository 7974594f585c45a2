import { z } from 'zod'
import { barePost, type Attachment, type Author, type PostImage } from '../../posts/post.ts'
import { momentOf, type Mapped } from '../fresh.ts'
import { absolute } from '../html-to-text.ts'
import { imagesOf } from '../images.ts'
import { graphMoment } from '../meta/graph.ts'

const Someone = z
  .object({ id: z.string().min(1), name: z.string().nullish() })
  .nullish()
  .catch(null)
const Summary = z
  .object({ summary: z.object({ total_count: z.int().nonnegative().nullish() }).nullish() })
  .nullish()
  .catch(null)
const Shown = z
  .object({ image: z.object({ src: z.string() }).nullish() })
  .nullish()
  .catch(null)
const Part = z.object({ media_type: z.string().nullish(), media: Shown })
const Attached = z
  .object({
    data: z.array(
      z.object({
        media_type: z.string().nullish(),
        title: z.string().nullish(),
        description: z.string().nullish(),
        unshimmed_url: z.string().nullish(),
        media: Shown,
        subattachments: z
          .object({ data: z.array(Part) })
          .nullish()
          .catch(null),
      }),
    ),
  })
  .nullish()
  .catch(null)

/** A post on a page, or one that names the page. */
export const PagePost = z.object({
  id: z.string().min(1),
  message: z.string().nullish(),
  story: z.string().nullish(),
  created_time: z.string().nullish(),
  from: Someone,
  permalink_url: z.string().nullish(),
  parent_id: z.string().nullish(),
  shares: z.object({ count: z.int().nonnegative() }).nullish().catch(null),
  comments: Summary,
  reactions: Summary,
  attachments: Attached,
})
export type PagePost = z.infer<typeof PagePost>

export const postFields =
  'id,message,story,created_time,from,permalink_url,parent_id,shares,comments.summary(true).limit(0),reactions.summary(true).limit(0),attachments{media_type,title,description,unshimmed_url,media,subattachments{media_type,media}}'

/** A comment below a post, or an answer to one. `post` is what it stands below. */
export const PageComment = z.object({
  id: z.string().min(1),
  post: z.string().min(1),
  message: z.string().nullish(),
  created_time: z.string().nullish(),
  from: Someone,
  permalink_url: z.string().nullish(),
  parent: z.object({ id: z.string().min(1) }).nullish(),
  like_count: z.int().nonnegative().nullish(),
  comment_count: z.int().nonnegative().nullish(),
  attachment: z.object({ type: z.string().nullish(), title: z.string().nullish(), media: Shown }).nullish().catch(null),
})
export type PageComment = z.infer<typeof PageComment>

export const commentFields = 'id,message,created_time,from,permalink_url,parent{id},like_count,comment_count,attachment'

export const postName = (id: string): string => `facebook:post/${id}`
export const commentName = (id: string): string => `facebook:comment/${id}`

/** The id of Facebook of one of our posts; null where it is none. */
export function idOfName(name: string | null): { kind: 'post' | 'comment'; id: string } | null {
  const [, kind, id] = /^facebook:(post|comment)\/(\d+(?:_\d+)?)$/.exec(name ?? '') ?? []
  return kind === undefined || id === undefined ? null : { kind: kind === 'post' ? 'post' : 'comment', id }
}

export function pagePostToPost(raw: PagePost, page: string, now: Date): Mapped {
  const attached = raw.attachments?.data ?? []
  const shown = attached
    .flatMap(({ title, description }) => [title, description])
    .filter((one) => one != null && one.trim() !== '')
  const text = (raw.message?.trim() || raw.story?.trim() || shown.join('\n')).toWellFormed()
  if (text === '') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(graphMoment(raw.created_time), now)
  const links = attached.flatMap(({ unshimmed_url: url, media_type: type }) =>
    type === 'link' ? (absolute(url ?? '', null) ?? []) : [],
  )
  const has = new Set<Attachment>(links.length > 0 ? ['link'] : [])
  for (const { media_type: type } of attached) {
    if (type === 'photo' || type === 'album') has.add('image')
    if (type === 'video') has.add('video')
  }
  return {
    post: barePost({
      id: postName(raw.id),
      platform: 'facebook',
      source: page,
      media: 'social',
      kind: raw.parent_id == null ? 'post' : 'repost',
      url: absolute(raw.permalink_url ?? '', 'https://www.facebook.com') ?? `https://www.facebook.com/${raw.id}`,
      text,
      postedAt,
      author: authorOf(raw.from),
      likes: raw.reactions?.summary?.total_count ?? null,
      shares: raw.shares?.count ?? null,
      comments: raw.comments?.summary?.total_count ?? null,
      parent: raw.parent_id == null ? null : postName(raw.parent_id),
      links,
      has: [...has],
      // What is pushed does not tell of attachments.
      images: raw.attachments == null ? null : picturesOf(attached),
    }),
    problems,
  }
}

export function pageCommentToPost(raw: PageComment, page: string, now: Date): Mapped {
  const text = (raw.message?.trim() || raw.attachment?.title?.trim() || '').toWellFormed()
  if (text === '') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(graphMoment(raw.created_time), now)
  const type = raw.attachment?.type ?? ''
  const has: Attachment[] = /photo|sticker/.test(type) ? ['image'] : /video/.test(type) ? ['video'] : []
  return {
    post: barePost({
      id: commentName(raw.id),
      platform: 'facebook',
      source: page,
      media: 'social',
      kind: raw.parent == null ? 'comment' : 'reply',
      url: absolute(raw.permalink_url ?? '', 'https://www.facebook.com'),
      text,
      postedAt,
      author: authorOf(raw.from),
      likes: raw.like_count ?? null,
      comments: raw.comment_count ?? null,
      parent: raw.parent == null ? postName(raw.post) : commentName(raw.parent.id),
      root: postName(raw.post),
      has,
      images: has.length > 0 ? imagesOf([{ url: raw.attachment?.media?.image?.src }]) : null,
    }),
    problems,
  }
}

/** Pictures and stills of videos, not the pictures of pages that links lead to. An album shows its own again as its first part. */
function picturesOf(attached: NonNullable<z.infer<typeof Attached>>['data']): PostImage[] {
  const parts = attached.flatMap((one) => (one.subattachments?.data.length ? one.subattachments.data : [one]))
  const shown = parts.filter(({ media_type: type }) => type != null && /^(photo|album|video)$/.test(type))
  return imagesOf(shown.map(({ media }) => ({ url: media?.image?.src })))
}

/** Meta tells who it was only to apps that were approved for it. */
function authorOf(from: z.infer<typeof Someone>): Author | null {
  return from == null
    ? null
    : { id: from.id, name: from.name ?? null, handle: null, bio: null, followers: null, verified: null }
}
