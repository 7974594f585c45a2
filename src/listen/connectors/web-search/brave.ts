import { z } from 'zod'
import { contentOf, failed, readJson, typed, unanswered, why, wrong, type Answered, type Trouble } from '../answers.ts'
import type { Connector, Fetched } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { tell } from '../problems.ts'
import { Result, resultToPost } from './result.ts'

export type BraveConfig = { url: string; country: string }

const api = 'https://api.search.brave.com/res/v1/news/search'
const pageSize = 50
// Brave has ten pages at most.
const lastOffset = 9
const requestMicros = 5000
const pollMs = 3_600_000
const withoutWordMs = 3_600_000

const Results = z.object({ results: z.array(z.unknown()) })
const Refusal = z.object({ error: z.object({ code: z.string().nullish(), detail: z.string().nullish() }) })

/**
 * News and pages of the last day that have the words, as Brave finds them, in no order of time: so the first page is read
 * once an hour, and further ones as long as everything on a page is new. Each request is paid for from the project's budget.
 */
export const braveConnector: Connector<BraveConfig> = {
  platform: 'brave',
  capabilities: {
    collects: ['poll'],
    replies: false,
    follows: { edits: false, deletions: false },
    cost: { perRequest: requestMicros / 1_000_000, perItem: 0, currency: 'USD' },
    needs: 'paid',
  },

  parseConfig(input) {
    const words = typed(input, 'url').replace(/\s+/g, ' ')
    if (words === '' || words.length > 400 || words.split(' ').length > 50) throw wrong('brave.query', {}, 'url')
    const country = typed(input, 'country').toUpperCase() || 'ALL'
    if (!/^([A-Z]{2}|ALL)$/.test(country)) throw wrong('brave.country', {}, 'country')
    return { url: words, country }
  },

  async fetch(source, io): Promise<Fetched> {
    const { url: words, country } = source.config
    const cursor = source.cursor?.['url'] === words ? source.cursor : {}
    const kept = cursor['offset']
    const offset = typeof kept === 'number' && Number.isSafeInteger(kept) && kept > 0 && kept <= lastOffset ? kept : 0
    const paid = await io.pay(requestMicros)
    if (paid.kind === 'refused')
      return { kind: 'rate-limited', retryAt: paid.until, hint: tell(paid.problem, 'en'), problem: paid.problem }
    const query = {
      q: words,
      country,
      count: String(pageSize),
      offset: String(offset),
      freshness: 'pd',
      spellcheck: '0',
    }
    const answer = await io.request(`${api}?${new URLSearchParams(query).toString()}`, {
      headers: { accept: 'application/json', 'x-subscription-token': source.secrets['key'] ?? '' },
      signal: io.signal,
    })
    // A request that Brave refuses is not billed; one that brought something is, whatever it was.
    if (answer.kind === 'ok' && answer.status >= 400) await paid.settle([])
    else await paid.settle([{ micros: requestMicros, once: null }])
    if (answer.kind !== 'ok') return unanswered(answer)
    const trouble = troubleIn(answer, io.now())
    if (trouble !== null) return trouble
    const read = readJson(answer, Results)
    if ('trouble' in read) return read.trouble
    const { results } = read.value
    const fresh = freshOf(results, Result, (result) => resultToPost(result, io.now()), cursor['seen'])
    const goesOn =
      offset < lastOffset &&
      results.length >= pageSize &&
      fresh.items.length === results.length &&
      cursor['seen'] !== undefined
    const next = { url: words, offset: goesOn ? offset + 1 : 0 }
    const health = { title: `Brave: ${words}`, requests: answer.requests, pollAfterMs: pollMs }
    return toldOf(fresh, { cursor: next, more: goesOn, health })
  },
}

/** https://api-dashboard.search.brave.com/documentation */
function troubleIn(answer: Answered, now: Date): Trouble | null {
  if (answer.status < 400) return null
  const read = readJson(answer, Refusal)
  const { code, detail } = 'value' in read ? read.value.error : { code: '', detail: '' }
  if (code === 'SUBSCRIPTION_TOKEN_INVALID' || answer.status === 401 || answer.status === 403)
    return { kind: 'signed-out', ...why('brave.key') }
  if (answer.status === 402 || code === 'QUOTA_LIMITED' || code === 'USAGE_LIMIT_EXCEEDED')
    return { ...failed('brave.no-credit'), retryAt: new Date(now.getTime() + 6 * withoutWordMs) }
  if (answer.status === 429 && answer.headers['retry-after'] === undefined)
    return { kind: 'rate-limited', retryAt: new Date(now.getTime() + 60_000) }
  if (answer.status === 400 || answer.status === 422)
    return failed('brave.refused', { reason: detail || code || `HTTP ${answer.status}` })
  const content = contentOf(answer, now)
  return 'trouble' in content ? content.trouble : null
}
