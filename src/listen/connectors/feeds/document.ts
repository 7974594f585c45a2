import { parseFeed } from 'feedsmith'

/** RSS, Atom, RDF and JSON Feed in one shape; what a feed does not say is null. */
export type FeedDocument = {
  title: string | null
  lang: string | null
  /** How often the feed says it changes. */
  ttlMs: number | null
  entries: FeedEntry[]
}

export type FeedEntry = {
  id: string | null
  url: string | null
  title: Marked | null
  content: Marked | null
  posted: string | null
  author: { name: string | null; address: string | null } | null
  lang: string | null
  comments: number | null
  inReplyTo: { id: string; url: string | null } | null
  /** What is attached, with its MIME type where it is told. */
  enclosures: Enclosure[]
  tags: string[]
}

export type Enclosure = { type: string; url?: string | undefined; alt?: string | undefined }

/** Text as it was written, and whether it is HTML. */
export type Marked = { html: boolean; value: string }

export type ReadDocument =
  | { kind: 'feed'; feed: FeedDocument }
  | { kind: 'not-a-feed' }
  | { kind: 'damaged'; reason: string }

/** Reads a feed of any of the four kinds. External and own entities of a document type are not followed. */
export function readDocument(text: string): ReadDocument {
  try {
    const parsed = parse(withoutDocumentType(text))
    // A document that ends in the middle would give a shortened entry that looks like an edit.
    if (parsed.format !== 'json' && !/<\/(\w+:)?(rss|feed|rdf)\s*>/i.test(text.slice(-5000)))
      return { kind: 'damaged', reason: 'it ends in the middle' }
    switch (parsed.format) {
      case 'rss':
        return { kind: 'feed', feed: fromRss(parsed.feed) }
      case 'rdf':
        return { kind: 'feed', feed: fromRdf(parsed.feed) }
      case 'atom':
        return { kind: 'feed', feed: fromAtom(parsed.feed) }
      case 'json':
        return { kind: 'feed', feed: fromJson(parsed.feed) }
    }
  } catch (error) {
    // The parser reports what is wrong with the document by throwing; there is nothing of ours inside.
    const failed = error instanceof Error ? error : new Error('unreadable')
    if (failed.name === 'DetectError') return { kind: 'not-a-feed' }
    const cause = failed.cause instanceof Error ? failed.cause.message : failed.message
    return { kind: 'damaged', reason: cause.split('\n')[0] ?? '' }
  }
}

/** Old feeds name their document type; its entities are of no use to us and dangerous to follow. */
function withoutDocumentType(text: string): string {
  return text.replace(/^(\s*(?:<\?[^>]*\?>\s*)*)<!DOCTYPE\s+[^[>]*(?:\[[^\]]*\]\s*)?>/i, '$1')
}

/** Dates stay the strings they are. */
const parse = (text: string) => parseFeed(text)

type Parsed = ReturnType<typeof parse>
type RssFeed = Extract<Parsed, { format: 'rss' }>['feed']
type RdfFeed = Extract<Parsed, { format: 'rdf' }>['feed']
type AtomFeed = Extract<Parsed, { format: 'atom' }>['feed']
type JsonFeed = Extract<Parsed, { format: 'json' }>['feed']

function fromRss(feed: RssFeed): FeedDocument {
  const minutes = feed.ttl === undefined ? null : feed.ttl * 60_000
  return {
    title: feed.title ?? null,
    lang: feed.language ?? feed.dc?.languages?.[0] ?? null,
    ttlMs: minutes ?? syndication(feed.sy),
    entries: (feed.items ?? []).map((item) => ({
      id: item.guid?.value ?? item.atom?.id ?? item.dc?.identifiers?.[0] ?? null,
      url: item.link ?? (item.guid?.isPermaLink === false ? null : httpOnly(item.guid?.value)),
      title: html(item.title ?? item.dc?.titles?.[0] ?? item.media?.title?.value),
      content: html(item.content?.encoded) ?? html(item.description) ?? html(item.media?.description?.value),
      posted:
        item.pubDate ??
        item.dc?.dates?.[0] ??
        item.atom?.published ??
        item.dcterms?.created?.[0] ??
        item.atom?.updated ??
        null,
      author: person(
        item.authors?.[0]?.name ?? item.dc?.creators?.[0] ?? item.itunes?.author,
        item.authors?.[0]?.email ?? item.authors?.[0]?.link,
      ),
      lang: item.dc?.languages?.[0] ?? item.xml?.lang ?? null,
      comments: item.slash?.comments ?? item.thr?.total ?? null,
      inReplyTo: answered(item.thr?.inReplyTos?.[0]),
      enclosures: [...types(item.enclosures), ...mediaOf(item.media)],
      tags: (item.categories ?? []).flatMap((one) => (one.name === undefined ? [] : [one.name])),
    })),
  }
}

function fromRdf(feed: RdfFeed): FeedDocument {
  return {
    title: feed.title ?? null,
    lang: feed.dc?.languages?.[0] ?? null,
    ttlMs: syndication(feed.sy),
    entries: (feed.items ?? []).map((item) => ({
      id: item.rdf?.about ?? item.dc?.identifiers?.[0] ?? null,
      url: item.link ?? httpOnly(item.rdf?.about),
      title: html(item.title),
      content: html(item.content?.encoded) ?? html(item.description) ?? html(item.dc?.descriptions?.[0]),
      posted: item.dc?.dates?.[0] ?? null,
      author: person(item.dc?.creators?.[0]),
      lang: item.dc?.languages?.[0] ?? null,
      comments: item.slash?.comments ?? null,
      inReplyTo: null,
      enclosures: mediaOf(item.media),
      tags: item.dc?.subjects ?? [],
    })),
  }
}

function fromAtom(feed: AtomFeed): FeedDocument {
  return {
    title: feed.title?.value ?? null,
    lang: feed.xml?.lang ?? feed.dc?.languages?.[0] ?? null,
    ttlMs: syndication(feed.sy),
    entries: (feed.entries ?? []).map((entry) => {
      const links = entry.links ?? []
      const page = links.find((link) => link.rel === undefined || link.rel === 'alternate')
      const writer = entry.authors?.[0] ?? entry.source?.authors?.[0] ?? feed.authors?.[0]
      const content = [entry.content, entry.summary].find((one) => (one?.value ?? '').trim() !== '')
      return {
        id: entry.id ?? null,
        url: page?.href ?? entry.content?.src ?? httpOnly(entry.id),
        title: marked(entry.title),
        content:
          marked(content) ?? html(entry.media?.description?.value ?? entry.media?.groups?.[0]?.description?.value),
        posted: entry.published ?? entry.dc?.dates?.[0] ?? entry.updated ?? null,
        author: person(writer?.name, writer?.uri ?? writer?.email),
        lang: entry.xml?.lang ?? entry.content?.xml?.lang ?? null,
        comments:
          entry.thr?.total ?? entry.slash?.comments ?? links.find((link) => link.rel === 'replies')?.thr?.count ?? null,
        inReplyTo: answered(entry.thr?.inReplyTos?.[0]),
        enclosures: [...types(links.filter((link) => link.rel === 'enclosure')), ...mediaOf(entry.media)],
        tags: (entry.categories ?? []).flatMap((one) => one.label ?? one.term ?? []),
      }
    }),
  }
}

function fromJson(feed: JsonFeed): FeedDocument {
  return {
    title: feed.title ?? null,
    lang: feed.language ?? null,
    ttlMs: null,
    entries: (feed.items ?? []).map((item) => {
      const writer = item.authors?.[0] ?? feed.authors?.[0]
      return {
        id: item.id ?? null,
        url: item.url ?? item.external_url ?? httpOnly(item.id),
        title: plain(item.title),
        content: html(item.content_html) ?? plain(item.content_text) ?? plain(item.summary),
        posted: item.date_published ?? item.date_modified ?? null,
        author: person(writer?.name, writer?.url),
        lang: item.language ?? null,
        comments: null,
        inReplyTo: null,
        enclosures: [
          ...(item.attachments ?? []).map((one) => ({ type: one.mime_type ?? '', url: one.url, alt: one.title })),
          ...[item.image, item.banner_image].flatMap((url) => (url ? [{ type: 'image/*', url }] : [])),
        ],
        tags: item.tags ?? [],
      }
    }),
  }
}

function marked(text: { value?: string; type?: string } | undefined): Marked | null {
  return text?.type === undefined || text.type === 'text' || text.type === 'text/plain'
    ? plain(text?.value)
    : html(text.value)
}

function html(value: string | undefined): Marked | null {
  return value === undefined || value.trim() === '' ? null : { html: true, value }
}

function plain(value: string | undefined): Marked | null {
  return value === undefined || value.trim() === '' ? null : { html: false, value }
}

function person(name: string | undefined, address?: string): FeedEntry['author'] {
  return name || address ? { name: name ?? null, address: address ?? null } : null
}

function answered(reply: { ref?: string; href?: string } | undefined): FeedEntry['inReplyTo'] {
  const id = reply?.ref ?? reply?.href
  return id === undefined ? null : { id, url: reply?.href ?? httpOnly(id) }
}

function types(enclosures: { type?: string; url?: string; href?: string }[] | undefined): Enclosure[] {
  return (enclosures ?? []).map((one) => {
    const url = one.url ?? one.href
    return { type: one.type ?? guessed(url ?? ''), url }
  })
}

type Content = { type?: string; medium?: string; url?: string; width?: number; title?: { value?: string } }
type MediaParts = { contents?: Content[]; thumbnails?: { url?: string }[] }

/** One picture may come in several widths, whose addresses differ behind the question mark only; the widest stands for all. */
function mediaOf(media: (MediaParts & { groups?: MediaParts[] }) | undefined): Enclosure[] {
  const parts = [media ?? {}, ...(media?.groups ?? [])]
  const contents = parts.flatMap((part) => part.contents ?? [])
  const thumbnails = parts.flatMap((part) => part.thumbnails ?? [])
  const sizes = [...Map.groupBy(contents, ({ url = '' }) => url.split('?')[0]).values()]
  const widest = sizes.flatMap((some) => some.toSorted((a, b) => (b.width ?? 0) - (a.width ?? 0)).slice(0, 1))
  const told = widest.map(({ type, medium, url, title }) => ({
    type: type ?? medium ?? guessed(url ?? ''),
    url,
    alt: title?.value,
  }))
  // A thumbnail is that of what is told beside it.
  const isPictured = told.some(({ type, url }) => type.startsWith('image') && url !== undefined)
  return [...told, ...thumbnails.slice(0, isPictured ? 0 : 1).map(({ url }) => ({ type: 'image/*', url }))]
}

function guessed(url: string): string {
  return /\.(jpe?g|png|gif|webp|avif)(\?|$)/i.test(url)
    ? 'image/*'
    : /\.(mp4|webm|mov|m3u8)(\?|$)/i.test(url)
      ? 'video/*'
      : ''
}

function httpOnly(text: string | undefined): string | null {
  return text !== undefined && /^https?:\/\//i.test(text) ? text : null
}

const periods: { [name: string]: number } = {
  hourly: 3_600_000,
  daily: 86_400_000,
  weekly: 604_800_000,
  monthly: 2_592_000_000,
  yearly: 31_536_000_000,
}

function syndication(sy: { updatePeriod?: string; updateFrequency?: number } | undefined): number | null {
  const period = periods[sy?.updatePeriod?.trim().toLowerCase() ?? '']
  const times = sy?.updateFrequency ?? 1
  return period === undefined || !(times > 0) ? null : period / times
}
