import { z } from 'zod'
import { barePost, type Author } from '../../posts/post.ts'
import { canonicalizeUrl } from '../canonical-url.ts'
import { momentOf, type Mapped } from '../fresh.ts'
import { absolute, htmlToText } from '../html-to-text.ts'
import { imagesOf } from '../images.ts'

const Id = z.string().regex(/^[0-9a-f]{24}$/)
const Count = z.int().nonnegative().nullish()

export const GhostPost = z.object({
  id: Id,
  title: z.string().nullish(),
  html: z.string().nullish(),
  url: z.string().nullish(),
  status: z.string().nullish(),
  published_at: z.string().nullish(),
  updated_at: z.string().nullish(),
  feature_image: z.string().nullish(),
  feature_image_alt: z.string().nullish(),
  custom_excerpt: z.string().nullish(),
  authors: z.array(z.object({ id: z.string(), name: z.string().nullish(), slug: z.string().nullish() })).nullish(),
  tags: z.array(z.object({ name: z.string(), visibility: z.string().nullish() })).nullish(),
})
export type GhostPost = z.infer<typeof GhostPost>

export const GhostComment = z.object({
  id: Id,
  parent_id: Id.nullish(),
  in_reply_to_id: Id.nullish(),
  status: z.string(),
  html: z.string().nullish(),
  created_at: z.string().nullish(),
  edited_at: z.string().nullish(),
  member: z.object({ id: z.string(), name: z.string().nullish(), expertise: z.string().nullish() }).nullish(),
  post: z.object({ id: Id, url: z.string().nullish() }).nullish(),
  count: z.object({ replies: Count, likes: Count }).nullish(),
})
export type GhostComment = z.infer<typeof GhostComment>

export type GhostSite = { url: string; title: string }

/** An article that everybody or members may read. */
export function postToPost(shown: GhostPost, site: GhostSite, now: Date): Mapped {
  const url = absolute(shown.url ?? '', site.url)
  const { text, links, has, images } = htmlToText(shown.html ?? '', url)
  const title = shown.title?.trim() || null
  const said = text || shown.custom_excerpt?.trim() || title
  if (!said) return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(shown.published_at ?? null, now)
  const writer = shown.authors?.[0]
  return {
    post: barePost({
      id: idOf(site.url, 'post', shown.id),
      platform: 'ghost',
      source: site.title,
      media: 'blog',
      kind: 'article',
      url,
      title,
      text: said,
      postedAt,
      author: writer ? account(site, writer.id, writer.name, writer.slug) : null,
      links,
      has: shown.feature_image && !has.includes('image') ? [...has, 'image'] : has,
      images: imagesOf([{ url: shown.feature_image, alt: shown.feature_image_alt }, ...images], url),
      // Tags with a hash before them are for the people of the site only.
      tags: (shown.tags ?? [])
        .flatMap(({ name, visibility }) => (visibility === 'internal' ? [] : [name]))
        .slice(0, 50),
    }),
    problems,
  }
}

/** A comment of a member; what was hidden or deleted is none. */
export function commentToPost(comment: GhostComment, site: GhostSite, now: Date): Mapped {
  const url = absolute(comment.post?.url ?? '', site.url)
  const { text, links, has, images } = htmlToText(comment.html ?? '', url)
  if (comment.status !== 'published' || text === '') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(comment.created_at ?? null, now)
  const article = comment.post ? idOf(site.url, 'post', comment.post.id) : null
  const above = comment.in_reply_to_id ?? comment.parent_id ?? null
  return {
    post: barePost({
      id: idOf(site.url, 'comment', comment.id),
      platform: 'ghost',
      source: site.title,
      media: 'blog',
      kind: above === null ? 'comment' : 'reply',
      url: url === null ? null : `${url}#ghost-comments`,
      text,
      postedAt,
      author: comment.member
        ? {
            ...account(site, comment.member.id, comment.member.name, null),
            bio: comment.member.expertise?.trim() || null,
          }
        : null,
      likes: comment.count?.likes ?? null,
      comments: comment.count?.replies ?? null,
      parent: above === null ? article : idOf(site.url, 'comment', above),
      root: article,
      links,
      has,
      images,
    }),
    problems,
  }
}

/** An id for ever; addresses change with titles, and comments have none of their own. */
export function idOf(site: string, kind: 'post' | 'comment', id: string): string {
  return `ghost:${placeOf(site)}/${kind}/${id}`
}

/** What an id names; null when it is none of ours. */
export function namedBy(id: string): { place: string; kind: 'post' | 'comment'; id: string } | null {
  const [, place, kind, number] = /^ghost:(.+)\/(post|comment)\/([0-9a-f]{24})$/.exec(id) ?? []
  if (place === undefined || number === undefined) return null
  return { place, kind: kind === 'post' ? 'post' : 'comment', id: number }
}

/** A site without the ways in which one and the same may be written. */
export function placeOf(site: string): string {
  return (canonicalizeUrl(`${site}/`) ?? site).replace(/^https?:\/\//, '').replace(/\/+$/, '')
}

function account(
  site: GhostSite,
  id: string,
  name: string | null | undefined,
  handle: string | null | undefined,
): Author {
  return {
    id: `${placeOf(site.url)}/${id}`,
    name: name?.trim() || null,
    handle: handle ?? null,
    ...{ bio: null, followers: null, verified: null },
  }
}
