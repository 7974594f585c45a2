import { barePost, type MediaType, type Post } from '../../posts/post.ts'
import { contentOf, failed, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { platformOf } from '../platform-of.ts'
import { postId } from '../post-id.ts'
import { readArticle, type Article } from './article.ts'
import { decodeDocument } from './charset.ts'

const maxBytes = 4 * 1024 * 1024

/** Asks a page and reads its article. */
export async function fetchArticle(
  url: string,
  io: ConnectorIo,
): Promise<{ article: Article; url: string } | { trouble: Trouble }> {
  const answer = await io.request(url, {
    headers: { accept: 'text/html, application/xhtml+xml' },
    maxBytes,
    signal: io.signal,
  })
  const asked = contentOf(answer, io.now())
  if ('trouble' in asked) return asked
  const { headers, body, url: end } = asked.content
  const type = headers['content-type'] ?? 'text/html'
  if (!/html/i.test(type)) return { trouble: failed('page.not-a-page', { type: type.split(';')[0] ?? '' }) }
  const page = decodeDocument(body, type)
  if (page.trim() === '') return { trouble: failed('site.empty') }
  const article = readArticle(page, end, io.now())
  return article === null ? { trouble: failed('page.no-article') } : { article, url: end }
}

/** The article of a page as a post; its id is its address, as it would be from a feed. */
export function articleToPost({ article, url }: { article: Article; url: string }, media: MediaType | null): Post {
  const where = platformOf(url)
  const { title, text, author, postedAt, lang, site, links, has, images } = article
  return barePost({
    id: postId({ platform: where.name, nativeId: null, url, author, postedAt, text }),
    platform: where.name,
    source: site ?? new URL(url).hostname.replace(/^www\./, ''),
    media: media ?? where.media ?? 'news',
    kind: where.name === 'web' ? 'article' : 'post',
    url,
    title,
    text,
    lang,
    postedAt,
    author:
      author === null
        ? null
        : {
            id: `${new URL(url).hostname}/${author}`,
            name: author,
            handle: null,
            bio: null,
            followers: null,
            verified: null,
          },
    links,
    has,
    images,
  })
}
