import { z } from 'zod'
import { askJson, failed, typed, wrong } from '../answers.ts'
import type { Connector, Fetched } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { readSpan, stepThrough } from '../span.ts'
import { Hit, hitToPost } from './hit.ts'
import { readWanted, type Wanted } from './wanted.ts'

export type HackerNewsConfig = { url: string }

const api = 'https://hn.algolia.com/api/v1/search_by_date'
const pageSize = 200
const firstDays = 30
// The index gets some items late, and authors may edit for two hours.
const overlapS = 2 * 3600

const Answer = z.object({ hits: z.array(z.unknown()) })

/** Stories and comments of Hacker News: by words, of one account, or of one discussion, through Algolia's index of them. */
export const hackerNewsConnector: Connector<HackerNewsConfig> = {
  platform: 'hackernews',
  capabilities: {
    collects: ['poll'],
    replies: false,
    follows: { edits: true, deletions: false },
    cost: null,
    needs: 'nothing',
  },

  parseConfig(input) {
    const wanted = readWanted(typed(input, 'url'))
    if (wanted === null) throw wrong('hackernews.wanted', {}, 'url')
    return { url: wanted.url }
  },

  async fetch(source, io): Promise<Fetched> {
    const { url } = source.config
    const wanted = readWanted(url)
    if (wanted === null) return failed('hackernews.wanted')
    const now = io.now()
    const cursor = source.cursor?.['url'] === url ? source.cursor : {}
    const span = readSpan(cursor, now, firstDays)
    const asked = await askJson(io, question(wanted, span), Answer)
    if ('trouble' in asked) return asked.trouble
    const { hits } = asked.value
    const fresh = freshOf(hits, Hit, (hit) => hitToPost(hit, now), cursor['seen'])
    const moments = hits.map((hit) => Hit.safeParse(hit).data?.created_at_i ?? 0)
    const { next, more } = stepThrough(span, { moments, isLast: hits.length < pageSize }, { now, overlapS })
    const health = { title: wanted.title, requests: asked.content.requests, pollAfterMs: null }
    return toldOf(fresh, { cursor: { url, ...next }, more, health })
  },
}

function question(wanted: Wanted, span: { from: number; before: number }): string {
  const bounds = [`created_at_i>=${span.from}`, ...(span.before > 0 ? [`created_at_i<=${span.before}`] : [])]
  const parameters = {
    query: wanted.query,
    tags: wanted.tags,
    numericFilters: bounds.join(','),
    hitsPerPage: String(pageSize),
    // Names of brands are what is looked for; Algolia would also bring what is spelt like them.
    typoTolerance: 'false',
    advancedSyntax: 'true',
  }
  return `${api}?${new URLSearchParams(parameters).toString()}`
}
