import { createHmac, timingSafeEqual } from 'node:crypto'
import { Parser } from 'htmlparser2'
import type { ConnectorIo, PushAddress, PushedRequest } from '../connector.ts'
import { absolute } from '../html-to-text.ts'

/** Where a publisher pushes from, and the name under which the hub knows the feed. */
export type Hub = { hub: string; topic: string }

// Asked for anew long before it ends, for a hub may give less than we ask for.
const leaseSeconds = 10 * 86_400
const renewAfterMs = 12 * 3_600_000

/** The hub that a feed names in its headers or, else, in itself; null when it names none. */
export function findHub(headers: { [name: string]: string }, document: string, url: string): Hub | null {
  const links = [...linksOfHeader(headers['link'] ?? ''), ...linksOfFeed(document)]
  const of = (rel: string) =>
    links
      .filter((one) => one.rel.includes(rel))
      .map(({ href }) => absolute(href, url))
      .find((href) => href !== null)
  const hub = of('hub')
  return hub == null ? null : { hub, topic: of('self') ?? url }
}

type Link = { rel: string[]; href: string }

function linksOfHeader(header: string): Link[] {
  return [...header.matchAll(/<([^>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^\s;,"]+))*)/g)].map(
    ([, href = '', params = '']) => ({
      href,
      rel: wordsOf(/;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(params)?.slice(1).join('') ?? ''),
    }),
  )
}

/** The feed's own links stand before its entries, and an entry's are not those of the feed. */
function linksOfFeed(document: string): Link[] {
  const links: Link[] = []
  if (/^\s*\{/.test(document)) return hubsOfJson(document)
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (/^(item|entry)$/.test(name)) parser.pause()
        if (/^(\w+:)?link$/.test(name) && attributes['href'])
          links.push({ rel: wordsOf(attributes['rel'] ?? ''), href: attributes['href'] })
      },
    },
    { xmlMode: true },
  )
  parser.write(document.slice(0, 20_000))
  parser.end()
  return links
}

function hubsOfJson(document: string): Link[] {
  try {
    const { hubs, feed_url: self } = JSON.parse(document) as {
      hubs?: { type?: string; url?: string }[]
      feed_url?: string
    }
    const hub = Array.isArray(hubs) ? hubs.find(({ type }) => /^websub$/i.test(type ?? ''))?.url : undefined
    return [
      ...(typeof hub === 'string' ? [{ rel: ['hub'], href: hub }] : []),
      ...(typeof self === 'string' ? [{ rel: ['self'], href: self }] : []),
    ]
  } catch {
    return []
  }
}

function wordsOf(rel: string): string[] {
  return rel.toLowerCase().split(/\s+/)
}

/**
 * Asks a hub to push; true when it has taken the request and will now ask back whether it was ours. The topic stands in
 * the address it calls, because it may ask back before anything of this is saved.
 */
async function subscribe({ hub, topic }: Hub, { url, secret }: PushAddress, io: ConnectorIo): Promise<boolean> {
  const form = new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.topic': topic,
    'hub.callback': `${url}?topic=${encodeURIComponent(topic)}`,
    'hub.lease_seconds': String(leaseSeconds),
    'hub.secret': secret,
  })
  const answer = await io.request(hub, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    signal: io.signal,
  })
  return answer.kind === 'ok' && answer.status >= 200 && answer.status < 300
}

/** Asks the hub that a reading met, when it was not asked for some time; answers with the moment of the last asking. */
export async function keepSubscribed(
  known: { hub: Hub | null; askedAt: number },
  push: PushAddress | undefined,
  io: ConnectorIo,
): Promise<number> {
  const now = io.now().getTime()
  if (known.hub === null || push === undefined || now - known.askedAt < renewAfterMs) return known.askedAt
  // A hub that does not want to is asked again in an hour; meanwhile the feed is polled as ever.
  return (await subscribe(known.hub, push, io)) ? now : now - renewAfterMs + 3_600_000
}

/** What to answer a hub that asks whether a subscription is ours; null when the request asks nothing of the kind. */
export function answerHub(query: URLSearchParams): { status: number; body: string } | null {
  const mode = query.get('hub.mode')
  if (mode === null) return null
  // A hub that refuses says why, and wants no more than to be heard.
  if (mode === 'denied') return { status: 200, body: '' }
  const isOurs = mode === 'subscribe' && query.get('hub.topic') === query.get('topic')
  return isOurs ? { status: 200, body: query.get('hub.challenge') ?? '' } : { status: 404, body: '' }
}

/** Whether what was pushed comes from the hub that was told the secret. */
export function isSigned({ headers, body }: Pick<PushedRequest, 'headers' | 'body'>, secret: string): boolean {
  const [, method = '', written = ''] =
    /^(sha1|sha256|sha384|sha512)=([0-9a-f]+)$/i.exec(headers.get('x-hub-signature') ?? '') ?? []
  if (method === '') return false
  const expected = createHmac(method.toLowerCase(), secret).update(body).digest()
  const given = Buffer.from(written, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
