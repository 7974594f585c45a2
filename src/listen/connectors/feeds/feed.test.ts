import { createServer, type IncomingMessage } from 'node:http'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createRequest } from '../../../base/http/request.ts'
import type { Cursor, Fetched } from '../connector.ts'
import { connectorContract, type PlatformAnswer } from '../connector.contract.ts'
import { plainIo } from '../reader.testing.ts'
import { feedConnector } from './feed.ts'

const rss = (items: string, channel = ''): string => `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:thr="http://purl.org/syndication/thread/1.0">
<channel><title>Городские новости</title><link>https://news.example/</link><language>ru-RU</language>${channel}${items}</channel></rss>`

const item = (n: number, extra = ''): string =>
  `<item><guid isPermaLink="false">news-${n}</guid><title>Филин: новость ${n}</title><link>https://news.example/${n}?utm_source=rss</link><description>Текст ${n}</description>${extra || `<pubDate>Sun, 22 Nov 2026 0${n % 10}:00:00 +0300</pubDate>`}</item>`

const atom = (entries: string): string =>
  `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" xml:lang="en"><title>Forum &amp; friends</title><id>urn:f</id><updated>2026-11-22T00:00:00Z</updated>${entries}</feed>`

connectorContract('feeds', {
  connector: feedConnector,
  settings: (base) => ({ url: `${base}/feed` }),
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'news.example' }, field: 'url' },
    { input: { url: 'file:///etc/passwd' }, field: 'url' },
    { input: { url: 'https://news.example/rss', media: 'paper' }, field: 'media' },
    { input: { url: 'https://news.example/rss', timeZone: 'Mars/Olympus' }, field: 'timeZone' },
  ],
  answer: () => ({
    headers: { 'content-type': 'application/rss+xml' },
    body: rss([1, 2, 3].map((n) => item(n)).join('')),
  }),
  posts: 3,
})

describe('feeds', () => {
  const now = new Date('2026-11-22T12:00:00Z')
  const request = createRequest({ allowPrivate: true, timeoutMs: 5000 })
  const asked: IncomingMessage[] = []
  let answer: (request: IncomingMessage) => PlatformAnswer = () => ({})
  let base = ''
  const server = createServer((incoming, response) => {
    asked.push(incoming)
    const { status, headers, body } = answer(incoming)
    response.writeHead(status ?? 200, headers ?? {}).end(body)
  })
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const address = server.address()
    base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  })
  beforeEach(() => {
    asked.length = 0
  })
  afterAll(async () => {
    await request.close()
    server.close()
  })

  const config = (more: object = {}) => feedConnector.parseConfig({ url: `${base}/feed`, ...more })
  const fetchFeed = async (
    body: string | Uint8Array | PlatformAnswer,
    options: { cursor?: Cursor | null; config?: object } = {},
  ): Promise<Fetched> => {
    answer = () => (typeof body === 'string' || body instanceof Uint8Array ? { body } : body)
    return (await feedConnector.fetch?.(
      { id: 1, config: config(options.config), secrets: {}, cursor: options.cursor ?? null },
      plainIo({ request, now: () => now, signal: new AbortController().signal }),
    )) as Fetched
  }
  const page = async (...given: Parameters<typeof fetchFeed>) => {
    const fetched = await fetchFeed(...given)
    if (fetched.kind !== 'page') throw new Error(`Expected a page, not ${JSON.stringify(fetched)}`)
    return fetched
  }
  const onlyPost = async (...given: Parameters<typeof fetchFeed>) => {
    const { items } = await page(...given)
    expect(items).toHaveLength(1)
    return items[0]
  }

  test('an entry of RSS becomes an article with everything the feed tells', async () => {
    const post = await onlyPost(
      rss(`<item><guid isPermaLink="false">77</guid><title>Филин &amp;amp; Гранат: &lt;b&gt;сбой&lt;/b&gt;</title><link>/2026/sboi?utm_source=rss</link>
        <description>Коротко</description><content:encoded><![CDATA[<p>Приложение <a href="https://bank.example/a">не открывается</a>.</p><script>alert(1)</script><p>Второй абзац.</p><img src="x.jpg">]]></content:encoded>
        <dc:creator>Анна Петрова</dc:creator><category>банки</category><category>сбои</category><slash:comments>12</slash:comments>
        <enclosure url="https://news.example/v.mp4" type="video/mp4" length="1"/><pubDate>Sun, 22 Nov 2026 10:00:00 +0300</pubDate></item>`),
    )
    expect(post).toEqual({
      id: `${base}/2026/sboi`,
      platform: 'web',
      source: 'Городские новости',
      media: 'news',
      kind: 'article',
      url: `${base}/2026/sboi?utm_source=rss`,
      title: 'Филин & Гранат: сбой',
      text: 'Приложение не открывается.\n\nВторой абзац.',
      lang: 'ru',
      postedAt: new Date('2026-11-22T07:00:00Z'),
      author: {
        id: '127.0.0.1/Анна Петрова',
        name: 'Анна Петрова',
        handle: null,
        bio: null,
        followers: null,
        verified: null,
      },
      likes: null,
      shares: null,
      comments: 12,
      views: null,
      rating: null,
      parent: null,
      root: null,
      place: null,
      links: ['https://bank.example/a'],
      has: ['image', 'link', 'video'],
      images: [{ url: `${base}/2026/x.jpg`, alt: null }],
      tags: ['банки', 'сбои'],
    })
  })

  test('pictures are what is attached, each in one size, and then those of the text', async () => {
    const media = 'xmlns:media="http://search.yahoo.com/mrss/"'
    const post = await onlyPost(
      rss(`<item><guid>1</guid><title>Сбой</title><description>&lt;p&gt;Да&lt;/p&gt;&lt;img src="/text.jpg" alt="очередь"&gt;</description>
        <media:content ${media} url="https://cdn.example/1.jpg?width=140" width="140"/>
        <media:content ${media} url="https://cdn.example/1.jpg?width=700" width="700"><media:title>касса</media:title></media:content>
        <media:thumbnail ${media} url="https://cdn.example/small.jpg"/>
        <enclosure url="https://cdn.example/2.jpg" type="image/jpeg" length="1"/></item>`),
    )
    expect(post?.images).toEqual([
      { url: 'https://cdn.example/2.jpg', alt: null },
      { url: 'https://cdn.example/1.jpg?width=700', alt: 'касса' },
      { url: `${base}/text.jpg`, alt: 'очередь' },
    ])
    const thumbnail = `<item><guid>1</guid><title>Сбой</title><media:thumbnail ${media} url="https://cdn.example/small.jpg"/></item>`
    expect((await onlyPost(rss(thumbnail)))?.images).toEqual([{ url: 'https://cdn.example/small.jpg', alt: null }])
  })

  test('a comment in Atom knows what it answers', async () => {
    const post = await onlyPost(
      atom(`<entry><id>urn:c:2</id><title>Re: hi</title><link rel="alternate" href="https://forum.example/t/1#comment-2"/><author><name>Bob</name><uri>https://forum.example/u/bob</uri></author>
        <published>2026-11-22T08:00:00Z</published><updated>2026-11-22T09:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It is <b>down</b></p></div></content>
        <thr:in-reply-to ref="urn:c:1" href="https://forum.example/t/1?utm_source=x#comment-1"/></entry>`),
      { config: { media: 'forum' } },
    )
    expect(post).toMatchObject({
      id: 'https://forum.example/t/1#comment-2',
      kind: 'comment',
      media: 'forum',
      parent: 'https://forum.example/t/1#comment-1',
      text: 'It is down',
      lang: 'en',
      source: 'Forum & friends',
      postedAt: new Date('2026-11-22T08:00:00Z'),
      author: { id: 'https://forum.example/u/bob', name: 'Bob' },
    })
  })

  test('RDF and JSON Feed are read too', async () => {
    const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://old.example/"><title>Old</title></channel>
      <item rdf:about="https://old.example/1"><title>One</title><link>https://old.example/1</link><description>Text</description><dc:date>2026-11-22T10:00+03:00</dc:date><dc:creator>me</dc:creator></item></rdf:RDF>`
    expect(await onlyPost(rdf)).toMatchObject({
      id: 'https://old.example/1',
      text: 'Text',
      postedAt: new Date('2026-11-22T07:00:00Z'),
      author: { name: 'me' },
    })
    const json = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'J',
      language: 'de',
      items: [
        null,
        'x',
        {
          id: 5,
          url: 'https://j.example/5',
          content_text: 'a < b\n\nc',
          date_published: '2026-11-22T07:00:00Z',
          attachments: [{ url: 'https://j.example/a.png', mime_type: 'image/png', title: 'Quittung' }],
          banner_image: 'https://j.example/b.png',
          authors: [{ name: 'Eva', url: 'https://j.example/eva' }],
        },
      ],
    })
    expect(await onlyPost(json)).toMatchObject({
      id: 'https://j.example/5',
      text: 'a < b\n\nc',
      lang: 'de',
      has: ['image'],
      images: [
        { url: 'https://j.example/a.png', alt: 'Quittung' },
        { url: 'https://j.example/b.png', alt: null },
      ],
      author: { id: 'https://j.example/eva' },
    })
  })

  test('a feed that leads to a platform gives posts of that platform', async () => {
    expect(
      await onlyPost(
        rss(
          '<item><title>Пост</title><link>https://t.me/gorod_kazan/15</link><description>Филин лежит</description></item>',
        ),
      ),
    ).toMatchObject({ id: 'https://t.me/gorod_kazan/15', platform: 'telegram', media: 'messenger', kind: 'post' })
  })

  test('only what is new or says something new comes', async () => {
    const first = await page(rss(item(1) + item(2)))
    expect(first.items).toHaveLength(2)
    const second = await page(rss(item(1) + item(2).replace('Текст 2', 'Текст 2, исправлено') + item(3)), {
      cursor: first.next,
    })
    expect(second.items.map((post) => post.text)).toEqual(['Текст 2, исправлено', 'Текст 3'])
    const third = await fetchFeed(rss(item(3)), { cursor: second.next })
    expect(third.kind).toBe('unchanged')
    // What fell out of the feed and comes back is still known.
    const fourth = await page(rss(item(1) + item(4)), { cursor: third.kind === 'unchanged' ? third.next : null })
    expect(fourth.items.map((post) => post.text)).toEqual(['Текст 4'])
  })

  test('the memory of the cursor is bounded', async () => {
    let cursor: Cursor | null = null
    for (let round = 0; round < 12; round += 1) {
      const items: string = Array.from({ length: 500 }, (_, n) =>
        item(round * 500 + n, '<pubDate>2026-11-20</pubDate>'),
      ).join('')
      cursor = (await page(rss(items), { cursor })).next
    }
    expect(JSON.stringify(cursor).length).toBeLessThan(26_000)
  })

  test('validators go back to the address they came from and to no other', async () => {
    const first = await page({
      headers: {
        etag: '"v1"',
        'last-modified': 'Sun, 22 Nov 2026 09:00:00 GMT',
        'cache-control': 'public, max-age=600',
      },
      body: rss(item(1), '<ttl>30</ttl>'),
    })
    expect(first.health).toMatchObject({ title: 'Городские новости', requests: 1, pollAfterMs: 30 * 60_000 })
    const second = await fetchFeed({ status: 304 }, { cursor: first.next })
    expect(asked[1]?.headers).toMatchObject({
      'if-none-match': '"v1"',
      'if-modified-since': 'Sun, 22 Nov 2026 09:00:00 GMT',
    })
    expect(asked[1]?.headers['cache-control']).toBeUndefined()
    expect(second).toMatchObject({ kind: 'unchanged', next: first.next, health: { pollAfterMs: 30 * 60_000 } })
    await fetchFeed(rss(item(1)), { cursor: first.next, config: { url: `${base}/other` } })
    expect(asked[2]?.headers['if-none-match']).toBeUndefined()
  })

  test('a feed that moved for good says where, but only when a feed is there', async () => {
    const moving = (status: number, there: string) => () => {
      answer = (incoming): PlatformAnswer =>
        incoming.url === '/feed'
          ? { status, headers: { location: '/new' } }
          : { body: there, headers: { 'content-type': there.startsWith('<!') ? 'text/html' : 'application/xml' } }
      return feedConnector.fetch?.(
        { id: 1, config: config(), secrets: {}, cursor: null },
        plainIo({ request, now: () => now, signal: new AbortController().signal }),
      )
    }
    expect(await moving(301, rss(item(1)))()).toEqual({ kind: 'moved', to: `${base}/new`, permanent: true })
    expect(await moving(308, rss(item(1)))()).toMatchObject({ kind: 'moved' })
    expect(await moving(302, rss(item(1)))()).toMatchObject({ kind: 'page', health: { requests: 2 } })
    expect(await moving(301, '<!doctype html><p>Closed')()).toMatchObject({
      kind: 'failed',
      problem: { key: 'feed.page' },
    })
  })

  test('what the site says about us is told apart', async () => {
    expect(await fetchFeed({ status: 410 })).toMatchObject({ kind: 'gone' })
    expect(await fetchFeed({ status: 404 })).toMatchObject({ kind: 'failed', problem: { key: 'site.not-found' } })
    expect(await fetchFeed({ status: 403 })).toMatchObject({ kind: 'signed-out', hint: expect.stringContaining('403') })
    expect(await fetchFeed({ status: 429, headers: { 'retry-after': '120' } })).toEqual({
      kind: 'rate-limited',
      retryAt: new Date('2026-11-22T12:02:00Z'),
    })
    expect(await fetchFeed({ status: 503, headers: { 'retry-after': 'Sun, 22 Nov 2026 13:00:00 GMT' } })).toEqual({
      kind: 'rate-limited',
      retryAt: new Date('2026-11-22T13:00:00Z'),
    })
    expect(await fetchFeed({ status: 429 })).toEqual({
      kind: 'rate-limited',
      retryAt: new Date('2026-11-22T12:15:00Z'),
    })
    expect(await fetchFeed({ status: 503 })).toMatchObject({ kind: 'failed', retryAt: null })
  })

  test('a new source goes from a web page to the feed that it names', async () => {
    const body =
      '<!-- x --><!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" title="x" href="/rss.xml"></head><body>'
    const page = { body, headers: { 'content-type': 'text/html; charset=utf-8' } }
    expect(await fetchFeed(page)).toEqual({ kind: 'moved', to: `${base}/rss.xml`, permanent: true })
    // A source that had its feed here does not become another one.
    expect(await fetchFeed(page, { cursor: { url: `${base}/feed` } })).toMatchObject({
      kind: 'failed',
      hint: expect.stringContaining(`${base}/rss.xml`),
      problem: { key: 'feed.page-with-feed', values: { feed: `${base}/rss.xml` } },
    })
  })

  test('the letters are right however they were sent', async () => {
    const text = rss('<item><guid>1</guid><title>Ёлка и Филин</title></item>')
    const old = text.replace('utf-8', 'windows-1251')
    const undeclared = text.replace(' encoding="utf-8"', '')
    const cases: [string, PlatformAnswer][] = [
      ['declared in the document', { body: iconv.encode(old, 'windows-1251') }],
      [
        'declared in the document against the header',
        { body: iconv.encode(old, 'windows-1251'), headers: { 'content-type': 'text/xml; charset=utf-8' } },
      ],
      [
        'declared in the header',
        {
          body: iconv.encode(undeclared, 'windows-1251'),
          headers: { 'content-type': 'text/xml; charset=windows-1251' },
        },
      ],
      ['koi8-r', { body: iconv.encode(text.replace('utf-8', 'koi8-r'), 'koi8-r') }],
      ['declared nowhere', { body: iconv.encode(undeclared, 'windows-1251') }],
      ['declared wrongly as utf-8', { body: iconv.encode(text, 'windows-1251') }],
      ['declared wrongly as windows-1251', { body: old }],
      ['declared as nonsense', { body: text.replace('utf-8', 'x-unknown') }],
      ['with a byte order mark', { body: `\ufeff${text}` }],
      ['UTF-16', { body: iconv.encode(text.replace('utf-8', 'utf-16'), 'utf-16le', { addBOM: true }) }],
      ['UTF-16 without a mark', { body: iconv.encode(text.replace('utf-8', 'utf-16'), 'utf-16be') }],
    ]
    for (const [what, given] of cases) expect((await onlyPost(given))?.title, what).toBe('Ёлка и Филин')
  })

  test('entries without id, link or date still are one post each, the same every time', async () => {
    const feed = rss(
      '<item><description>Первый</description></item><item><description>Второй</description></item><item><title>Только заголовок</title></item><item><link>https://news.example/</link><guid>g1</guid><title>На главной</title></item>',
    )
    const [first, second] = [await page(feed), await page(feed)]
    expect(first.items.map((post) => post.id)).toEqual(second.items.map((post) => post.id))
    expect(new Set(first.items.map((post) => post.id)).size).toBe(4)
    expect(first.items[3]?.id).toBe('web:g1')
    expect(first.items[2]).toMatchObject({ text: 'Только заголовок', postedAt: null })
  })

  test('an address that several entries share does not make them one', async () => {
    const shared = [1, 2]
      .map(
        (n) =>
          `<item><guid isPermaLink="false">s${n}</guid><link>https://forum.example/topic</link><title>Ответ ${n}</title></item>`,
      )
      .join('')
    expect((await page(rss(shared))).items.map((post) => post.id)).toEqual(['web:s1', 'web:s2'])
  })

  test('a date in 1970, in 2099 or in no language is no date, and that is reported once', async () => {
    const dated = (n: number, date: string): string => item(n, `<pubDate>${date}</pubDate>`)
    const first = await page(
      rss(
        dated(1, 'Thu, 01 Jan 1970 00:00:00 GMT') +
          dated(2, '2099-01-01') +
          dated(3, 'намедни') +
          dated(4, '2026-11-22 10:00'),
      ),
      { config: { timeZone: 'Europe/Moscow' } },
    )
    expect(first.items.map((post) => post.postedAt)).toEqual([null, null, null, new Date('2026-11-22T07:00:00Z')])
    expect(first.problems.map((one) => one.problem?.key)).toEqual(['entry.date', 'entry.date', 'entry.date'])
    expect(first.health.newestAt).toEqual(new Date('2026-11-22T07:00:00Z'))
    const empty = await page(rss('<item><guid>e</guid><title> </title></item>'))
    expect(empty).toMatchObject({ items: [], problems: [{ item: 'e', problem: { key: 'entry.empty' } }] })
    expect((await fetchFeed(rss('<item><guid>e</guid><title> </title></item>'), { cursor: empty.next })).kind).toBe(
      'unchanged',
    )
  })

  const hostile: [string, string][] = [
    ['cut', rss(item(1) + item(2)).slice(0, -90)],
    ['cut after an entry', rss(item(1) + item(2)).replace('</channel></rss>', '')],
    ['nested without end', `<rss version="2.0"><channel><item>${'<a>'.repeat(100_000)}`],
    [
      'made of prototypes',
      '<rss version="2.0"><channel><item><__proto__><title>x</title></__proto__></item></channel></rss>',
    ],
    ['wrong in its types', JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: {}, items: { a: 1 } })],
    ['plain text', 'hello'],
    ['JSON of something else', '{"error":"no"}'],
  ]
  test.each(hostile)('a feed that is %s fails with a reason', async (_what, body) => {
    const fetched = await fetchFeed(body)
    expect(fetched).toMatchObject({ kind: 'failed', problem: { key: 'feed.unreadable' } })
  })

  test('entities of a document type are not followed', async () => {
    const lol = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('')
    const evil = rss('<item><guid>1</guid><title>A &xxe; &l9; B</title></item>').replace(
      '<rss',
      `<!DOCTYPE rss [<!ENTITY xxe SYSTEM "file:///etc/passwd"><!ENTITY l0 "lol">${lol}]><rss`,
    )
    const fetched = await fetchFeed(evil)
    if (fetched.kind === 'page') {
      expect(fetched.items[0]?.title).not.toMatch(/root:|lollol/)
      expect(fetched.items[0]?.title?.length).toBeLessThan(100)
    } else expect(fetched.kind).toBe('failed')
    expect(
      (
        await page(
          rss(item(1)).replace(
            '<rss',
            '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss',
          ),
        )
      ).items,
    ).toHaveLength(1)
  })

  test('a huge feed is read up to its limit and says so', async () => {
    const fetched = await page(
      rss(Array.from({ length: 3000 }, (_, n) => item(n, '<pubDate>2026-11-20</pubDate>')).join('')),
    )
    expect(fetched.items).toHaveLength(2000)
    expect(fetched.problems).toMatchObject([
      { problem: { key: 'feed.too-many-entries', values: { found: 3000, limit: 2000 } } },
    ])
    expect(await fetchFeed(' '.repeat(11 * 1024 * 1024))).toMatchObject({
      kind: 'failed',
      problem: { key: 'site.too-large' },
    })
  })

  test('people may paste a feed: address', () => {
    expect(feedConnector.parseConfig({ url: 'feed://news.example/rss' }).url).toBe('https://news.example/rss')
    expect(feedConnector.parseConfig({ url: 'feed:http://news.example/rss' }).url).toBe('http://news.example/rss')
  })
})
