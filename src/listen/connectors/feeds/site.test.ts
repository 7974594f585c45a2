import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { connectorContract, type PlatformAnswer } from '../connector.contract.ts'
import { readerOf } from '../reader.testing.ts'
import { feedConnector } from './feed.ts'
import { feedOf } from './known-addresses.ts'
import { pageConnector } from './page.ts'

// Sites as we play them: pages, sitemaps and gateways beside plain feeds.

const words = 'Приложение банка не открывается с самого утра, и в отделениях говорят, что чинят уже третий раз. '
const article = (n: number, head = '') => ({
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!doctype html><html lang="ru"><head><title>Сбой ${n} — Городские новости</title><meta property="og:site_name" content="Городские новости">
    <meta property="article:published_time" content="2026-11-22T0${n % 10}:00:00+03:00"><meta name="author" content="Анна Петрова">${head}</head>
    <body><nav><a href="/a">Политика</a><a href="/b">Спорт</a></nav><article><h1>Сбой ${n}</h1>${`<p>${words.repeat(3)}</p>`.repeat(3)}
    <p>Подробности <a href="https://bank.example/status">на сайте банка</a>.</p></article><footer>Все права защищены</footer><script>alert(1)</script></body></html>`,
})
const xml = (body: string): PlatformAnswer => ({ headers: { 'content-type': 'application/xml' }, body })
const rss = (items: string) =>
  xml(`<?xml version="1.0"?><rss version="2.0"><channel><title>Новости</title>${items}</channel></rss>`)
const nothing = { status: 404, headers: { 'content-type': 'text/html' }, body: '<!doctype html><p>нет' }
const page = (head: string) => ({
  headers: { 'content-type': 'text/html' },
  body: `<!doctype html><html><head>${head}</head><body>Привет`,
})
const site = (pages: { [path: string]: PlatformAnswer }) => (asked: URL) => pages[asked.pathname] ?? nothing

connectorContract('one page', {
  connector: pageConnector,
  settings: (base) => ({ url: `${base}/sboy` }),
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'сбой' }, field: 'url' },
    { input: { url: 'file:///etc/passwd' }, field: 'url' },
  ],
  answer: () => article(1),
  posts: 1,
})

connectorContract('sitemap', {
  connector: feedConnector,
  settings: (base) => ({ url: `${base}/for-news.xml` }),
  wrongSettings: [{ input: { url: 'ftp://city.example/sitemap.xml' }, field: 'url' }],
  answer: ({ url = '' }, base) => {
    const [, n] = /^\/(\d+)$/.exec(url) ?? []
    if (n !== undefined) return article(Number(n))
    const listed = Array.from({ length: 12 }, (_, at) => at + 1).map(
      (at) => `<url><loc>${base}/${at}</loc><lastmod>2026-11-22T07:00:00Z</lastmod></url>`,
    )
    return xml(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${listed.join('')}</urlset>`)
  },
  posts: 12,
})

describe('the feed of a site', () => {
  const { read, asked } = readerOf(feedConnector, { url: 'https://city.example/news/' })

  test('is found at the usual places where its page names none', async () => {
    const found = site({ '/news/': page(''), '/rss.xml': rss('<item><guid>1</guid><title>x</title></item>') })
    expect(await read(found)).toEqual({ kind: 'moved', to: 'https://city.example/rss.xml', permanent: true })
    expect(asked.length).toBeLessThan(20)
  })

  test('is its sitemap where it has no feed, the one for news first', async () => {
    const empty = xml('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>')
    const found = site({
      '/news/': page(''),
      '/robots.txt': { body: 'User-agent: *\nSitemap: https://city.example/all.xml\nsitemap: /for-news.xml\n' },
      '/all.xml': empty,
      '/for-news.xml': empty,
    })
    expect(await read(found)).toMatchObject({ kind: 'moved', to: 'https://city.example/for-news.xml' })
  })

  test('is not looked for again and again', async () => {
    asked.length = 0
    expect(await read(site({ '/news/': page('') }), { url: 'https://city.example/news/' })).toMatchObject({
      problem: { key: 'feed.page' },
    })
    expect(asked).toHaveLength(1)
  })

  test('follows from the address on platforms where that is known', () => {
    for (const [pasted, feed] of [
      ['https://www.reddit.com/r/banks', 'https://www.reddit.com/r/banks/new/.rss'],
      ['https://old.reddit.com/r/banks/comments', 'https://www.reddit.com/r/banks/comments/.rss'],
      ['https://www.reddit.com/search/?q=acme', 'https://www.reddit.com/search.rss?q=acme&sort=new'],
      [
        'https://www.youtube.com/channel/UC1234567890123456789012',
        'https://www.youtube.com/feeds/videos.xml?channel_id=UC1234567890123456789012',
      ],
      ['https://news.google.com/search?q=acme&hl=ru', 'https://news.google.com/rss/search?q=acme&hl=ru'],
      [
        'https://bridge.example/?action=display&bridge=Telegram&username=x&format=Html',
        'https://bridge.example/?action=display&bridge=Telegram&username=x&format=Atom',
      ],
      ['https://city.example/rss?x=1', 'https://city.example/rss?x=1'],
    ] as const) {
      expect(feedOf(pasted)).toBe(feed)
      expect(feedOf(feed)).toBe(feed)
    }
  })

  test('whose ids change at every reading brings each page once', async () => {
    let reading = 0
    const found = () => {
      reading += 1
      const items = [1, 2].map(
        (n) =>
          `<item><guid isPermaLink="false">${reading}-${n}</guid><link>https://city.example/${n}</link><title>Сбой ${n}</title></item>`,
      )
      return rss(items.join(''))
    }
    const one = readerOf(feedConnector, { url: 'https://city.example/rss' })
    const { items, next } = await one.page(found)
    expect(items.map(({ id }) => id)).toEqual(['https://city.example/1', 'https://city.example/2'])
    expect((await one.read(found, next)).kind).toBe('unchanged')
  })

  test('is none where a gateway puts its trouble into one', async () => {
    const trouble = rss(
      '<item><guid>1</guid><title>Bridge returned error 0! (19318)</title><description>Details</description></item>',
    )
    expect(await read(() => trouble)).toMatchObject({ kind: 'failed', problem: { key: 'feed.gateway' } })
  })
})

describe('a sitemap', () => {
  const { read, page: fetchPage, asked } = readerOf(feedConnector, { url: 'https://city.example/sitemap.xml' })
  const urlset = (urls: string) =>
    `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${urls}</urlset>`
  const news = (n: number, at = '2026-11-22T08:00:00Z') =>
    `<url><loc>https://city.example/${n}</loc><news:news><news:publication><news:name>Городские новости</news:name><news:language>ru</news:language></news:publication><news:publication_date>${at}</news:publication_date><news:title>Сбой ${n} &amp; тишина</news:title></news:news></url>`
  const plain = (n: number, changed: string | null) =>
    `<url><loc>https://city.example/${n}</loc>${changed === null ? '' : `<lastmod>${changed}</lastmod>`}</url>`

  test('for news brings articles with their words, and once', async () => {
    const found = site({ '/sitemap.xml': xml(urlset(news(1) + news(2))), '/1': article(1), '/2': article(2) })
    const { items, next, more } = await fetchPage(found)
    expect(more).toBe(false)
    expect(items[0]).toMatchObject({
      id: 'https://city.example/1',
      platform: 'web',
      source: 'Городские новости',
      kind: 'article',
      title: 'Сбой 1 & тишина',
      lang: 'ru',
      postedAt: new Date('2026-11-22T08:00:00Z'),
      author: { name: 'Анна Петрова' },
      links: ['https://bank.example/status'],
    })
    expect(items[0]?.text).toContain('Приложение банка не открывается')
    expect(items[0]?.text).not.toMatch(/Политика|Все права|alert/)
    expect((await read(found, next)).kind).toBe('unchanged')
  })

  test('brings what was changed lately and leaves the rest of the site alone', async () => {
    const urls =
      plain(1, '2026-11-22') + plain(2, '2020-01-01') + plain(3, null) + plain(4, '2099-01-01') + plain(5, 'вчера')
    const found = site({ '/sitemap.xml': xml(urlset(urls)), '/1': article(1) })
    asked.length = 0
    const { items, next } = await fetchPage(found)
    expect(items.map(({ url }) => url)).toEqual(['https://city.example/1'])
    expect(asked).toHaveLength(2)
    const later = site({
      '/sitemap.xml': xml(urlset(urls + plain(6, null) + plain(1, '2026-11-22T11:00:00Z'))),
      '/1': article(1),
      '/6': article(6),
    })
    expect(
      (await fetchPage(later, next)).items.map(({ url }) => url).toSorted((a, b) => String(a).localeCompare(String(b))),
    ).toEqual(['https://city.example/1', 'https://city.example/6'])
  })

  test('with many new pages is read some at a time until all are here', async () => {
    const numbers = Array.from({ length: 25 }, (_, index) => index + 1)
    const pages = Object.fromEntries(numbers.map((n) => [`/${n}`, article(n)]))
    const found = site({ '/sitemap.xml': xml(urlset(numbers.map((n) => news(n)).join(''))), ...pages })
    const ids: string[] = []
    let { items, next, more } = await fetchPage(found)
    for (ids.push(...items.map(({ id }) => id)); more; ids.push(...items.map(({ id }) => id)))
      ({ items, next, more } = await fetchPage(found, next))
    expect(ids).toHaveLength(25)
    expect(new Set(ids).size).toBe(25)
  })

  test('that leads to others is followed to the news and to what changed last, also packed', async () => {
    const index = `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://city.example/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap>
      <sitemap><loc>https://city.example/posts.xml</loc><lastmod>2026-11-22</lastmod></sitemap><sitemap><loc>https://city.example/older.xml</loc><lastmod>2019-01-01</lastmod></sitemap><sitemap><loc>https://city.example/news.xml.gz</loc></sitemap></sitemapindex>`
    asked.length = 0
    const { items } = await fetchPage(
      site({
        '/sitemap.xml': xml(index),
        '/news.xml.gz': { headers: { 'content-type': 'application/gzip' }, body: gzipSync(urlset(news(1))) },
        '/posts.xml': xml('<urlset><url><loc>cut'),
        '/1': article(1),
      }),
    )
    expect(items).toHaveLength(1)
    expect(asked.map(({ pathname }) => pathname)).not.toContain('/older.xml')
  })

  test('a page that does not open has its title from a sitemap for news, and is told from another', async () => {
    const closed = { status: 403, body: 'no' }
    const found = site({
      '/sitemap.xml': xml(urlset(news(1) + plain(2, '2026-11-22') + plain(3, '2026-11-22'))),
      '/1': closed,
      '/2': closed,
      '/3': article(3),
    })
    let { items, problems, next } = await fetchPage(found)
    expect(items.map(({ text }) => text.slice(0, 6))).toEqual(expect.arrayContaining(['Сбой 1', 'Прилож']))
    // It may be closed for a moment only, so it is told when it has stayed so.
    for (let tries = 1; problems.length === 0 && tries < 10; tries += 1) {
      const again = await read(found, next)
      if (again.kind !== 'page' && again.kind !== 'unchanged') throw new Error(again.kind)
      next = again.next
      problems = again.kind === 'page' ? again.problems : []
    }
    expect(problems).toMatchObject([{ item: 'https://city.example/2', problem: { key: 'site.closed' } }])
    expect(await read(found, next)).toMatchObject({ kind: 'unchanged' })
  })

  test('that is cut, or packs too much, fails with a sentence', async () => {
    expect(await read(() => xml(urlset(news(1)).slice(0, -30)))).toMatchObject({
      kind: 'failed',
      problem: { key: 'feed.unreadable' },
    })
    const bomb = gzipSync(Buffer.alloc(60 * 1024 * 1024, 0x20))
    expect(await read(() => ({ body: bomb }))).toMatchObject({ kind: 'failed', problem: { key: 'site.unreadable' } })
    expect(await read(() => ({ body: gzipSync('x').subarray(0, 15) }))).toMatchObject({ kind: 'failed' })
  })
})

describe('whole articles', () => {
  const items = (n: number) =>
    Array.from(
      { length: n },
      (_, index) =>
        `<item><guid>https://city.example/${index + 1}</guid><link>https://city.example/${index + 1}</link><title>Сбой ${index + 1}</title><description>Коротко</description></item>`,
    ).join('')

  test('are read where the feed brings little, some at a time', async () => {
    const { page: fetchPage } = readerOf(feedConnector, { url: 'https://city.example/rss', fullText: true })
    const pages = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`/${index + 1}`, article(index + 1)]))
    const found = site({ '/rss': { ...rss(items(12)), headers: { etag: '"1"' } }, ...pages, '/3': nothing })
    const first = await fetchPage(found)
    expect(first.items).toHaveLength(10)
    expect(first.items[0]?.text).toContain('третий раз')
    expect(first.items[2]).toMatchObject({ text: 'Коротко', title: 'Сбой 3' })
    expect(first).toMatchObject({ more: true, next: { etag: null } })
    const rest = await fetchPage(found, first.next)
    expect(rest.items.map(({ title }) => title)).toEqual(['Сбой 11', 'Сбой 12'])
    expect(rest).toMatchObject({ more: false, next: { etag: '"1"' } })
  })

  test('are not asked for unless somebody wants them', async () => {
    const { page: fetchPage, asked } = readerOf(feedConnector, { url: 'https://city.example/rss' })
    await fetchPage(() => rss(items(3)))
    expect(asked).toHaveLength(1)
  })
})

describe('a pasted link', () => {
  const { read, page: fetchPage } = readerOf(pageConnector, { url: 'https://city.example/1?utm_source=x' })

  test('is one mention with the words of the page, and comes again only when they change', async () => {
    const { items, next } = await fetchPage(() => article(1))
    expect(items).toMatchObject([
      { id: 'https://city.example/1', source: 'Городские новости', lang: 'ru', author: { name: 'Анна Петрова' } },
    ])
    expect((await read(() => article(1), next)).kind).toBe('unchanged')
    const changed = { ...article(1), body: article(1).body.replaceAll('третий', 'четвёртый') }
    expect(await fetchPage(() => changed, next)).toMatchObject({
      items: [{ id: 'https://city.example/1' }],
      edited: ['https://city.example/1'],
    })
  })

  test('that leads to no article is told', async () => {
    const html = (body: string) => ({ headers: { 'content-type': 'text/html' }, body })
    const cases: [PlatformAnswer, string][] = [
      [{ headers: { 'content-type': 'application/pdf' }, body: '%PDF' }, 'page.not-a-page'],
      [html(''), 'site.empty'],
      [html('<!doctype html><div id="root"></div><script src="app.js"></script>'), 'page.no-article'],
      [html('<div>'.repeat(200_000)), 'page.no-article'],
      [html(`<html>${'<b>'.repeat(20_000)}`), 'page.no-article'],
      [html('x'.repeat(3_000_000)), 'page.no-article'],
      [{ status: 404 }, 'site.not-found'],
      [{ status: 403 }, 'site.closed'],
    ]
    for (const [answer, key] of cases) expect(await read(() => answer)).toMatchObject({ problem: { key } })
  })
})
