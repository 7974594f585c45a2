import { z } from 'zod'
import { contentOf, failed, readJson, typed, wrong, type Answered, type Trouble } from '../answers.ts'
import type { Connector, Fetched } from '../connector.ts'
import { parseMoment } from '../dates.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { readSpan, stepThrough, type Span } from '../span.ts'
import { Article, articleToPost } from './article.ts'

export type GdeltConfig = { url: string }

const api = 'https://api.gdeltproject.org/api/v2/doc/doc'
const pageSize = 250
const firstDays = 1
// Articles are seen in steps of a quarter of an hour, some of them later.
const overlapS = 3600
// GDELT allows one request in five seconds; its own news comes every fifteen minutes.
const slotMs = 5000
const pollMs = 15 * 60_000

const Articles = z.object({ articles: z.array(z.unknown()).nullish() })

/** News of the world by words, as far as GDELT reads it: addresses and titles, in 65 languages. */
export const gdeltConnector: Connector<GdeltConfig> = {
  platform: 'gdelt',
  capabilities: {
    collects: ['poll'],
    replies: false,
    follows: { edits: false, deletions: false },
    cost: null,
    needs: 'nothing',
  },

  parseConfig(input) {
    const query = readQuery(typed(input, 'url'))
    if (query === null) throw wrong('gdelt.query', {}, 'url')
    return { url: `${api}?${new URLSearchParams({ query, mode: 'artlist', sort: 'datedesc' }).toString()}` }
  },

  async fetch(source, io): Promise<Fetched> {
    const { url } = source.config
    const query = readQuery(url) ?? ''
    const now = io.now()
    const cursor = source.cursor?.['url'] === url ? source.cursor : {}
    const span = readSpan(cursor, now, firstDays)
    const asked = contentOf(await io.request(question(query, span, now), { signal: io.signal }), now)
    if ('trouble' in asked) return asked.trouble
    const read = readArticles(asked.content, { now, slot: source.id })
    if ('trouble' in read) return read.trouble

    const fresh = freshOf(read.articles, Article, (article) => articleToPost(article, now), cursor['seen'])
    const moments = read.articles.map((one) => secondsOf(Article.safeParse(one).data?.seendate))
    const { next } = stepThrough(span, { moments, isLast: moments.length < pageSize }, { now, overlapS })
    const health = { title: `GDELT: ${query}`, requests: asked.content.requests, pollAfterMs: pollMs }
    // The next page may not be asked for at once; the cursor keeps the place for the next check.
    return toldOf(fresh, { cursor: { url, ...next }, more: false, health })
  },
}

/** The words a person means, also out of the address of such a question; null when there are none. */
function readQuery(text: string): string | null {
  const isAddress = /^https?:\/\//i.test(text)
  const url = isAddress && URL.canParse(text) ? new URL(text) : null
  if (isAddress && url?.hostname !== 'api.gdeltproject.org') return null
  const query = (url === null ? text : (url.searchParams.get('query') ?? '')).replace(/\s+/g, ' ').trim()
  return query.length < 3 || query.length > 500 ? null : query
}

function question(query: string, span: Span, now: Date): string {
  const parameters = {
    query,
    mode: 'artlist',
    format: 'json',
    sort: 'datedesc',
    maxrecords: String(pageSize),
    startdatetime: stamp(span.from),
    enddatetime: stamp(span.before || Math.floor(now.getTime() / 1000)),
  }
  return `${api}?${new URLSearchParams(parameters).toString()}`
}

/** Unix seconds as GDELT writes them: 20261122120000. */
function stamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\D/g, '').slice(0, 14)
}

function secondsOf(seendate: string | null | undefined): number {
  const moment = seendate == null ? null : parseMoment(seendate, { timeZone: 'UTC' })
  return moment === null ? 0 : Math.floor(moment.getTime() / 1000)
}

/** GDELT tells what is wrong as a sentence with status 200, and lets titles break its JSON. */
function readArticles(
  content: Answered,
  asking: { now: Date; slot: number },
): { articles: unknown[] } | { trouble: Trouble } {
  const text = new TextDecoder().decode(content.body).trim()
  if (/^please limit requests/i.test(text)) {
    // Whoever met the limit together comes back one after the other.
    const retryAt = new Date(asking.now.getTime() + 60_000 + (asking.slot % 60) * slotMs)
    return { trouble: { kind: 'rate-limited', retryAt } }
  }
  if (/^[A-Z][^<>{}\ufffd]{10,300}$/.test(text)) return { trouble: failed('gdelt.refused', { reason: text }) }
  const repaired = text.replace(/\\(\\|["/bfnrt]|u[\da-f]{4})|\\/gi, (whole: string, escape?: string) =>
    escape === undefined ? '\\\\' : whole,
  )
  const read = readJson({ ...content, body: new TextEncoder().encode(repaired) }, Articles)
  return 'trouble' in read ? read : { articles: read.value.articles ?? [] }
}
