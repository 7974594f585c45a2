import { describe, expect, test } from 'vitest'
import { connectorContract } from '../connector.contract.ts'
import { plainIo, readerOf } from '../reader.testing.ts'
import { wordpressConnector } from './wordpress.ts'

const site = 'https://blog.example/company'
type Shown = { id: number; date_gmt: string; modified_gmt?: string }

const comment = (id: number, more: object = {}) => ({
  id,
  post: 7,
  parent: 0,
  author: 0,
  author_name: 'Анна Петрова',
  author_avatar_urls: { 24: 'https://secure.gravatar.com/avatar/0123?s=24' },
  date_gmt: `2026-11-22T07:00:${String(id % 60).padStart(2, '0')}`,
  link: `${site}/2026/karta/comment-page-2/#comment-${id}`,
  content: { rendered: `<p>Комментарий ${id}</p>\n` },
  ...more,
})
const article = (id: number, more: object = {}) => ({
  id,
  link: `${site}/2026/karta-${id}/`,
  date_gmt: '2026-11-21T07:00:00',
  modified_gmt: '2026-11-21T07:00:00',
  title: { rendered: `Карта &#8212; ${id}` },
  excerpt: { rendered: '<p>Коротко</p>' },
  content: { rendered: `<p>Статья ${id}</p>`, protected: false },
  author: 3,
  featured_media: 0,
  ...more,
})
const json = (value: unknown) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) })

/** Lists as WordPress pages them; both bounds leave out the second that they name. */
const wordpress =
  (base: string, all: { comments: Shown[]; posts: Shown[] }) =>
  (asked: URL): ReturnType<typeof json> => {
    const get = (name: string) => asked.searchParams.get(name)
    const route = get('rest_route') ?? ''
    if (route === '/') return json({ name: 'Блог «Филин»', home: `${base}/`, namespaces: ['oembed/1.0', 'wp/v2'] })
    const by = get('orderby') === 'modified' ? 'modified_gmt' : 'date_gmt'
    const bound = by === 'date_gmt' ? '' : 'modified_'
    const [after, before] = [get(`${bound}after`), get(`${bound}before`)]
    const included = get('include')?.split(',').map(Number)
    const fitting = (route === '/wp/v2/comments' ? all.comments : all.posts)
      .filter(({ id }) => included?.includes(id) ?? true)
      .filter((one) => after === null || `${one[by]}Z` > after)
      .filter((one) => before === null || `${one[by]}Z` < before)
      .toSorted((a, b) => ((a[by] ?? '') < (b[by] ?? '') ? 1 : a[by] === b[by] ? b.id - a.id : -1))
    const [size, page] = [Number(get('per_page')), Number(get('page') ?? 1)]
    return json(fitting.slice((page - 1) * size, page * size))
  }

const many = {
  comments: Array.from({ length: 120 }, (_, index) => comment(index + 1)),
  posts: [article(7), article(8)],
}

connectorContract('wordpress', {
  connector: wordpressConnector,
  settings: (base) => ({ url: `${base}/` }),
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'блог' }, field: 'url' },
    { input: { url: 'ftp://blog.example' }, field: 'url' },
  ],
  answer: (request, base) => wordpress(base, many)(new URL(request.url ?? '', base)),
  posts: 122,
})

describe('wordpress', () => {
  const { read, page, asked } = readerOf(wordpressConnector, { url: `${site}/` })
  const shown = (comments: unknown[], posts: unknown[] = []) =>
    wordpress(site, { comments: comments as Shown[], posts: posts as Shown[] })

  test('an article and the comments under it are a thread, with authors and tags', async () => {
    const embedded = {
      author: [{ id: 3, name: 'Борис', slug: 'boris' }],
      'wp:featuredmedia': [{ id: 5, media_type: 'image', source_url: `${site}/karta.jpg`, alt_text: 'Карта' }],
      'wp:term': [[{ name: 'Новости', taxonomy: 'category' }], [{ name: 'карта &amp; счёт', taxonomy: 'post_tag' }]],
    }
    const body = { rendered: '<p>Не <b>открывается</b> <a href="https://bank.example/a">тут</a></p>' }
    const { items, edited } = await page(
      shown(
        [comment(12, { parent: 11, content: body }), comment(11)],
        [article(7, { _embedded: embedded, featured_media: 5 })],
      ),
    )
    const host = 'blog.example/company'
    expect(items).toMatchObject([
      {
        id: `${site}/?p=7#comment-12`,
        platform: 'wordpress',
        source: 'Блог «Филин»',
        media: 'blog',
        kind: 'reply',
        url: `${site}/2026/karta/comment-page-2/#comment-12`,
        text: 'Не открывается тут',
        postedAt: new Date('2026-11-22T07:00:12Z'),
        author: { id: expect.stringMatching(`^${host}/guest-[0-9a-f]{12}$`), name: 'Анна Петрова' },
        parent: `${site}/?p=7#comment-11`,
        root: `${site}/?p=7`,
        links: ['https://bank.example/a'],
      },
      { kind: 'comment', parent: `${site}/?p=7`, root: `${site}/?p=7` },
      {
        id: `${site}/?p=7`,
        kind: 'article',
        url: `${site}/2026/karta-7/`,
        title: 'Карта — 7',
        text: 'Статья 7',
        author: { id: `${host}/user-3`, name: 'Борис', handle: 'boris' },
        has: ['image'],
        images: [{ url: `${site}/karta.jpg`, alt: 'Карта' }],
        tags: ['карта & счёт'],
        parent: null,
        root: null,
      },
    ])
    expect(edited).toEqual([])
  })

  test('two guests of one name are two authors, and one guest is one', async () => {
    const other = { author_avatar_urls: { 24: 'https://secure.gravatar.com/avatar/9999?s=24' } }
    const { items } = await page(shown([comment(3), comment(2, other), comment(1)]))
    const [third, second, first] = items.map(({ author }) => author?.id)
    expect(first).toBe(third)
    expect(first).not.toBe(second)
  })

  test('a hundred comments of one second all come, over the border of a page', async () => {
    const crowd = Array.from({ length: 120 }, (_, index) => comment(index + 1, { date_gmt: '2026-11-22T07:00:00' }))
    const ids: string[] = []
    let one = await page(shown(crowd))
    for (ids.push(...one.items.map(({ id }) => id)); one.more; ids.push(...one.items.map(({ id }) => id)))
      one = await page(shown(crowd), one.next)
    expect(new Set(ids).size).toBe(120)
  })

  test('a comment that was approved days later comes with the next long look back', async () => {
    const old = comment(1, { date_gmt: '2026-11-18T07:00:00' })
    const first = await page(shown([comment(5)]))
    expect((await read(shown([comment(5), old]), first.next)).kind).toBe('unchanged')
    const later = readerOf(wordpressConnector, { url: site }, '2026-11-22T13:30:00Z')
    expect((await later.page(shown([comment(5), old]), first.next)).items.map(({ id }) => id)).toEqual([
      `${site}/?p=7#comment-1`,
    ])
  })

  test('a comment that was taken back, and an article that became a draft, come again when they are shown again', async () => {
    const [article7, comment7] = [`${site}/?p=7`, `${site}/?p=7#comment-1`]
    const first = await page(shown([comment(2), comment(1)], [article(7)]))
    const again = await page(shown([comment(2), comment(1)], [article(7)]), first.next, [comment7, article7])
    expect(again.items.map(({ id }) => id)).toEqual([comment7, article7])
    expect((await read(shown([comment(2), comment(1)], [article(7)]), again.next)).kind).toBe('unchanged')
  })

  test('an article that was changed is told as edited, however long ago it came', async () => {
    const first = await page(shown([], [article(7)]))
    const changed = article(7, { modified_gmt: '2026-11-22T08:00:00', content: { rendered: '<p>Иначе</p>' } })
    const again = await page(shown([], [changed]), first.next)
    expect(again.items).toMatchObject([{ text: 'Иначе' }])
    expect(again.edited).toEqual([`${site}/?p=7`])
  })

  test('a site that keeps its comments to itself still brings its articles, and says so once', async () => {
    const closed = (status: number) => (question: URL) =>
      question.searchParams.get('rest_route') === '/wp/v2/comments'
        ? { status, body: '{"code":"rest_cannot_read"}' }
        : shown([], [article(7)])(question)
    for (const status of [401, 403, 404]) {
      const first = await page(closed(status))
      expect(first.items).toHaveLength(1)
      expect(first.problems).toMatchObject([{ problem: { key: 'wordpress.comments-closed' } }])
      expect((await read(closed(status), first.next)).kind).toBe('unchanged')
    }
  })

  test('any page of the site will do, another host is not followed, and what is no WordPress says so', async () => {
    const from = readerOf(wordpressConnector, { url: `${site}/2026/karta/` })
    expect(await from.read(shown([]))).toEqual({ kind: 'moved', to: site, permanent: true })
    const headless = wordpress('https://front.example', { comments: [], posts: [article(7) as Shown] })
    expect((await page(headless)).items).toMatchObject([{ id: `${site}/?p=7` }])
    for (const body of [
      '<!doctype html><html>',
      '{"hello":"world"}',
      '{"name":"x","home":"https://a.b","namespaces":[]}',
    ])
      expect(await read(() => ({ body }))).toMatchObject({ kind: 'failed', problem: { key: 'wordpress.none' } })
    expect(asked.length).toBeGreaterThan(0)
  })

  test('what is broken in one comment is told and does not hide the others', async () => {
    const broken = [
      comment(5, { date_gmt: '1970-01-01T00:00:00' }),
      comment(4, { date_gmt: '2051-01-01T00:00:00' }),
      comment(3, { content: 7 }),
      'x',
      comment(2),
    ]
    const { items, problems } = await page((question) =>
      question.searchParams.get('rest_route') === '/wp/v2/comments' ? json(broken) : shown([])(question),
    )
    expect(items.map(({ postedAt }) => postedAt)).toEqual([null, null, new Date('2026-11-22T07:00:02Z')])
    expect(problems.map((one) => one.problem?.key)).toEqual([
      'entry.date',
      'entry.date',
      'entry.unreadable',
      'entry.unreadable',
    ])
  })

  test('a look-up tells new words, and what is not public any more', async () => {
    const source = { id: 1, config: { url: site }, secrets: {}, cursor: null }
    const answer = shown([comment(5, { content: { rendered: 'Иначе' } })], [article(7)])
    const request = async (url: string) => ({
      ...{ kind: 'ok' as const, status: 200, headers: {}, url, movedTo: null, requests: 1 },
      body: new TextEncoder().encode(answer(new URL(url)).body),
    })
    const io = plainIo({ request, now: () => new Date('2026-11-22T12:00:00Z'), signal: new AbortController().signal })
    const ids = [
      `${site}/?p=7`,
      `${site}/?p=8`,
      `${site}/?p=7#comment-5`,
      `${site}/?p=7#comment-6`,
      'https://x.example/?p=7',
    ]
    expect(await wordpressConnector.lookUp!(ids, source, io)).toMatchObject({
      kind: 'found',
      posts: [{ id: ids[2], text: 'Иначе' }, { id: ids[0] }],
      missing: [ids[3], ids[1]],
    })
  })
})
