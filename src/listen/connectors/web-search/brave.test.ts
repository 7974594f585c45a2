import { describe, expect, test } from 'vitest'
import { connectorContract, type PlatformAnswer } from '../connector.contract.ts'
import type { Charge, Cursor, Fetched, Paid } from '../connector.ts'
import { plainIo } from '../reader.testing.ts'
import { braveConnector } from './brave.ts'

const key = 'BSA-key-of-acme'
const now = new Date('2026-11-22T12:00:00Z')
const json = (body: unknown, status = 200): PlatformAnswer => ({ status, body: JSON.stringify(body) })
const refuse = (status: number, code: string) =>
  json({ type: 'ErrorResponse', error: { id: 'x', status, code, detail: `${code} happened` } }, status)
const result = (number: number, more: object = {}) => ({
  type: 'news_result',
  title: `Новость ${number}`,
  url: `https://news.example/${number}?utm_source=x`,
  description: `Об <strong>acme</strong> ${number}`,
  age: '2 hours ago',
  page_age: '2026-11-22T10:00:00',
  meta_url: { hostname: 'news.example' },
  extra_snippets: ['Ещё предложение'],
  ...more,
})

/** Brave's news: fifty a page, ten pages at most. */
const search =
  (results: object[]) =>
  (asked: URL): PlatformAnswer => {
    const [count, offset] = [Number(asked.searchParams.get('count')), Number(asked.searchParams.get('offset'))]
    if (!(count >= 1 && count <= 50) || !(offset >= 0 && offset <= 9)) return refuse(422, 'VALIDATION')
    return json({ type: 'news', query: {}, results: results.slice(offset * count, offset * count + count) })
  }

connectorContract('brave', {
  connector: braveConnector,
  origin: 'https://api.search.brave.com',
  settings: () => ({ url: 'acme bank', country: 'de' }),
  secrets: { key },
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'слово '.repeat(51) }, field: 'url' },
    { input: { url: 'acme', country: 'Germany' }, field: 'country' },
  ],
  answer: (request, base) =>
    request.headers['x-subscription-token'] === key
      ? search(Array.from({ length: 40 }, (_, index) => result(index)))(new URL(request.url ?? '', base))
      : refuse(422, 'SUBSCRIPTION_TOKEN_INVALID'),
  posts: 40,
})

function reading(budget = Infinity) {
  const asked: URL[] = []
  const book = { spent: 0 }
  const pay = async (most: number): Promise<Paid> => {
    if (book.spent + most > budget)
      return {
        kind: 'refused',
        until: new Date('2026-12-01'),
        problem: { key: 'budget.spent', values: { until: '2026-12-01' } },
      }
    book.spent += most
    return {
      kind: 'reserved',
      settle: async (charged: Charge[]) => {
        book.spent += charged.reduce((sum, { micros }) => sum + micros, 0) - most
      },
    }
  }
  const read = (answer: (asked: URL) => PlatformAnswer, cursor: Cursor | null = null): Promise<Fetched> => {
    const io = plainIo({
      request: async (url) => {
        asked.push(new URL(url))
        const { status = 200, headers = {}, body = '' } = answer(new URL(url))
        return { kind: 'ok', status, headers, body: Buffer.from(body), url, movedTo: null, requests: 1 }
      },
      now: () => now,
      signal: new AbortController().signal,
    })
    return braveConnector.fetch!(
      { id: 1, config: braveConnector.parseConfig({ url: 'acme' }), secrets: { key }, cursor },
      { ...io, pay },
    )
  }
  return { read, asked, book }
}

describe('brave', () => {
  test('a page has its title, what was found in it, and the address under which a feed would bring it', async () => {
    const thumbnail = { src: 'https://imgs.search.example/1', original: 'https://news.example/1.jpg' }
    expect(await reading().read(search([result(1, { thumbnail })]))).toMatchObject({
      items: [
        {
          id: 'https://news.example/1',
          platform: 'web',
          media: 'news',
          kind: 'article',
          title: 'Новость 1',
          text: 'Об acme 1\nЕщё предложение',
          source: 'news.example',
          postedAt: new Date('2026-11-22T10:00:00Z'),
          has: ['image'],
          images: [{ url: 'https://imgs.search.example/1', alt: null }],
        },
      ],
      health: { pollAfterMs: 3_600_000 },
    })
  })

  test('it goes on to the next page only while everything is new, and each page is paid for', async () => {
    const one = reading()
    const first = await one.read(search([result(0)]))
    if (first.kind !== 'page') throw new Error(first.kind)
    const news = Array.from({ length: 70 }, (_, index) => result(index + 100))
    const second = await one.read(search(news), first.next)
    expect(second).toMatchObject({ kind: 'page', more: true, next: { offset: 1 } })
    const third = await one.read(search(news), second.kind === 'page' ? second.next : null)
    expect(third).toMatchObject({ kind: 'page', more: false, next: { offset: 0 } })
    expect(one.book.spent).toBe(3 * 5000)
    expect(one.asked.map(({ searchParams }) => searchParams.get('offset'))).toEqual(['0', '0', '1'])
  })

  test('without money nothing is asked, and a refusal costs nothing', async () => {
    const poor = reading(4000)
    expect(await poor.read(search([]))).toMatchObject({ kind: 'rate-limited', problem: { key: 'budget.spent' } })
    expect(poor.asked).toEqual([])
    const refusals: [PlatformAnswer, object][] = [
      [refuse(422, 'SUBSCRIPTION_TOKEN_INVALID'), { kind: 'signed-out', problem: { key: 'brave.key' } }],
      [
        refuse(422, 'VALIDATION'),
        { kind: 'failed', problem: { key: 'brave.refused', values: { reason: 'VALIDATION happened' } } },
      ],
      [
        refuse(402, 'USAGE_LIMIT_EXCEEDED'),
        { kind: 'failed', problem: { key: 'brave.no-credit' }, retryAt: new Date('2026-11-22T18:00:00Z') },
      ],
      [refuse(429, 'RATE_LIMITED'), { kind: 'rate-limited', retryAt: new Date('2026-11-22T12:01:00Z') }],
    ]
    for (const [answer, told] of refusals) {
      const one = reading()
      expect(await one.read(() => answer)).toMatchObject(told)
      expect(one.book.spent).toBe(0)
    }
  })

  test('what is broken in one result is told and does not hide the others', async () => {
    const read = await reading().read(
      search([
        result(1, { page_age: '1970-01-01T00:00:00' }),
        result(2, { page_age: '2050-01-01T00:00:00' }),
        result(3, { url: 'javascript:alert(1)' }),
        result(4, { title: 5 }),
        result(5),
      ]),
    )
    if (read.kind !== 'page') throw new Error(read.kind)
    expect(read.items.map(({ postedAt }) => postedAt === null)).toEqual([true, true, false])
    expect(read.problems.map(({ problem }) => problem?.key)).toEqual([
      'entry.date',
      'entry.date',
      'entry.unreadable',
      'entry.unreadable',
    ])
  })
})
