import type { Post } from '../../posts/post.ts'
import type { ConnectorIo, ItemProblem } from '../connector.ts'
import { imagesOf } from '../images.ts'
import { marksOf } from '../seen.ts'
import { fetchArticle } from './page-articles.ts'

const mostArticles = 10
// A feed that brings more than this brings the article.
const wholeLength = 1500

type Entries = { items: Post[]; problems: ItemProblem[]; seen: Map<string, string>; newestAt: Date | null }

/**
 * Entries with the words of their pages, some at a time; the others count as not seen and come with the next reading.
 * Where a page does not open or has no more to say, the words of the feed stay.
 */
export async function withFullText(
  entries: Entries,
  io: ConnectorIo,
): Promise<{ items: Post[]; seen: Map<string, string>; more: boolean; requests: number }> {
  const seen = new Map(entries.seen)
  const items: Post[] = []
  let requests = 0
  for (const post of entries.items) {
    // Addresses of Google News lead on by script only.
    const wanted =
      post.url !== null && post.text.length < wholeLength && new URL(post.url).hostname !== 'news.google.com'
    if (wanted && (requests === mostArticles || io.signal.aborted)) {
      seen.delete(marksOf(post.id, '').entry)
      continue
    }
    items.push(wanted && post.url !== null ? await whole(post, post.url, io) : post)
    if (wanted) requests += 1
  }
  return { items, seen, more: items.length < entries.items.length, requests }
}

async function whole(post: Post, url: string, io: ConnectorIo): Promise<Post> {
  const asked = await fetchArticle(url, io)
  if ('trouble' in asked || asked.article.text.length <= post.text.length) return post
  const { text, postedAt, lang, links, has, images } = asked.article
  return {
    ...post,
    text,
    postedAt: post.postedAt ?? postedAt,
    lang: post.lang ?? lang,
    links: [...new Set([...post.links, ...links])].slice(0, 200),
    has: [...new Set([...post.has, ...has])],
    images: imagesOf([...(post.images ?? []), ...images]),
  }
}
