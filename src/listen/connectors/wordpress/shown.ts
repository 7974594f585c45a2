import { createHash } from 'node:crypto'
import { z } from 'zod'
import { barePost, type Author } from '../../posts/post.ts'
import { canonicalizeUrl } from '../canonical-url.ts'
import { momentOf, type Mapped } from '../fresh.ts'
import { absolute, htmlToText } from '../html-to-text.ts'
import { imagesOf } from '../images.ts'

const Rendered = z.object({ rendered: z.string() })
const Picture = z.object({ media_type: z.literal('image'), source_url: z.string(), alt_text: z.string().nullish() })
const Named = z.object({ name: z.string(), taxonomy: z.string().nullish(), slug: z.string().nullish() })

/** What both have. Times are in Greenwich, without saying so; a draft has none. */
const Shown = z.object({
  id: z.int().positive(),
  link: z.string().min(1),
  date_gmt: z.string().nullish(),
  content: Rendered,
  author: z.int().nonnegative().nullish(),
})

export const Article = Shown.extend({
  title: Rendered.nullish(),
  excerpt: Rendered.nullish(),
  modified_gmt: z.string().nullish(),
  featured_media: z.int().nullish(),
  _embedded: z
    .object({
      // Where a site hides its authors, an error stands in their place.
      author: z.array(z.unknown()).nullish(),
      'wp:term': z.array(z.array(z.unknown())).nullish(),
      'wp:featuredmedia': z.array(z.unknown()).nullish(),
    })
    .nullish(),
})
export type Article = z.infer<typeof Article>
export const articleFields =
  'id,link,date_gmt,modified_gmt,title,content,excerpt,author,featured_media,_links,_embedded'

export const Comment = Shown.extend({
  post: z.int().positive(),
  parent: z.int().nonnegative(),
  author_name: z.string().nullish(),
  author_avatar_urls: z.record(z.string(), z.unknown()).nullish(),
})
export type Comment = z.infer<typeof Comment>
export const commentFields = 'id,post,parent,link,date_gmt,content,author,author_name,author_avatar_urls'

export type Site = { url: string; title: string }

/**
 * An article. Its id is its short address, which stays when its title and with it the address people see changes; that
 * of a comment has its number behind it.
 */
export function articleToPost(article: Article, site: Site, now: Date): Mapped {
  const url = absolute(article.link, site.url)
  const { text, links, has, images } = htmlToText(article.content.rendered, url)
  const title = htmlToText(article.title?.rendered ?? '').text.replace(/\s+/g, ' ') || null
  // Of an article behind a password only its title is told.
  const said = text || htmlToText(article.excerpt?.rendered ?? '').text || title
  if (said === null || said === '') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(greenwich(article.date_gmt), now)
  const writer = Named.safeParse(article._embedded?.author?.[0]).data
  const terms = (article._embedded?.['wp:term'] ?? []).flat().flatMap((one) => Named.safeParse(one).data ?? [])
  const picture = Picture.safeParse(article._embedded?.['wp:featuredmedia']?.[0]).data
  const hasPicture = (article.featured_media ?? 0) > 0 && !has.includes('image')
  return {
    post: barePost({
      id: idOf(site.url, article.id),
      platform: 'wordpress',
      source: site.title,
      media: 'blog',
      kind: 'article',
      url,
      title,
      text: said,
      postedAt,
      author: article.author ? account(site, article.author, writer?.name ?? null, writer?.slug ?? null) : null,
      links,
      has: hasPicture ? [...has, 'image'] : has,
      images: imagesOf([{ url: picture?.source_url, alt: picture?.alt_text }, ...images], url),
      tags: terms
        .filter(({ taxonomy }) => taxonomy === 'post_tag')
        .map(({ name }) => htmlToText(name).text)
        .slice(0, 50),
    }),
    problems,
  }
}

export function commentToPost(comment: Comment, site: Site, now: Date): Mapped {
  const url = absolute(comment.link, site.url)
  const { text, links, has, images } = htmlToText(comment.content.rendered, url)
  if (text === '') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(greenwich(comment.date_gmt), now)
  const article = idOf(site.url, comment.post)
  return {
    post: barePost({
      id: idOf(site.url, comment.post, comment.id),
      platform: 'wordpress',
      source: site.title,
      media: 'blog',
      kind: comment.parent > 0 ? 'reply' : 'comment',
      url,
      text,
      postedAt,
      author: commenter(comment, site),
      parent: comment.parent > 0 ? idOf(site.url, comment.post, comment.parent) : article,
      root: article,
      links,
      has,
      images,
    }),
    problems,
  }
}

export function idOf(site: string, post: number, comment: number | null = null): string {
  const address = `${site}/?p=${post}${comment === null ? '' : `#comment-${comment}`}`
  return canonicalizeUrl(address) ?? address
}

/** What an id names; null when it is none of ours. `site` has no slash at its end. */
export function numbersIn(id: string): { site: string; post: number; comment: number | null } | null {
  const [, site, post, comment] = /^(https?:\/\/.+)\/\?p=(\d+)(?:#comment-(\d+))?$/.exec(id) ?? []
  return site === undefined
    ? null
    : { site, post: Number(post), comment: comment === undefined ? null : Number(comment) }
}

export function greenwich(time: string | null | undefined): string | null {
  return time == null || time === '' ? null : `${time.replace(/Z$/, '')}Z`
}

function account(site: Site, number: number, name: string | null, handle: string | null): Author {
  return { ...nobody, id: `${hostOf(site)}/user-${number}`, name, handle }
}

/** Guests type any name, so what the picture of their mail address is called tells two of one name apart. */
function commenter({ author, author_name, author_avatar_urls }: Comment, site: Site): Author | null {
  const name = htmlToText(author_name ?? '').text || null
  if (author) return account(site, author, name, null)
  if (name === null) return null
  const mark = createHash('sha256')
    .update(JSON.stringify([name, author_avatar_urls ?? null]))
    .digest('hex')
    .slice(0, 12)
  return { ...nobody, id: `${hostOf(site)}/guest-${mark}`, name }
}

const nobody = { id: '', name: null, handle: null, bio: null, followers: null, verified: null }

function hostOf({ url }: Site): string {
  const { host, pathname } = new URL(url)
  return host + pathname.replace(/\/+$/, '')
}
