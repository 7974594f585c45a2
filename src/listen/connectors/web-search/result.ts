import { z } from 'zod'
import { barePost } from '../../posts/post.ts'
import { canonicalizeUrl } from '../canonical-url.ts'
import { momentOf, type Mapped } from '../fresh.ts'
import { htmlToText } from '../html-to-text.ts'
import { imagesOf } from '../images.ts'
import { platformOf } from '../platform-of.ts'

/** A page that a search found. */
export const Result = z.object({
  url: z.string().refine((url) => canonicalizeUrl(url) !== null),
  title: z.string(),
  description: z.string().nullish(),
  page_age: z.string().nullish(),
  extra_snippets: z.array(z.string()).nullish(),
  meta_url: z.object({ hostname: z.string().nullish() }).nullish(),
  thumbnail: z.object({ src: z.string().nullish() }).nullish(),
})
export type Result = z.infer<typeof Result>

/**
 * A page as a post with what the search shows of it; its id is its address, so it is the article that a feed brings. A search
 * that knows no moment of a page leaves it unknown.
 */
export function resultToPost(result: Result, now: Date): Mapped {
  const plain = (html: string) => htmlToText(html).text.replace(/\s+/g, ' ').trim()
  const title = plain(result.title)
  const said = [result.description ?? '', ...(result.extra_snippets ?? [])].map(plain).filter((text) => text !== '')
  const text = [...new Set(said)].join('\n') || title
  if (text === '') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(result.page_age ?? null, now)
  const where = platformOf(result.url)
  const post = barePost({
    id: canonicalizeUrl(result.url) ?? result.url,
    platform: where.name,
    source: result.meta_url?.hostname || new URL(result.url).hostname,
    media: where.media ?? 'news',
    kind: 'article',
    url: result.url,
    title: title || null,
    text,
    postedAt,
    has: result.thumbnail?.src ? ['image'] : [],
    images: imagesOf([{ url: result.thumbnail?.src }]),
  })
  return { post, problems }
}
