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
const clockMs = 24 * 3_600_000
// A page that does not open is tried at so many looks, behind those that wait for their first.
const mostTries = 4

/** `tries` is how often it did not open before. */
type Dated = { page: SitemapPage; at: number | null; tries: number }

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
  const newest = placeIn(known['newest'], now)
  const since = newest === null ? now.getTime() - firstDays * 86_400_000 : newest - overlapMs
  const dated = listed.pages.map((page): Dated => {
    const at = momentOf(page, config, now)
    return { page, at, tries: triesOf(page, at, before) }
  })
  const undated = dated.length <= mostUndated ? dated.filter(({ at }) => at === null) : []
  const wanted = [...dated.filter(({ at }) => at !== null && at >= since), ...(newest === null ? [] : undated)]
  const fresh = wanted.filter((one) => before.get(markOf(one).entry) !== markOf(one).content)
  const turn = fresh.toSorted((a, b) => a.tries - b.tries || (a.at ?? 0) - (b.at ?? 0)).slice(0, mostArticles)

  const seen = new Map<string, string>()
  // What is there at the first look is not news.
  if (newest === null) for (const one of undated) seen.set(markOf(one).entry, markOf(one).content)
  const items: Post[] = []
  const problems: ItemProblem[] = []
  const waiting = new Set(fresh)
  for (const one of turn) {
    if (io.signal.aborted) break
    const read = await postOf(one, config, io)
    if (read.post !== null) items.push(read.post)
    else if (read.trouble !== null) problems.push(read.trouble)
    const mark = read.isDone ? markOf(one) : markOf({ ...one, tries: one.tries + 1 }, 'tried')
    seen.set(mark.entry, mark.content)
    if (read.isDone) waiting.delete(one)
  }
  const more = fresh.some(({ tries }) => tries === 0) && fresh.length > turn.length
  const top = dated.reduce(
    (highest, { at }) => Math.max(highest, at ?? 0),
    newest ?? now.getTime() - firstDays * 86_400_000,
  )
  const moments = items.flatMap(({ postedAt }) => (postedAt === null ? [] : [postedAt.getTime()]))
  const newestAt = moments.length === 0 ? null : new Date(Math.max(...moments))
  const health = { title, newestAt, requests: asked + listed.requests + turn.length, pollAfterMs: null }
  const next: Cursor = {
    url: config.url,
    // What waits for another try must not fall behind.
    newest: more ? newest : Math.min(top, ...[...waiting].map(({ at }) => (at ?? top) + overlapMs)),
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

/** How far the reading came; a moment that was kept while the clock was ahead would hide everything before it. */
function placeIn(kept: unknown, now: Date): number | null {
  return typeof kept === 'number' && kept > 0 && kept <= now.getTime() + clockMs ? kept : null
}

function markOf({ page, at, tries }: Dated, how: 'read' | 'tried' = 'read') {
  return marksOf(page.url, how === 'read' ? String(at) : `${at} ${tries}`)
}

function triesOf(page: SitemapPage, at: number | null, before: Map<string, string>): number {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const { entry, content } = markOf({ page, at, tries }, 'tried')
    if (before.get(entry) === content) return tries
  }
  return 0
}

/** A news page that does not open still has its title. What may be passing is tried again at later looks. */
async function postOf({ page, at, tries }: Dated, config: FeedConfig, io: ConnectorIo) {
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
  const { title = null, name = null } = page.news ?? {}
  // Somebody who wants a sign-in will want it in an hour, and a title is better than nothing.
  const isTitleEnough = title !== null && asked.trouble.kind === 'signed-out'
  if (tries < mostTries && !isTitleEnough && isPassing(asked.trouble))
    return { post: null, trouble: null, isDone: false }
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

/** A page that is gone, or holds no article, will not be another one in an hour. */
function isPassing(trouble: Trouble): boolean {
  const forGood = ['site.not-found', 'page.no-article', 'page.not-a-page', 'site.too-large', 'site.private', 'site.url']
  return trouble.kind !== 'gone' && !('problem' in trouble && forGood.includes(trouble.problem?.key ?? ''))
}
