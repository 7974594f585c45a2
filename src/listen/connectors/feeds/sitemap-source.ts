import { gunzipSync } from 'node:zlib'
import { barePost, type Post } from '../../posts/post.ts'
import { failed, type Trouble } from '../answers.ts'
import type { ConnectorIo, Cursor, Fetched, ItemProblem } from '../connector.ts'
import { isPlausible, parseMoment } from '../dates.ts'
import { twoLetterLanguage } from '../languages.ts'
import { platformOf } from '../platform-of.ts'
import { postId } from '../post-id.ts'
import { tell } from '../problems.ts'
import { marksOf, readSeen, writeSeen } from '../seen.ts'
import { decodeDocument } from './charset.ts'
import type { FeedConfig } from './feed.ts'
import { articleToPost, fetchArticle } from './page-articles.ts'
import { readSitemap, type Sitemap, type SitemapPage } from './sitemap.ts'

const maxBytes = 10 * 1024 * 1024
// What the protocol allows, unpacked.
const mostUnpacked = 50 * 1024 * 1024
const mostSitemaps = 3
const mostArticles = 10
// A page without a date is new when it was not there before, which only a short list can remember.
const mostUndated = 2000
const firstDays = 2
const overlapMs = 2 * 3_600_000

type Dated = { page: SitemapPage; at: number | null }

/**
 * What a sitemap lists newly or has changed, with the words of the pages themselves: some pages at a time, the oldest
 * first. A new source takes the last two days. A page that cannot be read is a problem and does not stop the others.
 */
export async function readSite(
  sitemap: Sitemap,
  { config, cursor, title, requests: asked }: { config: FeedConfig; cursor: Cursor; title: string; requests: number },
  io: ConnectorIo,
): Promise<Fetched> {
  const listed = await pagesOf(sitemap, io)
  if ('trouble' in listed) return listed.trouble
  const now = io.now()
  const known = cursor['url'] === config.url ? cursor : {}
  const before = readSeen(known['seen'])
  const newest = typeof known['newest'] === 'number' && known['newest'] > 0 ? known['newest'] : null
  const since = newest === null ? now.getTime() - firstDays * 86_400_000 : newest - overlapMs
  const dated = listed.pages.map((page): Dated => ({ page, at: momentOf(page, config, now) }))
  const undated = dated.length <= mostUndated ? dated.filter(({ at }) => at === null) : []
  const wanted = [...dated.filter(({ at }) => at !== null && at >= since), ...(newest === null ? [] : undated)]
  const fresh = wanted.filter((one) => before.get(markOf(one).entry) !== markOf(one).content)
  const turn = fresh.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0)).slice(0, mostArticles)

  const seen = new Map<string, string>()
  // What is there at the first look is not news.
  if (newest === null) for (const one of undated) seen.set(markOf(one).entry, markOf(one).content)
  const items: Post[] = []
  const problems: ItemProblem[] = []
  for (const one of turn) {
    if (io.signal.aborted) break
    const read = await postOf(one, config, io)
    if (read.post !== null) items.push(read.post)
    else if (read.trouble !== null) problems.push(read.trouble)
    if (read.isDone) seen.set(markOf(one).entry, markOf(one).content)
  }
  const more = fresh.length > turn.length
  const top = dated.reduce(
    (highest, { at }) => Math.max(highest, at ?? 0),
    newest ?? now.getTime() - firstDays * 86_400_000,
  )
  const moments = items.flatMap(({ postedAt }) => (postedAt === null ? [] : [postedAt.getTime()]))
  const newestAt = moments.length === 0 ? null : new Date(Math.max(...moments))
  const health = { title, newestAt, requests: asked + listed.requests + turn.length, pollAfterMs: null }
  const next: Cursor = {
    url: config.url,
    newest: more && newest === null ? null : more ? newest : top,
    seen: writeSeen(seen, before),
  }
  if (items.length === 0 && problems.length === 0 && !more) return { kind: 'unchanged', next, health }
  return { kind: 'page', items, next, more, problems, health }
}

async function pagesOf(
  sitemap: Sitemap,
  io: ConnectorIo,
): Promise<{ pages: SitemapPage[]; requests: number } | { trouble: Trouble }> {
  if (sitemap.kind === 'pages') return { pages: sitemap.pages, requests: 0 }
  // Those for news first, then what changed last; without dates what stands last was written last.
  const order = sitemap.sitemaps
    .toReversed()
    .toSorted(
      (a, b) =>
        Number(/news/i.test(b.url)) - Number(/news/i.test(a.url)) || (b.changed ?? '').localeCompare(a.changed ?? ''),
    )
    .slice(0, mostSitemaps)
  const pages: SitemapPage[] = []
  let trouble: Trouble = failed('site.empty')
  let readable = 0
  for (const { url } of order) {
    const answer = await io.request(url, { maxBytes, signal: io.signal })
    const text =
      answer.kind === 'ok' && answer.status === 200 ? textOf(answer.body, answer.headers['content-type'] ?? null) : null
    const read = text === null ? null : readSitemap(text)
    if (read?.kind !== 'pages') trouble = failed('feed.unreadable', { reason: `the sitemap ${url} cannot be read` })
    else {
      readable += 1
      pages.push(...read.pages)
    }
  }
  return readable === 0 ? { trouble } : { pages, requests: order.length }
}

/** The text of a sitemap, which is often kept packed; null when it is larger unpacked than is allowed. */
export function textOf(bytes: Uint8Array, contentType: string | null): string | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return decodeDocument(bytes, contentType)
  try {
    return decodeDocument(gunzipSync(bytes, { maxOutputLength: mostUnpacked }), null)
  } catch {
    return null
  }
}

function momentOf({ news, changed }: SitemapPage, config: FeedConfig, now: Date): number | null {
  const written = news?.published ?? changed
  const moment = written === null ? null : parseMoment(written, { timeZone: config.timeZone })
  return moment !== null && isPlausible(moment, now) ? moment.getTime() : null
}

function markOf({ page, at }: Dated) {
  return marksOf(page.url, String(at))
}

/** A news page that does not open still has its title. What fails for a moment is tried again at the next look. */
async function postOf({ page, at }: Dated, config: FeedConfig, io: ConnectorIo) {
  const asked = await fetchArticle(page.url, io)
  const known = { postedAt: at === null ? null : new Date(at), lang: twoLetterLanguage(page.news?.lang) }
  if ('article' in asked) {
    const post = articleToPost({ ...asked, url: page.url }, config.media)
    return {
      post: {
        ...post,
        title: page.news?.title ?? post.title,
        source: page.news?.name ?? post.source,
        lang: known.lang ?? post.lang,
        postedAt: page.news ? (known.postedAt ?? post.postedAt) : (post.postedAt ?? known.postedAt),
      },
      trouble: null,
      isDone: true,
    }
  }
  const isPassing =
    asked.trouble.kind === 'rate-limited' || (asked.trouble.kind === 'failed' && asked.trouble.retryAt !== null)
  if (isPassing) return { post: null, trouble: null, isDone: false }
  const { title = null, name = null } = page.news ?? {}
  if (title !== null) {
    const where = platformOf(page.url)
    const id = postId({
      platform: where.name,
      nativeId: null,
      url: page.url,
      author: null,
      postedAt: null,
      text: title,
    })
    const post = barePost({
      ...known,
      id,
      platform: where.name,
      source: name,
      media: config.media ?? 'news',
      kind: 'article',
      url: page.url,
      title,
      text: title,
    })
    return { post, trouble: null, isDone: true }
  }
  const { problem } = 'problem' in asked.trouble ? asked.trouble : {}
  const reason = problem === undefined ? '' : tell(problem, 'en')
  return { post: null, trouble: { item: page.url, reason, ...(problem && { problem }) }, isDone: true }
}
