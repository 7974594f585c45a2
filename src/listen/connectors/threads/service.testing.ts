import type { PlatformAnswer } from '../connector.contract.ts'

export const token = 'THAA-token-of-acme-0123456789'
export const now = new Date('2026-11-22T12:00:00Z')
export const when = (minutes: number) =>
  new Date(now.getTime() - minutes * 60_000).toISOString().replace('.000Z', '+0000')

export const json = (body: unknown, status = 200): PlatformAnswer => ({ status, body: JSON.stringify(body) })
export const refuse = (code: number, error_subcode = 0, status = 400) =>
  json({ error: { message: `Refused ${code}`, type: 'THApiException', code, error_subcode } }, status)

export const media = (number: number, more: object = {}) => ({
  id: `1800${number}`,
  text: `Ветка ${number} #банк`,
  timestamp: when(number),
  permalink: `https://www.threads.com/@acmebank/post/${number}`,
  media_type: 'TEXT_POST',
  username: 'acmebank',
  is_quote_post: false,
  has_replies: false,
  ...more,
})
export const answer = (number: number, root: string, more: object = {}) => ({
  ...media(number, { username: 'anna', text: `Ответ ${number}` }),
  id: `1900${number}`,
  root_post: { id: root },
  replied_to: { id: root },
  ...more,
})

export type Stands = {
  threads?: object[]
  mentions?: object[]
  conversations?: { [media: string]: object[] }
  found?: object[]
  fails?: { [path: string]: PlatformAnswer }
}

/** What each path takes: https://developers.facebook.com/documentation/threads/reference */
const takes: { [path: string]: string[] } = {
  me: ['fields'],
  'me/threads': ['fields', 'limit', 'since', 'until', 'after'],
  'me/mentions': ['fields', 'limit', 'after'],
  'me/replies': ['fields', 'limit', 'since', 'until', 'after'],
  conversation: ['fields', 'reverse', 'after'],
  keyword_search: ['q', 'search_type', 'search_mode', 'fields', 'limit', 'since', 'until', 'after'],
}

/** The Threads API by its reference; newest first, and the mark of a next page also after the last one. */
export function playThreads({ threads = [], mentions = [], conversations = {}, found = [], fails = {} }: Stands) {
  return (asked: URL): PlatformAnswer => {
    const path = asked.pathname.replace('/v1.0/', '')
    const given = asked.searchParams
    if (fails[path]) return fails[path]
    const kind = path.endsWith('/conversation') ? 'conversation' : path
    const unknown = [...given.keys()].filter((name) => !takes[kind]?.includes(name))
    if (!takes[kind] || unknown.length > 0) return refuse(100)
    if (given.has('limit') && Number(given.get('limit')) > 100) return refuse(100)
    if (given.has('since') && Number(given.get('since')) < 1_688_540_400) return refuse(100)
    const paged = (all: object[], limit = Number(given.get('limit') ?? 25), from = Number(given.get('after') ?? 0)) => {
      const data = all.slice(from, from + limit)
      return json({ data, ...(data.length > 0 && { paging: { cursors: { after: String(from + limit) } } }) })
    }
    const within = (all: object[]) =>
      all.filter((one) => {
        const atS = Date.parse((one as { timestamp: string }).timestamp.replace('+0000', 'Z')) / 1000
        return !(atS < Number(given.get('since') ?? 0)) && !(atS >= Number(given.get('until') ?? Infinity))
      })
    switch (kind) {
      case 'me':
        return json({ id: '555', username: 'AcmeBank' })
      case 'me/threads':
        return paged(within(threads))
      case 'me/mentions':
        return paged(mentions)
      case 'conversation': {
        const below = conversations[path.replace('/conversation', '')]
        return below === undefined ? refuse(100, 33) : paged(below)
      }
      default:
        return given.get('search_type') === 'RECENT' ? paged(within(found)) : refuse(100)
    }
  }
}
