import { z } from 'zod'
import { contentOf, failed, readJson, typed, unanswered, why, wrong, type Answered, type Trouble } from '../answers.ts'
import type { Connector, Fetched } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { tell } from '../problems.ts'
import { Result, resultToPost } from './result.ts'
import { readYandexAnswer } from './yandex-answer.ts'

export type YandexConfig = { url: string; folder: string; zone: Zone }

const zones = ['ru', 'com', 'kk', 'be', 'uz', 'tr'] as const
type Zone = (typeof zones)[number]

const api = 'https://searchapi.api.cloud.yandex.net/v2/web/search'
const pageSize = 50
// Yandex shows the first 250 results.
const lastPage = 4
// By day; by night it costs a quarter less, which a budget may leave unused.
const requestMicros = 4000
const pollMs = 3_600_000
const withoutMoneyMs = 6 * 3_600_000
const nothingFound = '15'

const Found = z.object({ rawData: z.string() })
const Refusal = z.object({ message: z.string() })

/**
 * Pages that have the words, newest first, as Yandex finds them: the first page is read once an hour, and further ones as long as
 * everything on a page is new. Each request is paid for from the project's budget.
 */
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

  async fetch(source, io): Promise<Fetched> {
    const { url: words, folder, zone } = source.config
    const cursor = source.cursor?.['url'] === words ? source.cursor : {}
    const kept = cursor['page']
    const page = typeof kept === 'number' && Number.isSafeInteger(kept) && kept > 0 && kept <= lastPage ? kept : 0
    const paid = await io.pay(requestMicros)
    if (paid.kind === 'refused')
      return { kind: 'rate-limited', retryAt: paid.until, hint: tell(paid.problem, 'en'), problem: paid.problem }
    const answer = await io.request(api, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        authorization: `Api-Key ${source.secrets['key'] ?? ''}`,
      },
      body: JSON.stringify({
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
      }),
      signal: io.signal,
    })
    // A request that is refused is not billed; one that brought something is, whatever it was.
    if (answer.kind === 'ok' && answer.status >= 400) await paid.settle([])
    else await paid.settle([{ micros: requestMicros, once: null }])
    if (answer.kind !== 'ok') return unanswered(answer)
    const trouble = troubleIn(answer, io.now())
    if (trouble !== null) return trouble
    const read = readJson(answer, Found)
    if ('trouble' in read) return read.trouble
    const found = readYandexAnswer(Buffer.from(read.value.rawData, 'base64').toString())
    if (found === null) return failed('yandex.unreadable')
    const { results, error } = found
    if (error !== null && error.code !== nothingFound) return failed('yandex.refused', { reason: error.text.trim() })
    const fresh = freshOf(results, Result, (result) => resultToPost(result, io.now()), cursor['seen'])
    const goesOn =
      page < lastPage &&
      results.length >= pageSize &&
      fresh.items.length === results.length &&
      cursor['seen'] !== undefined
    const next = { url: words, page: goesOn ? page + 1 : 0 }
    const health = { title: `Yandex: ${words}`, requests: answer.requests, pollAfterMs: pollMs }
    return toldOf(fresh, { cursor: next, more: goesOn, health })
  },
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
