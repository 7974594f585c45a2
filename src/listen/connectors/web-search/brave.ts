import { z } from 'zod'
import { contentOf, failed, readJson, typed, why, wrong, type Answered, type Trouble } from '../answers.ts'
import type { Connector } from '../connector.ts'
import { readPaidSearch } from './paid-search.ts'

export type BraveConfig = { url: string; country: string }

const api = 'https://api.search.brave.com/res/v1/news/search'
const pageSize = 50
// Brave has ten pages at most.
const lastPage = 9
const requestMicros = 5000
const withoutMoneyMs = 6 * 3_600_000

const Results = z.object({ results: z.array(z.unknown()) })
const Refusal = z.object({ error: z.object({ code: z.string().nullish(), detail: z.string().nullish() }) })

/**
 * News and pages of the last day that have the words, as Brave finds them, in no order of time.
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

  fetch: (source, io) =>
    readPaidSearch(
      {
        name: 'Brave',
        requestMicros,
        pageSize,
        lastPage,
        place: 'offset',
        ask: (page) => {
          const { url: q, country } = source.config
          const asked = { q, country, count: String(pageSize), offset: String(page), freshness: 'pd', spellcheck: '0' }
          const headers = { accept: 'application/json', 'x-subscription-token': source.secrets['key'] ?? '' }
          return { url: `${api}?${new URLSearchParams(asked).toString()}`, request: { headers } }
        },
        troubleIn,
        resultsIn: (answer) => {
          const read = readJson(answer, Results)
          return 'trouble' in read ? read.trouble : read.value.results
        },
      },
      source,
      io,
    ),
}

/** https://api-dashboard.search.brave.com/documentation */
function troubleIn(answer: Answered, now: Date): Trouble | null {
  if (answer.status < 400) return null
  const read = readJson(answer, Refusal)
  const { code, detail } = 'value' in read ? read.value.error : { code: '', detail: '' }
  if (code === 'SUBSCRIPTION_TOKEN_INVALID' || answer.status === 401 || answer.status === 403)
    return { kind: 'signed-out', ...why('brave.key') }
  if (answer.status === 402 || code === 'QUOTA_LIMITED' || code === 'USAGE_LIMIT_EXCEEDED')
    return { ...failed('brave.no-credit'), retryAt: new Date(now.getTime() + withoutMoneyMs) }
  if (answer.status === 429 && answer.headers['retry-after'] === undefined)
    return { kind: 'rate-limited', retryAt: new Date(now.getTime() + 60_000) }
  if (answer.status === 400 || answer.status === 422)
    return failed('brave.refused', { reason: detail || code || `HTTP ${answer.status}` })
  const content = contentOf(answer, now)
  return 'trouble' in content ? content.trouble : null
}
