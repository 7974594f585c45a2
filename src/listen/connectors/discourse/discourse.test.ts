import { describe, expect, test } from 'vitest'
import { connectorContract } from '../connector.contract.ts'
import { readerOf } from '../reader.testing.ts'
import { discourseConnector } from './discourse.ts'
import { readForum } from './forum-address.ts'

const post = (id: number, more: object = {}) => ({
  id,
  name: 'Анна Петрова',
  username: 'Anna_P',
  avatar_template: '/user_avatar/forum.example/anna/{size}/1_2.png',
  created_at: '2026-11-22T07:00:00.000Z',
  updated_at: '2026-11-22T07:00:00.000Z',
  cooked: `<p>Запись ${id}</p>`,
  raw: `Запись ${id}`,
  post_number: id,
  post_type: 1,
  reply_count: 0,
  reply_to_post_number: null,
  reads: 10,
  score: 2.4,
  topic_id: 77,
  topic_slug: 'sboi-v-prilozhenii',
  topic_title: 'Сбой в приложении',
  category_id: 4,
  actions_summary: [],
  ...more,
})
const json = (value: unknown) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) })
const list = (posts: unknown[]) => json({ latest_posts: posts })
/** Fifty posts up to a number, which comes again, as Discourse pages them. */
const forum =
  (last: number) =>
  (asked: URL): ReturnType<typeof json> => {
    if (asked.pathname.endsWith('/site/basic-info.json')) return json({ title: 'Форум Филина', description: '' })
    const newest = Number(asked.searchParams.get('before') ?? last)
    const numbers = Array.from({ length: 50 }, (_, index) => newest - index).filter((id) => id > 0)
    return list(numbers.map((id) => post(id)))
  }

connectorContract('discourse', {
  connector: discourseConnector,
  settings: (base) => ({ url: `${base}/latest` }),
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'форум' }, field: 'url' },
    { input: { url: 'ftp://forum.example' }, field: 'url' },
  ],
  answer: (request, base) => forum(120)(new URL(request.url ?? '', base)),
  posts: 120,
})

describe('discourse', () => {
  const { read, page, asked } = readerOf(discourseConnector, { url: 'https://example.org/forum/latest' })
  const only = async (more: object) => (await page(() => list([post(5, more)]))).items[0]

  test('an answer knows its topic, what it answers, its author and its counts', async () => {
    const body =
      '<p>Не <b>открывается</b></p><aside class="quote"><blockquote><p>Было</p></blockquote></aside><img src="/a.png" alt="чек"><img class="emoji" src="/smile.png"><a href="/t/12">тут</a>'
    const found = await only({
      cooked: body,
      reply_to_post_number: 3,
      reply_count: 2,
      actions_summary: [{ id: 2, count: 7 }, { id: 3 }],
    })
    expect(found).toMatchObject({
      id: 'https://example.org/forum/t/77/5',
      platform: 'discourse',
      source: 'example.org',
      media: 'forum',
      kind: 'reply',
      title: null,
      text: 'Не открывается\n\nБыло\n\nтут',
      postedAt: new Date('2026-11-22T07:00:00Z'),
      author: { id: 'example.org/anna_p', name: 'Анна Петрова', handle: 'Anna_P' },
      likes: 7,
      comments: 2,
      views: 10,
      parent: 'https://example.org/forum/t/77/3',
      root: 'https://example.org/forum/t/77/1',
      links: ['https://example.org/t/12'],
      has: ['image', 'link'],
      images: [{ url: 'https://example.org/a.png', alt: 'чек' }],
    })
  })

  test('the first post of a topic has its title and answers nothing', async () => {
    expect(await only({ post_number: 1, actions_summary: null })).toMatchObject({
      kind: 'post',
      title: 'Сбой в приложении',
      parent: null,
      root: null,
      likes: null,
    })
    expect(await only({ post_number: 9 })).toMatchObject({ parent: 'https://example.org/forum/t/77/1' })
  })

  test('a title that changes, and with it the address people see, is no new post', async () => {
    const first = await page(() => list([post(5)]))
    const renamed = list([post(5, { topic_slug: 'drugoe', topic_title: 'Другое', reads: 99 })])
    expect((await read(() => renamed, first.next)).kind).toBe('unchanged')
  })

  test('the forum is asked for its name once, and then back to what is known', async () => {
    let { next: cursor, more, health } = await page(forum(40))
    expect([more, health.title]).toEqual([false, 'Форум Филина'])
    asked.length = 0
    const ids: string[] = []
    for (more = true; more;) {
      const one = await page(forum(130), cursor)
      ids.push(...one.items.map((item) => item.id))
      ;({ next: cursor, more, health } = one)
    }
    expect(asked.map((url) => url.pathname + url.search)).toEqual(['/forum/posts.json', '/forum/posts.json?before=81'])
    expect(new Set(ids).size).toBe(90)
    expect(ids).toHaveLength(90)
    expect(health.title).toBe('Форум Филина')
  })

  test('what is broken in one post is told and does not hide the others', async () => {
    const { items, problems } = await page(() =>
      list([
        post(4, { created_at: '1970-01-01T00:00:00Z' }),
        post(3, { created_at: '2051-01-01T00:00:00Z' }),
        post(2, { cooked: 7 }),
        null,
        post(1),
      ]),
    )
    expect(items.map((item) => item.postedAt)).toEqual([null, null, new Date('2026-11-22T07:00:00Z')])
    expect(problems.map((one) => [one.problem?.key, one.problem?.values['field']])).toEqual([
      ['entry.date', undefined],
      ['entry.date', undefined],
      ['entry.unreadable', 'cooked'],
      ['entry.unreadable', '—'],
    ])
  })

  test('a forum for members only, a page that is no forum and a broken answer are told', async () => {
    expect(await read(() => ({ status: 403, body: '{"error_type":"not_logged_in"}' }))).toMatchObject({
      kind: 'signed-out',
      problem: { key: 'site.closed' },
    })
    expect(await read(() => json({ posts: [] }))).toMatchObject({ problem: { key: 'site.unexpected' } })
    expect(await read(() => ({ body: '<!DOCTYPE html><html>' }))).toMatchObject({ problem: { key: 'site.page' } })
    expect(await read(() => ({ body: '{"latest_posts":[{"id":' }))).toMatchObject({
      problem: { key: 'site.unreadable' },
    })
  })

  test('the forum is found from any of its pages', () => {
    const root = 'https://forum.example'
    for (const typed of [
      'forum.example',
      `${root}/`,
      `${root}/latest`,
      `${root}/t/sboi/77/5?u=anna`,
      `${root}/c/news/4`,
      `${root}/posts.rss`,
    ])
      expect(readForum(typed), typed).toBe(root)
    expect(readForum('https://example.org/forum/top?period=weekly')).toBe('https://example.org/forum')
    expect(readForum('https://example.org/community')).toBe('https://example.org/community')
  })
})
