import type { ConnectorIo } from '../connector.ts'
import { absolute } from '../html-to-text.ts'
import { decodeDocument } from './charset.ts'
import { readDocument } from './document.ts'
import { readSitemap } from './sitemap.ts'

/** Where sites keep their feeds that do not name one; the usual programs first. */
const usualPaths = ['feed/', 'feed', 'rss', 'rss.xml', 'feed.xml', 'atom.xml', 'index.xml', 'feeds/posts/default']
const usualSitemaps = ['sitemap-news.xml', 'news-sitemap.xml', 'sitemap.xml']

const mostAsked = 16
const maxBytes = 10 * 1024 * 1024

/**
 * The feed of a site that names none on its page: at a usual place beside the page or at the site's beginning, and
 * else the sitemap that its robots.txt names, one for news first. Null when nothing there can be read.
 */
export async function discover(page: string, io: ConnectorIo): Promise<string | null> {
  const beside = new URL(page).pathname.replace(/[^/]*$/, '')
  const candidates = [...new Set([beside, '/'])].flatMap((folder) => usualPaths.map((path) => folder + path))
  const feeds = candidates.map((path) => new URL(path, page).href)
  return (await firstReadable([...new Set(feeds)], io)) ?? (await firstReadable(await sitemapsOf(page, io), io))
}

async function firstReadable(addresses: string[], io: ConnectorIo): Promise<string | null> {
  for (const address of addresses.slice(0, mostAsked)) {
    if (io.signal.aborted) return null
    const answer = await io.request(address, { maxBytes, signal: io.signal })
    // A site that asks us to go slower is not asked for what may not be there.
    if (answer.kind !== 'ok' || answer.status === 429) return null
    if (answer.status !== 200) continue
    const text = decodeDocument(answer.body, answer.headers['content-type'] ?? null)
    if (readDocument(text).kind === 'feed' || readSitemap(text) !== null) return answer.url
  }
  return null
}

async function sitemapsOf(page: string, io: ConnectorIo): Promise<string[]> {
  const answer = await io.request(new URL('/robots.txt', page).href, { maxBytes: 500_000, signal: io.signal })
  const robots = answer.kind === 'ok' && answer.status === 200 ? new TextDecoder().decode(answer.body) : ''
  const named = [...robots.matchAll(/^\s*sitemap\s*:\s*(\S+)/gim)].map(([, address]) => absolute(address ?? '', page))
  const usual = usualSitemaps.map((path) => new URL(`/${path}`, page).href)
  const all = [...new Set([...named.filter((one) => one !== null), ...usual])]
  return all.toSorted((a, b) => Number(/news/i.test(b)) - Number(/news/i.test(a)))
}
