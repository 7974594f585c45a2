import { describe, expect, test } from 'vitest'
import { must } from '../../../base/errors.ts'
import type { Request } from '../../../base/http/request.ts'
import { connectorContract } from '../connector.contract.ts'
import type { Cursor, Fetched } from '../connector.ts'
import { plainIo, readerOf } from '../reader.testing.ts'
import type { Post } from '../../posts/post.ts'
import { lookUpPosts } from './look-up.ts'
import { PlayedVk, refusal, type PlayedComment, type PlayedPost } from './service.testing.ts'
import { readTarget } from './target.ts'
import { vkConnector } from './vk.ts'

const nowS = Date.UTC(2026, 10, 22, 12) / 1000
const secrets = { token: 'service-key-0123456789' }
const post = (id: number, more: Partial<PlayedPost> = {}): PlayedPost => ({
  id,
  owner_id: -1,
  from_id: -1,
  date: nowS - 3600 + id,
  text: `Банк, запись ${id}`,
  post_type: 'post',
  likes: { count: 3, can_like: 1, user_likes: 0 },
  reposts: { count: 2 },
  views: { count: 100 },
  ...more,
})
const comment = (id: number, more: Partial<PlayedComment> = {}): PlayedComment => ({
  id,
  from_id: 7,
  date: nowS - 600 + (id % 500),
  text: `Комментарий ${id}`,
  ...more,
})

/** Reads a source of this VK until nothing more waits. */
async function readAll(vk: PlayedVk, settings: object, from: Cursor | null = null, now = '2026-11-22T12:00:00Z') {
  const items: Post[] = []
  const removed: string[] = []
  const edited: string[] = []
  const problems: (string | undefined)[] = []
  let cursor = from
  for (let turn = 0; turn < 200; turn += 1) {
    const { read } = readerOf(vkConnector, settings, now, secrets)
    const fetched: Fetched = await read((asked, body) => vk.answer(asked.href, body), cursor)
    if (fetched.kind === 'unchanged') return { items, removed, edited, problems, cursor: fetched.next }
    if (fetched.kind !== 'page') throw new Error(JSON.stringify(fetched))
    items.push(...fetched.items)
    removed.push(...(fetched.removed ?? []))
    edited.push(...(fetched.edited ?? []))
    problems.push(...fetched.problems.map(({ problem }) => problem?.key))
    cursor = JSON.parse(JSON.stringify(fetched.next))
    if (!fetched.more) return { items, removed, edited, problems, cursor }
  }
  throw new Error('The pages never end')
}

const search = { url: 'банк' }
const played = new PlayedVk()
played.posts = Array.from({ length: 260 }, (_, index) =>
  post(index + 1, { owner_id: -1 - (index % 3), from_id: -1 - (index % 3) }),
)

connectorContract('vk search', {
  connector: vkConnector,
  origin: 'https://api.vk.com',
  settings: () => search,
  secrets,
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'https://example.org/wall' }, field: 'url' },
    { input: { url: 'https://vk.com/im' }, field: 'url' },
    { input: { url: '…' }, field: 'url' },
  ],
  answer: (request, base, body) => played.answer(new URL(request.url ?? '', base).href, body),
  posts: 260,
})

const wall = new PlayedVk()
wall.posts = Array.from({ length: 130 }, (_, index) => post(index * 2 + 1))
wall.comments.set('-1_259', [comment(501), comment(502, { thread: [comment(503), comment(504)] })])

connectorContract('vk wall', {
  connector: vkConnector,
  origin: 'https://api.vk.com',
  settings: () => ({ url: 'https://vk.com/bank1' }),
  secrets,
  wrongSettings: [],
  answer: (request, base, body) => wall.answer(new URL(request.url ?? '', base).href, body),
  posts: 134,
})

describe('a search at VK', () => {
  test.each([true, false])(
    'loses and doubles nothing at the ends of pages and seconds (end belongs: %s)',
    async (endBelongs) => {
      const vk = new PlayedVk()
      vk.endBelongs = endBelongs
      // Three hundred in one second, more than a search shows in all, and one at each border of a page.
      vk.posts = Array.from({ length: 2600 }, (_, index) =>
        post(index + 1, { date: index >= 900 && index < 1200 ? nowS - 5000 : nowS - 10_000 + index }),
      )
      const { items, cursor } = await readAll(vk, search)
      expect(new Set(items.map(({ id }) => id)).size).toBe(2600)
      expect(items.length).toBe(2600)
      vk.posts.push(post(3000, { date: nowS + 60 }), post(3001, { date: nowS - 300 }))
      const later = await readAll(vk, search, cursor, '2026-11-22T12:02:00Z')
      expect(
        later.items
          .map(({ id }) => id)
          .filter((id) => /_300[01]$/.test(id))
          .toSorted(),
      ).toEqual(['https://vk.com/wall-1_3000', 'https://vk.com/wall-1_3001'])
    },
  )

  test('loses nothing where every second is fuller than a page', async () => {
    const vk = new PlayedVk()
    vk.posts = Array.from({ length: 2600 }, (_, index) =>
      post(index + 1, { date: nowS - 5000 + Math.floor(index / 250) }),
    )
    const { items } = await readAll(vk, search)
    expect(new Set(items.map(({ id }) => id)).size).toBe(2600)
  })

  test('what is posted while it reads comes the next time', async () => {
    const vk = new PlayedVk()
    vk.posts = Array.from({ length: 500 }, (_, index) => post(index + 1))
    const reader = readerOf(vkConnector, search, '2026-11-22T12:00:00Z', secrets)
    const first = await reader.page((asked, body) => vk.answer(asked.href, body))
    vk.posts.push(post(700, { date: nowS - 1 }))
    const { items } = await readAll(vk, search, first.next)
    const again = await readAll(vk, search, (await readAll(vk, search, first.next)).cursor, '2026-11-22T12:05:00Z')
    const ids = new Set([...first.items, ...items, ...again.items].map(({ id }) => id))
    expect(ids.size).toBe(501)
  })

  test('a comment that is found is the same mention as on the wall', async () => {
    const vk = new PlayedVk()
    vk.posts = [post(504, { post_type: 'reply', post_id: 259, parents_stack: [502], from_id: 7, text: 'Банк, ответ' })]
    expect((await readAll(vk, search)).items).toMatchObject([
      {
        id: 'https://vk.com/wall-1_259?reply=504',
        url: 'https://vk.com/wall-1_259?reply=504&thread=502',
        kind: 'comment',
        root: 'https://vk.com/wall-1_259',
        parent: 'https://vk.com/wall-1_259?reply=502',
      },
    ])
  })
})

describe('a wall at VK', () => {
  const asked = { url: 'vk.com/bank1' }

  test('a pinned post out of order neither ends the reading nor comes twice', async () => {
    const vk = new PlayedVk()
    vk.posts = Array.from({ length: 250 }, (_, index) => post(index + 1, index === 0 ? { is_pinned: 1 } : {}))
    const first = await readAll(vk, asked)
    expect(new Set(first.items.map(({ id }) => id)).size).toBe(250)
    vk.posts.push(...Array.from({ length: 120 }, (_, index) => post(301 + index)))
    const second = await readAll(vk, asked, first.cursor)
    expect(second.items).toHaveLength(120)
    expect((await readAll(vk, asked, second.cursor)).items).toEqual([])
  })

  test('comments come with their threads, at once when their number changes, and edits on a falling schedule', async () => {
    const vk = new PlayedVk()
    vk.posts = [post(1)]
    const thread = Array.from({ length: 15 }, (_, index) => comment(50 + index))
    vk.comments.set('-1_1', [comment(10), comment(11, { thread })])
    const first = await readAll(vk, asked)
    expect(first.items.filter(({ kind }) => kind === 'comment')).toHaveLength(17)
    expect(first.items.find(({ id }) => id.endsWith('reply=60'))).toMatchObject({
      parent: 'https://vk.com/wall-1_1?reply=11',
      root: 'https://vk.com/wall-1_1',
      author: { id: '7', name: 'Анна №7', handle: 'anna7', followers: 120 },
      likes: 2,
      source: 'Банк 1',
    })
    const calls = () => vk.asked.splice(0).filter(({ method }) => method === 'wall.getComments').length
    calls()
    // A minute later nothing has changed, so nothing is asked.
    const quiet = await readAll(vk, asked, first.cursor, '2026-11-22T12:01:00Z')
    expect([quiet.items.length, calls()]).toEqual([0, 0])
    must(vk.comments.get('-1_1')).push(comment(99))
    const second = await readAll(vk, asked, quiet.cursor, '2026-11-22T12:02:00Z')
    expect(second.items.map(({ text }) => text)).toEqual(['Комментарий 99'])
    must(must(vk.comments.get('-1_1'))[0]).text = 'Комментарий 10, исправлен'
    expect((await readAll(vk, asked, second.cursor, '2026-11-22T12:10:00Z')).items).toEqual([])
    const third = await readAll(vk, asked, second.cursor, '2026-11-22T12:40:00Z')
    expect(third.edited).toEqual(['https://vk.com/wall-1_1?reply=10'])
    must(must(vk.comments.get('-1_1'))[0]).deleted = true
    must(vk.comments.get('-1_1')).push(comment(100))
    expect((await readAll(vk, asked, third.cursor, '2026-11-22T12:45:00Z')).removed).toEqual([
      'https://vk.com/wall-1_1?reply=10',
    ])
  })

  test('many comments are read over several readings, each once', async () => {
    const vk = new PlayedVk()
    vk.posts = [post(1), post(2)]
    vk.comments.set(
      '-1_1',
      Array.from({ length: 950 }, (_, index) => comment(1000 + index)),
    )
    vk.comments.set('-1_2', [comment(3000)])
    const { items } = await readAll(vk, asked)
    expect(items.filter(({ kind }) => kind === 'comment')).toHaveLength(951)
    expect(new Set(items.map(({ id }) => id)).size).toBe(953)
  })

  test('comments that are closed are told, and the wall goes on', async () => {
    const vk = new PlayedVk()
    vk.posts = [post(1)]
    vk.comments.set('-1_1', [comment(10)])
    vk.refuses = { code: 212, method: 'wall.getComments' }
    const { items, problems } = await readAll(vk, asked)
    expect([items.length, problems]).toEqual([1, ['vk.comments-closed']])
  })

  test('a name nobody has is told', async () => {
    const { read } = readerOf(vkConnector, { url: 'vk.com/nobody_here' }, undefined, secrets)
    const vk = new PlayedVk()
    expect(await read((url, body) => vk.answer(url.href, body))).toMatchObject({ problem: { key: 'vk.not-found' } })
  })

  test('mentions of a community come with the names of who wrote them', async () => {
    const vk = new PlayedVk()
    vk.posts = Array.from({ length: 60 }, (_, index) => post(index + 1, { owner_id: 20, from_id: 20 }))
    const { items } = await readAll(vk, { url: 'https://vk.com/feed?section=mentions&of=bank5' })
    expect(items).toHaveLength(60)
    expect(items[0]?.author).toMatchObject({ id: '20', handle: 'anna20', name: 'Анна №20' })
    expect(vk.asked.find(({ method }) => method === 'newsfeed.getMentions')?.given.get('owner_id')).toBe('-5')
  })
})

describe('what VK shows', () => {
  const only = async (more: Partial<PlayedPost>) => {
    const vk = new PlayedVk()
    vk.posts = [post(5, more)]
    return (await readAll(vk, { url: 'vk.com/club1' })).items[0]
  }

  test('a post has its text without markup, counts, place, links and its community as author', async () => {
    expect(
      await only({
        text: '[club9|Банк «Филин»] и [id7|Анна]: https://bank.example/a. #филин@bank1 [не разметка]',
        geo: {
          type: 'place',
          coordinates: '55.75 37.61',
          showmap: 1,
          place: { id: 1, city: 'Москва', country: 'Россия' },
        },
        attachments: [
          {
            type: 'photo',
            photo: {
              text: 'очередь',
              sizes: [
                { type: 'm', url: 'https://sun.example/m.jpg?sign=1', width: 130, height: 87 },
                { type: 'y', url: 'https://sun.example/y.jpg?sign=2', width: 807, height: 538 },
              ],
            },
          },
          { type: 'photo', photo: {} },
          { type: 'video', video: { image: [{ url: 'https://sun.example/still.jpg', width: 320, height: 240 }] } },
          { type: 'link', link: { url: 'https://news.example/x', title: 'Новость' } },
        ],
      }),
    ).toMatchObject({
      id: 'https://vk.com/wall-1_5',
      platform: 'vk',
      source: 'Банк 1',
      media: 'social',
      kind: 'post',
      text: 'Банк «Филин» и Анна: https://bank.example/a. #филин@bank1 [не разметка]',
      postedAt: new Date((nowS - 3595) * 1000),
      author: { id: '-1', name: 'Банк 1', handle: 'bank1', followers: 5000, verified: true },
      likes: 3,
      shares: 2,
      views: 100,
      comments: 0,
      place: { country: null, region: null, city: 'Москва', point: { latitude: 55.75, longitude: 37.61 } },
      links: ['https://bank.example/a', 'https://news.example/x'],
      has: ['image', 'video', 'link'],
      images: [
        { url: 'https://sun.example/y.jpg?sign=2', alt: 'очередь' },
        { url: 'https://sun.example/still.jpg', alt: null },
      ],
      tags: ['филин'],
    })
  })

  test('a repost says what it repeats, with and without words of its own', async () => {
    const copy_history = [{ ...post(77, { owner_id: -2 }), text: 'Чужая запись' }, post(78, { owner_id: -3 })]
    expect(await only({ text: '', copy_history })).toMatchObject({
      kind: 'repost',
      text: 'Чужая запись',
      parent: 'https://vk.com/wall-2_77',
    })
    expect(await only({ text: 'Согласен', copy_history })).toMatchObject({
      kind: 'quote',
      text: 'Согласен\n\nЧужая запись',
    })
    expect(await only({ text: '', attachments: [{ type: 'poll', poll: { question: 'Кому верите?' } }] })).toMatchObject(
      {
        text: 'Кому верите?',
      },
    )
    expect(await only({ text: '', attachments: [{ type: 'photo', photo: {} }] })).toBeUndefined()
    expect(await only({ post_type: 'suggest' })).toBeUndefined()
  })

  test('what is broken in one post is told and hides no other', async () => {
    const vk = new PlayedVk()
    vk.posts = [post(1, { date: 0 }), post(2, { date: nowS + 90_000_000 }), post(3), { ...post(4), date: 'x' as never }]
    const { items, problems } = await readAll(vk, { url: 'vk.com/club1' })
    expect(items.map(({ postedAt }) => postedAt).filter((at) => at !== null)).toHaveLength(1)
    expect(problems.filter((key) => key !== undefined).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      'entry.date',
      'entry.date',
      'entry.unreadable',
    ])
  })

  test.each([
    [5, 'signed-out', 'vk.signed-out'],
    [6, 'rate-limited', 'vk.too-fast'],
    [9, 'rate-limited', 'vk.flood'],
    [10, 'failed', 'vk.broken'],
    [14, 'failed', 'vk.captcha'],
    [15, 'signed-out', 'vk.closed'],
    [18, 'gone', 'vk.gone'],
    [19, 'failed', 'vk.blocked'],
    [29, 'rate-limited', 'vk.daily'],
    [30, 'signed-out', 'vk.private'],
    [100, 'failed', 'vk.refused'],
  ])('error %i is told with what to do', async (code, kind, key) => {
    const { read } = readerOf(vkConnector, search, undefined, secrets)
    const fetched = await read(() => refusal(code, `No ${secrets.token}`))
    expect(fetched).toMatchObject({ kind, problem: { key } })
  })

  test('an address is understood however it is written, and words are searched for', () => {
    const url = (text: string) => readTarget(text)?.url ?? null
    for (const text of [
      'vk.com/Acme',
      '@acme',
      'https://m.vk.com/acme?from=x',
      'vk.ru/acme',
      'https://vkontakte.ru/acme/',
    ])
      expect(url(text), text).toBe('https://vk.com/acme')
    expect(readTarget('vk.com/wall-12_34')).toMatchObject({ kind: 'wall', owner: -12 })
    expect(readTarget('vk.com/id7')).toMatchObject({ kind: 'wall', owner: 7 })
    expect(readTarget('vk.com/public12')).toMatchObject({ kind: 'wall', owner: -12 })
    expect(readTarget('https://vk.com/search?c%5Bq%5D=%D0%B1%D0%B0%D0%BD%D0%BA&c%5Bsection%5D=statuses')).toMatchObject(
      { words: 'банк' },
    )
    expect(readTarget('#филин')).toMatchObject({ kind: 'search', words: '#филин' })
    for (const text of [
      'банк филин',
      'vk.com/acme',
      'https://vk.com/feed?section=mentions',
      'https://vk.com/feed?section=mentions&of=club5',
    ])
      expect(readTarget(url(text) ?? ''), text).toEqual(readTarget(text))
    for (const text of ['', 'https://vk.com/', 'https://vk.com/video-1_2', 'https://ok.ru/acme', '!!!'])
      expect(url(text), text).toBeNull()
  })
})

test('posts are looked up a hundred at once; one is gone only where its wall is still shown', async () => {
  const vk = new PlayedVk()
  vk.posts = [post(1), post(2, { likes: { count: 40, can_like: 1, user_likes: 0 } })]
  const request: Request = async (url, options) => {
    const body = new TextEncoder().encode(String(vk.answer(url, String(options?.body)).body))
    return { kind: 'ok', status: 200, headers: {}, url, movedTo: null, requests: 1, body }
  }
  const io = plainIo({ request, now: () => new Date('2026-11-22T12:00:00Z'), signal: new AbortController().signal })
  const ids = ['-1_1', '-1_2', '-1_3', '-8_4', '-1_1?reply=5'].map((place) => `https://vk.com/wall${place}`)
  const looked = await lookUpPosts([...ids, 'https://example.org/'], secrets.token, io)
  expect(looked).toMatchObject({ kind: 'found', missing: ['https://vk.com/wall-1_3'] })
  expect(looked.kind === 'found' && looked.posts.map(({ likes }) => likes)).toEqual([3, 40])
})

test('with the community’s key VK is told where we are, once it is known what it wants to hear', async () => {
  const vk = new PlayedVk()
  vk.posts = [post(1)]
  const keys: (string | null)[] = []
  const request: Request = async (url, options) => {
    const body = String(options?.body)
    if (url.includes('groups.')) keys.push(new URLSearchParams(body).get('access_token'))
    const answered = new TextEncoder().encode(String(vk.answer(url, body).body))
    return { kind: 'ok', status: 200, headers: {}, url, movedTo: null, requests: 1, body: answered }
  }
  const push = { url: 'https://heed.example/push/1/t', secret: 'derived-secret' }
  const fetch = async (cursor: Cursor | null, now = '2026-11-22T12:00:00Z') => {
    const io = plainIo({ request, now: () => new Date(now), signal: new AbortController().signal })
    const config = vkConnector.parseConfig({ url: 'vk.com/club1' })
    const source = { id: 1, config, secrets: { ...secrets, community: 'community-key-0123456789' }, cursor, push }
    const fetched = await must(vkConnector.fetch)(source, io)
    if (fetched.kind !== 'page' && fetched.kind !== 'unchanged') throw new Error(JSON.stringify(fetched))
    return fetched
  }
  const first = await fetch(null)
  expect(vk.servers).toEqual([])
  const second = await fetch(first.next)
  expect(vk.servers).toMatchObject([
    { url: push.url, secret_key: expect.stringMatching(/^[0-9a-z]{40}$/), status: 'wait' },
  ])
  expect(vk.settings.map((given) => [given.get('server_id'), given.get('wall_reply_delete')])).toEqual([['3', '1']])
  expect(new Set(keys)).toEqual(new Set(['community-key-0123456789']))
  vk.asked.length = 0
  await fetch(second.next)
  expect(vk.asked.map(({ method }) => method)).toEqual(['wall.get'])
  must(vk.servers[0]).status = 'failed'
  await fetch(second.next, '2026-11-22T19:00:00Z')
  expect(vk.servers).toMatchObject([{ id: 3, status: 'wait' }])
  vk.refuses = { code: 15, method: 'groups.getCallbackConfirmationCode' }
  const refused = await fetch(null)
  expect(refused.kind === 'page' && refused.problems).toMatchObject([{ problem: { key: 'vk.no-callback' } }])
  expect(refused.kind === 'page' && refused.items).toHaveLength(1)
})
