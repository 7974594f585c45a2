import { z } from 'zod'
import { contentOf, failed, readJson, typed, why, wrong, type Answered, type Trouble } from '../answers.ts'
import type { Connector } from '../connector.ts'
import { readPaidSearch } from './paid-search.ts'
import { readYandexAnswer, type YandexResult } from './yandex-answer.ts'

export type YandexConfig = { url: string; folder: string; zone: Zone }

const zones = ['ru', 'com', 'kk', 'be', 'uz', 'tr'] as const
type Zone = (typeof zones)[number]

const api = 'https://searchapi.api.cloud.yandex.net/v2/web/search'
const pageSize = 50
// Yandex shows the first 250 results.
const lastPage = 4
// By day; by night it costs a quarter less, which a budget may leave unused.
const requestMicros = 4000
const withoutMoneyMs = 6 * 3_600_000
const nothingFound = '15'

const Found = z.object({ rawData: z.string() })
const Refusal = z.object({ message: z.string() })

/** Pages that have the words, newest first, as Yandex finds them. */
export const yandexConnector: Connector<YandexConfig> = {
  platform: 'yandex',
  capabilities: {
    collects: ['poll'],
    replies: false,
    follows: { edits: false, deletions: false },
    cost: { perRequest: requestMicros / 1_000_000, perItem: 0, currency: 'USD' },
    needs: 'paid',
  },

  parseConfig(input) {
    const words = typed(input, 'url').replace(/\s+/g, ' ')
    if (words === '' || words.length > 400 || words.split(' ').length > 40) throw wrong('yandex.query', {}, 'url')
    const folder = typed(input, 'folder')
    if (!/^[a-z0-9-]{1,50}$/i.test(folder)) throw wrong('yandex.folder', {}, 'folder')
    const zone = zones.find((one) => one === (typed(input, 'zone').toLowerCase() || 'ru'))
    if (zone === undefined) throw wrong('yandex.zone', { zones: zones.join(', ') }, 'zone')
    return { url: words, folder, zone }
  },

  fetch: (source, io) =>
    readPaidSearch(
      {
        name: 'Yandex',
        requestMicros,
        pageSize,
        lastPage,
        place: 'page',
        ask: (page) => ({ url: api, request: requestFor(source.config, source.secrets['key'] ?? '', page) }),
        troubleIn,
        resultsIn,
      },
      source,
      io,
    ),
}

function requestFor({ url: words, folder, zone }: YandexConfig, key: string, page: number) {
  const headers = { accept: 'application/json', 'content-type': 'application/json', authorization: `Api-Key ${key}` }
  const asked = {
    query: {
      searchType: `SEARCH_TYPE_${zone.toUpperCase()}`,
      queryText: words,
      page: String(page),
      fixTypoMode: 'FIX_TYPO_MODE_OFF',
    },
    sortSpec: { sortMode: 'SORT_MODE_BY_TIME', sortOrder: 'SORT_ORDER_DESC' },
    groupSpec: { groupMode: 'GROUP_MODE_FLAT', groupsOnPage: String(pageSize), docsInGroup: '1' },
    maxPassages: '4',
    folderId: folder,
    responseFormat: 'FORMAT_XML',
  }
  return { method: 'POST' as const, headers, body: JSON.stringify(asked) }
}

function resultsIn(answer: Answered): YandexResult[] | Trouble {
  const read = readJson(answer, Found)
  if ('trouble' in read) return read.trouble
  const found = readYandexAnswer(Buffer.from(read.value.rawData, 'base64').toString())
  if (found === null) return failed('yandex.unreadable')
  const { results, error } = found
  if (error !== null && error.code !== nothingFound) return failed('yandex.refused', { reason: error.text.trim() })
  return results
}

/** Statuses are those of Yandex Cloud: https://yandex.cloud/en/docs/api-design-guide/concepts/errors */
function troubleIn(answer: Answered, now: Date): Trouble | null {
  if (answer.status < 400) return null
  if (answer.status === 401 || answer.status === 403) return { kind: 'signed-out', ...why('yandex.key') }
  if (answer.status === 402) return { ...failed('yandex.no-money'), retryAt: new Date(now.getTime() + withoutMoneyMs) }
  if (answer.status === 429 && answer.headers['retry-after'] === undefined)
    return { kind: 'rate-limited', retryAt: new Date(now.getTime() + 60_000) }
  const read = readJson(answer, Refusal)
  if (answer.status === 400)
    return failed('yandex.refused', { reason: 'value' in read ? read.value.message : `HTTP ${answer.status}` })
  const content = contentOf(answer, now)
  return 'trouble' in content ? content.trouble : null
}
