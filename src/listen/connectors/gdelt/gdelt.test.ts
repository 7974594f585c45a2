import { describe, expect, test } from 'vitest'
import { connectorContract } from '../connector.contract.ts'
import { readerOf } from '../reader.testing.ts'
import { gdeltConnector } from './gdelt.ts'

const article = (number: number, more: object = {}) => ({
  url: `https://news.example/${number}?utm_source=x`,
  url_mobile: '',
  title: `Банк Филин , сбой ${number}`,
  seendate: '20261122T101500Z',
  socialimage: 'https://news.example/a.jpg',
  domain: 'news.example',
  language: 'Russian',
  sourcecountry: 'Russia',
  ...more,
})
const list = (articles: unknown[]) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ articles }),
})

connectorContract('gdelt', {
  connector: gdeltConnector,
  origin: 'https://api.gdeltproject.org',
  settings: () => ({ url: '"acme bank" sourcelang:russian' }),
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: ' a ' }, field: 'url' },
    { input: { url: 'https://example.org/?query=acme' }, field: 'url' },
  ],
  answer: () => list([1, 2, 3].map((number) => article(number))),
  posts: 3,
})

describe('gdelt', () => {
  const { read, page, asked } = readerOf(gdeltConnector, { url: '"acme bank"' })

  test('an article is known by its address, and its title is its text', async () => {
    const { items, health } = await page(() => list([article(1)]))
    expect(health).toMatchObject({ title: 'GDELT: "acme bank"', pollAfterMs: 900_000 })
    expect(items[0]).toMatchObject({
      id: 'https://news.example/1',
      platform: 'web',
      source: 'news.example',
      media: 'news',
      kind: 'article',
      url: 'https://news.example/1?utm_source=x',
      title: 'Банк Филин, сбой 1',
      text: 'Банк Филин, сбой 1',
      lang: 'ru',
      postedAt: new Date('2026-11-22T10:15:00Z'),
      author: null,
      has: ['image'],
      images: [{ url: 'https://news.example/a.jpg', alt: null }],
    })
  })

  test('it asks for a day first, and later from an hour before the newest', async () => {
    asked.length = 0
    const { next } = await page(() => list([article(1)]))
    await read(() => ({ body: '{}' }), next)
    expect(asked.map((url) => [url.searchParams.get('startdatetime'), url.searchParams.get('enddatetime')])).toEqual([
      ['20261121120000', '20261122120000'],
      ['20261122091500', '20261122120000'],
    ])
  })

  test('a full page is gone on from at the next check, never at once', async () => {
    const full = Array.from({ length: 250 }, (_, number) => article(number, { seendate: '20261122T081500Z' }))
    const first = await page(() => list(full))
    expect(first.more).toBe(false)
    asked.length = 0
    const last = await page(() => list([article(900, { seendate: '20261122T060000Z' })]), first.next)
    expect(asked[0]?.searchParams.get('enddatetime')).toBe('20261122081500')
    expect(last.next).toMatchObject({ before: 0, from: Date.UTC(2026, 10, 22, 7, 15) / 1000 })
  })

  test('the rule of five seconds, told with status 200, is a wait', async () => {
    const rule = 'Please limit requests to one every 5 seconds or contact kalev@example.org for larger queries.\n'
    expect(await read(() => ({ body: rule }))).toEqual({
      kind: 'rate-limited',
      retryAt: new Date('2026-11-22T12:01:05Z'),
    })
    expect(await read(() => ({ status: 429, body: rule }))).toMatchObject({ kind: 'rate-limited' })
  })

  test('a refused query says why', async () => {
    expect(await read(() => ({ body: 'Your query was too short or too long.' }))).toMatchObject({
      kind: 'failed',
      hint: 'GDELT refused the query: Your query was too short or too long.',
    })
  })

  test('titles that break the JSON are read all the same', async () => {
    const body = String.raw`{"articles":[{"url":"https://news.example/1","title":"C:\Windows \"heed\" \u0411 \\ \d","seendate":"20261122T101500Z"}]}`
    expect((await page(() => ({ body }))).items[0]?.title).toBe(String.raw`C:\Windows "heed" Б \ \d`)
  })

  test('what is broken in one article is told and does not hide the others', async () => {
    const { items, problems } = await page(() =>
      list([
        article(1, { seendate: '19700101T000000Z' }),
        article(2, { seendate: '20500101T000000Z' }),
        article(3, { url: 'javascript:1' }),
        7,
        article(4, { title: '' }),
        article(5),
      ]),
    )
    expect(items.map((post) => post.postedAt)).toEqual([null, null, new Date('2026-11-22T10:15:00Z')])
    expect(problems.map((one) => one.problem?.key)).toEqual([
      'entry.date',
      'entry.date',
      'entry.unreadable',
      'entry.unreadable',
    ])
    expect(await read(() => ({ body: '{"articles":[{"url"' }))).toMatchObject({ problem: { key: 'site.unreadable' } })
    expect(await read(() => ({ body: '{"articles":"none"}' }))).toMatchObject({ problem: { key: 'site.unexpected' } })
  })
})
