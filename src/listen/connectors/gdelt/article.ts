import { z } from 'zod'
import { barePost } from '../../posts/post.ts'
import { canonicalizeUrl } from '../canonical-url.ts'
import { momentOf, type Mapped } from '../fresh.ts'
import { htmlToText } from '../html-to-text.ts'
import { imagesOf } from '../images.ts'
import { twoLetterLanguage } from '../languages.ts'
import { platformOf } from '../platform-of.ts'

/** An article in a list of GDELT. */
export const Article = z.object({
  url: z.string().refine((url) => canonicalizeUrl(url) !== null),
  title: z.string(),
  seendate: z.string().nullish(),
  socialimage: z.string().nullish(),
  domain: z.string().nullish(),
  language: z.string().nullish(),
})
export type Article = z.infer<typeof Article>

/**
 * An article as a post, with its title as its text: GDELT gives no more. Its id is its address, so it is the article that a
 * feed brings. Its moment is when GDELT saw it, at most some minutes after it appeared.
 */
export function articleToPost(article: Article, now: Date): Mapped {
  // GDELT parts words and signs: “Atizapán , Edomex”.
  const title = htmlToText(article.title)
    .text.replace(/\s+/g, ' ')
    .replace(/ (?=[,.;:!?%)»…])/g, '')
  if (title === '') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(article.seendate ?? null, now)
  const where = platformOf(article.url)
  const images = imagesOf([{ url: article.socialimage }])
  return {
    post: barePost({
      id: canonicalizeUrl(article.url) ?? article.url,
      platform: where.name,
      source: article.domain || new URL(article.url).hostname,
      media: where.media ?? 'news',
      kind: 'article',
      url: article.url,
      title,
      text: title,
      lang: twoLetterLanguage(article.language),
      postedAt,
      has: images.length === 0 ? [] : ['image'],
      images,
    }),
    problems,
  }
}
