import { describe, expect, test } from 'vitest'
import { connectorContract, type PlatformAnswer } from '../connector.contract.ts'
import type { Pay } from '../connector.ts'
import { plainIo, readerOf } from '../reader.testing.ts'
import { readYandexAnswer } from './yandex-answer.ts'
import { yandexConnector } from './yandex.ts'

const key = 'AQVN-key-of-acme'
const folder = 'b1gacme'
const json = (body: unknown, status = 200): PlatformAnswer => ({ status, body: JSON.stringify(body) })
const refuse = (status: number, code: number, message: string) => json({ code, message, details: [] }, status)

const doc = (number: number, more = '') => `<group><doccount>1</doccount><doc id="Z${number}">
  <url>https://news.example/${number}?utm_source=x</url><domain>news.example</domain>
  <title>Новость про <hlword>acme</hlword> &amp; банк ${number}</title><modtime>20261122T100000</modtime>
  <passages><passage>Об <hlword>acme</hlword> ${number}.</passage><passage>Ещё предложение</passage></passages>
  <mime-type>text/html</mime-type>${more}</doc></group>`
const xml = (inside: string) =>
  `<?xml version="1.0" encoding="utf-8"?><yandexsearch version="1.0"><request><query>acme</query></request><response date="20261122T120000">${inside}</response></yandexsearch>`
const wrapped = (text: string) => json({ rawData: Buffer.from(text).toString('base64') })
const answerOf = (docs: string[]) => wrapped(xml(`<results><grouping>${docs.join('')}</grouping></results>`))
const nothing = wrapped(xml('<error code="15">Искомая комбинация слов нигде не встречается</error>'))

type Body = {
  query: { searchType: string; queryText: string; page: string }
  groupSpec: { groupsOnPage: string }
  folderId: string
  responseFormat: string
}
/** What the service wants of a question, and its pages. */
const search =
  (docs: string[]) =>
  (_asked: unknown, body: string): PlatformAnswer => {
    const { query, groupSpec, folderId, responseFormat } = JSON.parse(body) as Body
    const [page, size] = [Number(query.page), Number(groupSpec.groupsOnPage)]
    const isAsked = /^SEARCH_TYPE_(RU|COM|KK|BE|UZ|TR)$/.test(query.searchType) && query.queryText.length <= 400
    if (!isAsked || folderId !== folder || responseFormat !== 'FORMAT_XML' || size > 100 || page * size >= 250)
      return refuse(400, 3, 'Illegal argument')
    const found = docs.slice(page * size, page * size + size)
    return found.length === 0 ? nothing : answerOf(found)
  }
const settings = { url: 'acme  банк', folder, zone: 'KK' }
const many = (count: number, from = 0) => Array.from({ length: count }, (_, index) => doc(index + from))

connectorContract('yandex', {
  connector: yandexConnector,
  origin: 'https://searchapi.api.cloud.yandex.net',
  settings: () => settings,
  secrets: { key },
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'слово '.repeat(41), folder }, field: 'url' },
    { input: { url: 'acme' }, field: 'folder' },
    { input: { url: 'acme', folder, zone: 'de' }, field: 'zone' },
  ],
  answer: (request, _base, body) =>
    request.headers.authorization === `Api-Key ${key}` && request.method === 'POST'
      ? search(many(40))(null, body)
      : refuse(401, 16, 'Unknown api key'),
  posts: 40,
})

describe('yandex', () => {
  test('a page has its title, what was found in it, and the address under which a feed would bring it', async () => {
    const { page } = readerOf(yandexConnector, settings)
    expect(await page(search([doc(1)]))).toMatchObject({
      items: [
        {
          id: 'https://news.example/1',
          platform: 'web',
          title: 'Новость про acme & банк 1',
          text: 'Об acme 1.\nЕщё предложение',
          source: 'news.example',
          postedAt: new Date('2026-11-22T10:00:00Z'),
        },
      ],
      health: { title: 'Yandex: acme банк', pollAfterMs: 3_600_000 },
    })
  })

  test('it goes on to the next page only while everything is new', async () => {
    const { page } = readerOf(yandexConnector, settings)
    const first = await page(search(many(1)))
    const second = await page(search(many(70, 100)), first.next)
    expect(second).toMatchObject({ more: true, next: { page: 1 } })
    expect(await page(search(many(70, 100)), second.next)).toMatchObject({ more: false, next: { page: 0 } })
  })

  test('nothing found is no error, and what is refused says why', async () => {
    const { read } = readerOf(yandexConnector, settings)
    expect(await read(() => nothing)).toMatchObject({ kind: 'unchanged' })
    const refusals: [PlatformAnswer, object][] = [
      [refuse(401, 16, 'Unknown api key'), { kind: 'signed-out', problem: { key: 'yandex.key' } }],
      [refuse(403, 7, 'Permission denied'), { kind: 'signed-out', problem: { key: 'yandex.key' } }],
      [refuse(402, 9, 'No money'), { kind: 'failed', retryAt: new Date('2026-11-22T18:00:00Z') }],
      [refuse(429, 8, 'Too many'), { kind: 'rate-limited', retryAt: new Date('2026-11-22T12:01:00Z') }],
      [
        wrapped(xml('<error code="32">Лимит запросов исчерпан</error>')),
        { kind: 'failed', problem: { key: 'yandex.refused', values: { reason: 'Лимит запросов исчерпан' } } },
      ],
      [
        refuse(400, 3, 'Illegal argument'),
        { kind: 'failed', problem: { key: 'yandex.refused', values: { reason: 'Illegal argument' } } },
      ],
      [wrapped('<html>Вход</html>'), { kind: 'failed', problem: { key: 'yandex.unreadable' } }],
      [wrapped(xml(doc(1)).slice(0, 300)), { kind: 'failed', problem: { key: 'yandex.unreadable' } }],
    ]
    for (const [answer, told] of refusals) expect(await read(() => answer)).toMatchObject(told)
  })

  test('what is broken in one result is told and does not hide the others', async () => {
    const { page } = readerOf(yandexConnector, settings)
    const at = (moment: string) => doc(1).replace('20261122T100000', moment).replace('/1?', `/${moment}?`)
    const read = await page(
      search([
        at('19700101T000000'),
        at('20500101T000000'),
        at('today'),
        doc(2).replace('https:', 'javascript:'),
        doc(3),
      ]),
    )
    expect(read.items.map(({ postedAt }) => postedAt === null)).toEqual([true, true, true, false])
    expect(read.problems.map(({ problem }) => problem?.key)).toEqual([
      'entry.date',
      'entry.date',
      'entry.date',
      'entry.unreadable',
    ])
  })

  test('without money nothing is asked; what is refused costs nothing, and what is answered its price', async () => {
    const config = yandexConnector.parseConfig(settings)
    const ask = async (answer: PlatformAnswer, left: number) => {
      const book = { spent: 0, asked: 0 }
      const io = plainIo({
        request: async (url) => {
          book.asked++
          const { status = 200, body = '' } = answer
          return { kind: 'ok', status, headers: {}, body: Buffer.from(body), url, movedTo: null, requests: 1 }
        },
        now: () => new Date('2026-11-22T12:00:00Z'),
        signal: new AbortController().signal,
      })
      const pay: Pay = async (most) =>
        most > left
          ? { kind: 'refused', until: new Date('2026-12-01'), problem: { key: 'budget.spent', values: {} } }
          : { kind: 'reserved', settle: async (charged) => void (book.spent = charged[0]?.micros ?? 0) }
      const fetched = await yandexConnector.fetch!({ id: 1, config, secrets: { key }, cursor: null }, { ...io, pay })
      return { ...book, kind: fetched.kind }
    }
    expect(await ask(nothing, 3999)).toEqual({ kind: 'rate-limited', asked: 0, spent: 0 })
    expect(await ask(nothing, 4000)).toEqual({ kind: 'unchanged', asked: 1, spent: 4000 })
    expect(await ask(refuse(401, 16, 'Unknown api key'), 4000)).toEqual({ kind: 'signed-out', asked: 1, spent: 0 })
  })

  test('entities of the document are not followed', () => {
    const bomb = xml(doc(1).replace('Ещё предложение', '&lol;')).replace(
      '<yandexsearch',
      '<!DOCTYPE x [<!ENTITY lol SYSTEM "file:///etc/passwd">]><yandexsearch',
    )
    expect(readYandexAnswer(bomb)?.results[0]?.extra_snippets[1]).toBe('&lol;')
  })
})
