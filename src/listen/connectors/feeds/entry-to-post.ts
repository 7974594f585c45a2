import { barePost, type Attachment, type MediaType, type Post, type PostImage } from '../../posts/post.ts'
import { canonicalizeUrl } from '../canonical-url.ts'
import { isPlausible, parseMoment } from '../dates.ts'
import { absolute, htmlToText, tidy, type PlainText } from '../html-to-text.ts'
import { imagesOf } from '../images.ts'
import { twoLetterLanguage } from '../languages.ts'
import { platformOf } from '../platform-of.ts'
import { postId, withPlatform } from '../post-id.ts'
import { problem, type Problem } from '../problems.ts'
import type { FeedDocument, FeedEntry, Marked } from './document.ts'

export type FeedContext = {
  /** Where the feed came from; relative addresses start here. */
  base: string
  media: MediaType | null
  timeZone: string
  now: Date
  /** Addresses that several entries of this feed share, so they cannot tell entries apart. */
  shared: Set<string>
}

export type Mapped = { post: Post | null; problems: Problem[] }

/**
 * One entry as a post: an article, or a comment when it answers something. Its id is its canonical address, so the
 * same article from two feeds is one; an address that is not its own (a home page, one shared by entries) does not
 * count, and then the feed's own id does. An entry without any text is no post.
 */
export function entryToPost(entry: FeedEntry, feed: FeedDocument, context: FeedContext): Mapped {
  const problems: Problem[] = []
  const url = absolute(entry.url ?? '', context.base)
  const title = entry.title === null ? null : toText(entry.title, context.base).text.replace(/\s+/g, ' ') || null
  const content = entry.content === null ? null : toText(entry.content, url ?? context.base)
  const text = content?.text ?? ''
  if (text === '' && title === null) return { post: null, problems: [problem('entry.empty')] }

  const written = entry.posted === null ? null : parseMoment(entry.posted, { timeZone: context.timeZone })
  const postedAt = written !== null && isPlausible(written, context.now) ? written : null
  if (entry.posted !== null && postedAt === null) problems.push(problem('entry.date', { value: entry.posted }))

  const where = platformOf(url)
  const own = ownAddress(url, context)
  const author = authorOf(entry, url ?? context.base)
  return {
    post: barePost({
      id: postId({
        platform: where.name,
        nativeId: own ?? entry.id,
        url,
        author: author?.id ?? null,
        postedAt,
        text: text || (title ?? ''),
      }),
      platform: where.name,
      source: feed.title === null ? null : toText({ html: true, value: feed.title }, null).text || null,
      media: context.media ?? where.media ?? 'news',
      kind: entry.inReplyTo !== null ? 'comment' : where.name === 'web' ? 'article' : 'post',
      url,
      title,
      text: text || (title ?? ''),
      lang: twoLetterLanguage(entry.lang ?? feed.lang),
      postedAt,
      author,
      comments: count(entry.comments),
      parent:
        entry.inReplyTo === null
          ? null
          : withPlatform(where.name, absolute(entry.inReplyTo.url ?? '', context.base) ?? entry.inReplyTo.id),
      links: (content?.links ?? []).filter((link) => link !== url),
      has: attachments(content, entry),
      images: imagesIn(content, entry, url ?? context.base),
      tags: [...new Set(entry.tags.map((tag) => tidy(tag)).filter((tag) => tag !== '' && tag.length <= 100))].slice(
        0,
        50,
      ),
    }),
    problems,
  }
}

/** The canonical address of the entry when it is that of no other page. */
export function ownAddress(url: string | null, context: Pick<FeedContext, 'shared'>): string | null {
  const canonical = url === null ? null : canonicalizeUrl(url)
  if (canonical === null || context.shared.has(canonical)) return null
  const { pathname, search, hash } = new URL(canonical)
  return pathname === '/' && search === '' && hash === '' ? null : canonical
}

function toText(marked: Marked, base: string | null): PlainText {
  return marked.html ? htmlToText(marked.value, base) : { text: tidy(marked.value), links: [], has: [], images: [] }
}

function authorOf(entry: FeedEntry, page: string): Post['author'] {
  if (entry.author === null) return null
  const name = entry.author.name === null ? null : tidy(entry.author.name) || null
  // Names repeat from site to site, so without an address of their own the site is part of the id.
  const id =
    absolute(entry.author.address ?? '', null) ?? `${new URL(page).hostname}/${entry.author.address ?? name ?? ''}`
  return { id, name: name ?? entry.author.address, handle: null, bio: null, followers: null, verified: null }
}

function attachments(content: PlainText | null, entry: FeedEntry): Attachment[] {
  const has = new Set(content?.has ?? [])
  for (const { type } of entry.enclosures) {
    if (type.startsWith('image')) has.add('image')
    if (type.startsWith('video')) has.add('video')
  }
  return [...has]
}

function imagesIn(content: PlainText | null, { enclosures }: FeedEntry, base: string): PostImage[] {
  const attached = enclosures.filter(({ type }) => type.startsWith('image'))
  return imagesOf([...attached, ...(content?.images ?? [])], base)
}

function count(value: number | null): number | null {
  return value !== null && Number.isSafeInteger(value) && value >= 0 ? value : null
}
