import { parseRetryAfter } from '../../../base/http/retry-after.ts'
import { mediaTypes, type MediaType, type Post } from '../../posts/post.ts'
import { failed, unanswered, why, wrong, type Answered } from '../answers.ts'
import type {
  Connector,
  ConnectorIo,
  Cursor,
  Fetched,
  Health,
  ItemProblem,
  Pushed,
  SourceToRead,
} from '../connector.ts'
import { canonicalizeUrl } from '../canonical-url.ts'
import { isTimeZone } from '../dates.ts'
import { absolute } from '../html-to-text.ts'
import { problem, tell } from '../problems.ts'
import { decodeDocument } from './charset.ts'
import { discover } from './discover.ts'
import { readDocument, type FeedDocument, type FeedEntry } from './document.ts'
import { entryToPost, ownAddress, type FeedContext } from './entry-to-post.ts'
import { findFeedLink, isWebPage } from './feed-link.ts'
import { withFullText } from './full-text.ts'
import { errorOfGateway } from './gateway-error.ts'
import { feedOf } from './known-addresses.ts'
import { pollAfterMs } from './poll-after.ts'
import { readSite, textOf } from './sitemap-source.ts'
import { readSitemap } from './sitemap.ts'
import { answerHub, findHub, isSigned, keepSubscribed } from './websub.ts'
import { marksOf, readSeen, writeSeen } from '../seen.ts'

export type FeedConfig = {
  url: string
  /** Null: what the platform of each entry is, and news where it is an ordinary site. */
  media: MediaType | null
  /** For dates that name no zone. */
  timeZone: string
  /** Also read the pages of entries that bring little more than their title. */
  fullText: boolean
}

const maxBytes = 10 * 1024 * 1024
const maxEntries = 2000

/**
 * Feeds of news sites, blogs, forums and gateways. Only entries that are new or say something new are items; a feed
 * that did not change costs one small request.
 */
export const feedConnector: Connector<FeedConfig> = {
  platform: 'feed',
  capabilities: {
    collects: ['poll', 'push'],
    replies: false,
    follows: { edits: true, deletions: false },
    cost: null,
    needs: 'nothing',
  },

  parseConfig(input) {
    const given = typeof input === 'object' && input !== null ? (input as { [name: string]: unknown }) : {}
    const url =
      typeof given['url'] === 'string'
        ? given['url']
            .trim()
            .replace(/^feed:(\/\/)?(?=https?:)/i, '')
            .replace(/^feed:/i, 'https:')
        : ''
    const media = given['media'] ?? null
    const timeZone = given['timeZone'] ?? 'UTC'
    const fullText = given['fullText'] ?? false
    if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw wrong('feed.url', {}, 'url')
    if (media !== null && !mediaTypes.some((one) => one === media))
      throw wrong('feed.media', { known: mediaTypes.join(', ') }, 'media')
    if (typeof timeZone !== 'string' || !isTimeZone(timeZone)) throw wrong('feed.time-zone', {}, 'timeZone')
    if (typeof fullText !== 'boolean') throw wrong('feed.full-text', {}, 'fullText')
    return { url: feedOf(url), media: media as MediaType | null, timeZone, fullText }
  },

  async fetch(source, io) {
    const { url } = source.config
    const answer = await io.request(url, { headers: conditions(source.cursor, url), maxBytes, signal: io.signal })
    const fetched = answer.kind === 'ok' ? await read(answer, source, io) : unanswered(answer)
    if (fetched.kind !== 'page' && fetched.kind !== 'unchanged') return fetched
    const { hub, topic, askedAt } = fetched.next
    const known = typeof hub === 'string' && typeof topic === 'string' ? { hub, topic } : null
    const asked = { hub: known, askedAt: numberOr(askedAt) ?? 0 }
    return { ...fetched, next: { ...fetched.next, askedAt: await keepSubscribed(asked, source.push, io) } }
  },

  /** A hub asks whether a subscription is ours, or brings what the publisher has just told it. */
  async receive({ config, push }, request) {
    const asked = answerHub(request.query)
    if (asked !== null) return { kind: 'items', items: [], reply: asked }
    const nothing: Pushed = { kind: 'items', items: [], reply: { status: 200, body: '' } }
    // Whoever forges learns nothing from the answer.
    if (push === undefined || request.method !== 'POST' || !isSigned(request, push.secret)) return nothing
    const document = readDocument(decodeDocument(request.body, request.headers.get('content-type')))
    if (document.kind !== 'feed') return nothing
    const { items } = readEntries(document.feed, config, {}, config.url, request.at)
    return { ...nothing, items }
  },
}

type FeedToRead = Pick<SourceToRead<FeedConfig>, 'config' | 'cursor'>

async function read(answer: Answered, source: FeedToRead, io: ConnectorIo): Promise<Fetched> {
  const cursor = source.cursor ?? {}
  const now = io.now()
  const retryAt = parseRetryAfter(answer.headers['retry-after'], now)
  switch (answer.status) {
    case 200:
    case 203:
    case 226:
      return readBody(answer, source, io)
    case 304:
      if (answer.movedTo !== null) return { kind: 'moved', to: answer.movedTo, permanent: true }
      return {
        kind: 'unchanged',
        next: { ...cursor },
        health: {
          title: null,
          newestAt: null,
          requests: answer.requests,
          pollAfterMs: pollAfterMs(numberOr(cursor['ttlMs']), answer.headers),
        },
      }
    case 401:
    case 403:
    case 407:
      return { kind: 'signed-out', ...why('feed.signed-out', { status: answer.status }) }
    case 404:
      return failed('site.not-found')
    case 410:
      return { kind: 'gone', ...why('feed.gone') }
    case 429:
      return { kind: 'rate-limited', retryAt: retryAt ?? new Date(now.getTime() + 15 * 60_000) }
    case 503:
      return retryAt ? { kind: 'rate-limited', retryAt } : failed('site.status', { status: 503 })
    default:
      return { ...failed('site.status', { status: answer.status }), retryAt }
  }
}

async function readBody(answer: Answered, { config, cursor }: FeedToRead, io: ConnectorIo): Promise<Fetched> {
  const contentType = answer.headers['content-type'] ?? null
  const text = textOf(answer.body, contentType)
  if (text === null) return failed('site.unreadable', { reason: 'its compression is damaged or hides too much' })
  if (text.trim() === '') return failed('site.empty')
  const document = readDocument(text)
  if (document.kind !== 'feed') {
    const sitemap = readSitemap(text)
    if (sitemap !== null) {
      if (answer.movedTo !== null) return { kind: 'moved', to: answer.movedTo, permanent: true }
      const { hostname: title } = new URL(answer.url)
      return readSite(sitemap, { config, cursor: cursor ?? {}, title, requests: answer.requests }, io)
    }
    if (isWebPage(text, contentType)) return readPage(text, answer.url, cursor, io)
    return failed('feed.unreadable', {
      reason: document.kind === 'damaged' ? document.reason : 'neither RSS, Atom, RDF, JSON Feed nor a sitemap',
    })
  }
  const gatewayError = errorOfGateway(document.feed)
  if (gatewayError !== null) return failed('feed.gateway', { reason: gatewayError })
  // Only an address that really has the feed is worth keeping: sites move everything to their front page when they close.
  if (answer.movedTo !== null) return { kind: 'moved', to: answer.movedTo, permanent: true }

  const entries = readEntries(document.feed, config, cursor ?? {}, answer.url, io.now())
  const { problems, newestAt } = entries
  const { items, seen, more, requests } = config.fullText
    ? await withFullText(entries, io)
    : { ...entries, more: false, requests: 0 }
  const health: Health = {
    title: document.feed.title,
    newestAt,
    requests: answer.requests + requests,
    pollAfterMs: pollAfterMs(document.feed.ttlMs, answer.headers),
  }
  const before = readSeen(cursor?.['url'] === config.url ? cursor['seen'] : null)
  const hub = findHub(answer.headers, text, answer.url)
  const next: Cursor = {
    url: config.url,
    ...(hub !== null && {
      hub: hub.hub,
      topic: hub.topic,
      askedAt: cursor?.['hub'] === hub.hub ? (cursor['askedAt'] ?? 0) : 0,
    }),
    // While entries wait for their pages the feed must come again, also when it has not changed.
    etag: more ? null : (answer.headers['etag'] ?? null),
    lastModified: more ? null : (answer.headers['last-modified'] ?? null),
    ttlMs: document.feed.ttlMs,
    seen: writeSeen(seen, before),
  }
  if (items.length === 0 && problems.length === 0 && !more) return { kind: 'unchanged', next, health }
  const edited = items.flatMap(({ id }) => (before.has(marksOf(id, '').entry) ? [id] : []))
  return { kind: 'page', items, next, more, problems, health, edited }
}

/** A page in the place of a feed: a new source goes to the feed of the site; one that had a feed here has lost it. */
async function readPage(page: string, url: string, cursor: Cursor | null, io: ConnectorIo): Promise<Fetched> {
  const named = findFeedLink(page, url)
  if (cursor !== null) return named === null ? failed('feed.page') : failed('feed.page-with-feed', { feed: named })
  const found = named ?? (await discover(url, io))
  return found === null || found === url ? failed('feed.page') : { kind: 'moved', to: found, permanent: true }
}

function readEntries(feed: FeedDocument, config: FeedConfig, cursor: Cursor, base: string, now: Date) {
  const before = readSeen(cursor['url'] === config.url ? cursor['seen'] : null)
  const entries = feed.entries.slice(0, maxEntries)
  const context: FeedContext = {
    base,
    media: config.media,
    timeZone: config.timeZone,
    now,
    shared: sharedAddresses(entries, base),
  }
  const items = new Map<string, Post>()
  const problems: ItemProblem[] = []
  const seen = new Map<string, string>()
  let newestAt: Date | null = null
  entries.forEach((entry, index) => {
    const mapped = entryToPost(entry, feed, context)
    const name = mapped.post?.id ?? entry.id ?? entry.url ?? `#${index + 1}`
    const posted = mapped.post?.postedAt ?? null
    if (posted !== null && (newestAt === null || posted > newestAt)) newestAt = posted
    const marks = marksOf(name, JSON.stringify([mapped.post?.title, mapped.post?.text, mapped.post?.url]))
    if (seen.has(marks.entry)) return
    seen.set(marks.entry, marks.content)
    if (before.get(marks.entry) === marks.content) return
    if (mapped.post) items.set(name, mapped.post)
    for (const one of mapped.problems) problems.push({ item: name, reason: tell(one, 'en'), problem: one })
  })
  if (feed.entries.length > maxEntries && before.size === 0) {
    const one = problem('feed.too-many-entries', { found: feed.entries.length, limit: maxEntries })
    problems.push({ item: config.url, reason: tell(one, 'en'), problem: one })
  }
  return { items: [...items.values()], problems, seen, newestAt: newestAt as Date | null }
}

/** Some feeds give every entry the address of the front page or of one thread. */
function sharedAddresses(entries: FeedEntry[], base: string): Set<string> {
  const owners = new Map<string, string>()
  const shared = new Set<string>()
  for (const entry of entries) {
    const own = ownAddress(absolute(entry.url ?? '', base), { shared: new Set() })
    if (own === null) continue
    const owner = owners.get(own)
    if (owner !== undefined && entry.id !== null && owner !== entry.id && canonicalizeUrl(entry.id) !== own)
      shared.add(own)
    owners.set(own, entry.id ?? own)
  }
  return shared
}

/** Validators are only good for the address they came from. */
function conditions(cursor: Cursor | null, url: string): { [name: string]: string } {
  const accept = {
    accept:
      'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5',
  }
  if (cursor?.['url'] !== url) return accept
  return {
    ...accept,
    ...(typeof cursor['etag'] === 'string' && { 'if-none-match': cursor['etag'] }),
    ...(typeof cursor['lastModified'] === 'string' && { 'if-modified-since': cursor['lastModified'] }),
  }
}

function numberOr(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
