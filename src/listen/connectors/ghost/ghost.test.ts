import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { connectorContract } from '../connector.contract.ts'
import { plainIo, readerOf } from '../reader.testing.ts'
import { ghostConnector } from './ghost.ts'
import { authorisation, readKey } from './key.ts'

const site = 'https://blog.example'
const key = `${'a1'.repeat(12)}:${'0f'.repeat(32)}`
const id = (kind: string, number: number) => `${kind}${String(number).padStart(24 - kind.length, '0')}`

const post = (number: number, more: object = {}) => ({
  id: id('aa', number),
  title: `Карта — ${number}`,
  html: `<p>Статья ${number}</p>`,
  url: `${site}/karta-${number}/`,
  status: 'published',
  published_at: '2026-11-21T07:00:00.000Z',
  updated_at: '2026-11-21T07:00:00.000Z',
  feature_image: null,
  authors: [{ id: '1', name: 'Борис', slug: 'boris' }],
  tags: [
    { name: 'Новости', visibility: 'public' },
    { name: '#внутри', visibility: 'internal' },
  ],
  ...more,
})
const comment = (number: number, more: object = {}) => ({
  id: id('bb', number),
  parent_id: null,
  in_reply_to_id: null,
  status: 'published',
  html: `<p>Комментарий ${number}</p>`,
  created_at: `2026-11-22T07:00:${String(number % 60).padStart(2, '0')}.000Z`,
  edited_at: null,
  member: { id: '64f000000000000000000001', uuid: 'u', name: 'Анна', email: 'anna@mail.test', expertise: 'Бухгалтер' },
  post: { id: id('aa', 7), title: 'Карта', url: `${site}/karta-7/` },
  count: { replies: 1, likes: 4, reports: 0 },
  ...more,
})
const json = (value: unknown) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) })
type Item = { id: string; status: string; created_at?: string; updated_at?: string }

/** A moment as its database has it. */
const kept = (time = '') => time.slice(0, 19).replace('T', ' ')

/** Lists as the Admin API pages them, with the filters that are used here. */
const ghost =
  (all: { posts: unknown[]; comments: unknown[] }) =>
  (asked: URL): ReturnType<typeof json> => {
    const path = asked.pathname.replace('/ghost/api/admin/', '').replace(/\/$/, '')
    if (path === 'site') return json({ site: { title: 'Блог «Филин»', url: `${site}/` } })
    const by = path === 'posts' ? 'updated_at' : 'created_at'
    const filter = asked.searchParams.get('filter') ?? ''
    const from = new RegExp(`${by}:>='([^']+)'`).exec(filter)?.[1]
    const until = new RegExp(`${by}:<='([^']+)'`).exec(filter)?.[1]
    const ids = /id:\[([^\]]*)\]/.exec(filter)?.[1]?.split(',')
    const fitting = (all[path as 'posts' | 'comments'] as Item[])
      .filter((one) => ids?.includes(one.id) ?? true)
      .filter(({ status }) => status !== 'deleted')
      .filter(({ status }) => !filter.includes('status:published') || status === 'published')
      .filter((one) => from === undefined || kept(one[by]) >= from)
      .filter((one) => until === undefined || kept(one[by]) <= until)
      .toSorted((a, b) => ((a[by] ?? '') < (b[by] ?? '') ? 1 : a[by] === b[by] ? b.id.localeCompare(a.id) : -1))
    const [size, page] = [Number(asked.searchParams.get('limit')), Number(asked.searchParams.get('page') ?? 1)]
    return json({ [path]: fitting.slice((page - 1) * size, page * size), meta: { pagination: { page } } })
  }

const many = { posts: [post(7), post(8)], comments: Array.from({ length: 70 }, (_, at) => comment(at + 1)) }

connectorContract('ghost', {
  connector: ghostConnector,
  settings: (base) => ({ url: `${base}/ghost/#/dashboard` }),
  secrets: { key },
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'блог' }, field: 'url' },
    { input: { url: 'http://blog.example' }, field: 'url' },
  ],
  answer: (request, base) => ghost(many)(new URL(request.url ?? '', base)),
  posts: 72,
})

describe('ghost', () => {
  const { read, page, asked } = readerOf(ghostConnector, { url: site }, '2026-11-22T12:00:00Z', { key })
  const shown = (comments: unknown[], posts: unknown[] = []) => ghost({ comments, posts })

  test('articles and comments are a thread, with likes; nobody’s mail address comes along', async () => {
    const nested = comment(3, { parent_id: id('bb', 1), in_reply_to_id: id('bb', 2) })
    const { items } = await page(
      shown([nested, comment(1)], [post(7, { feature_image: 'https://x.example/a.png', feature_image_alt: 'Карта' })]),
    )
    expect(items).toMatchObject([
      {
        id: `ghost:blog.example/comment/${id('bb', 3)}`,
        kind: 'reply',
        url: `${site}/karta-7/#ghost-comments`,
        text: 'Комментарий 3',
        likes: 4,
        comments: 1,
        author: { id: 'blog.example/64f000000000000000000001', name: 'Анна', bio: 'Бухгалтер' },
        parent: `ghost:blog.example/comment/${id('bb', 2)}`,
        root: `ghost:blog.example/post/${id('aa', 7)}`,
      },
      { kind: 'comment', parent: `ghost:blog.example/post/${id('aa', 7)}` },
      {
        id: `ghost:blog.example/post/${id('aa', 7)}`,
        kind: 'article',
        title: 'Карта — 7',
        text: 'Статья 7',
        url: `${site}/karta-7/`,
        tags: ['Новости'],
        has: ['image'],
        images: [{ url: 'https://x.example/a.png', alt: 'Карта' }],
        author: { name: 'Борис', handle: 'boris' },
      },
    ])
    expect(JSON.stringify(items)).not.toContain('mail.test')
  })

  test('an edit is told as one, what was hidden leaves, and what is shown again comes again', async () => {
    const first = await page(shown([comment(3), comment(2), comment(1)], [post(7)]))
    const second = await page(
      shown(
        [
          comment(3, { html: '<p>Иначе</p>', edited_at: '2026-11-22T11:00:00.000Z' }),
          comment(2, { status: 'hidden' }),
          comment(1, { status: 'hidden' }),
        ],
        [post(7, { html: '<p>Новое</p>', updated_at: '2026-11-22T11:00:00.000Z' })],
      ),
      first.next,
    )
    expect(second.items.map(({ text }) => text)).toEqual(['Иначе', 'Новое'])
    expect(second.edited?.toSorted()).toEqual(second.items.map((one) => one.id).toSorted())
    expect(second.removed).toEqual([2, 1].map((number) => `ghost:blog.example/comment/${id('bb', number)}`))
    const third = await page(shown([comment(2), comment(1, { status: 'deleted' })]), second.next)
    expect(third.items.map(({ text }) => text)).toEqual(['Комментарий 2'])
  })

  test('an article that was made a draft comes again as it was when it is published again', async () => {
    const first = await page(shown([comment(1)], [post(7)]))
    const gone = `ghost:blog.example/post/${id('aa', 7)}`
    const again = await page(shown([comment(1)], [post(7)]), first.next, [gone])
    expect(again.items.map((one) => one.id)).toEqual([gone])
  })

  test('an old Ghost without a list of comments still brings its articles', async () => {
    const old = (question: URL) =>
      question.pathname.includes('comments') ? { status: 404, body: '{}' } : shown([], [post(7)])(question)
    const { items, problems } = await page(old)
    expect(items).toHaveLength(1)
    expect(problems).toMatchObject([{ problem: { key: 'ghost.comments-hidden' } }])
  })

  test('a key that is wrong or taken back is told, and so is what is no Ghost', async () => {
    const without = readerOf(ghostConnector, { url: site }, '2026-11-22T12:00:00Z', { key: 'x' })
    expect(await without.read(shown([]))).toMatchObject({ kind: 'signed-out', problem: { key: 'ghost.key' } })
    const refused = (question: URL) => (question.pathname.includes('/site') ? shown([])(question) : { status: 401 })
    expect(await read(refused)).toMatchObject({ kind: 'signed-out', problem: { key: 'ghost.key' } })
    for (const body of ['<!doctype html>', '{"hello":"world"}'])
      expect(await read(() => ({ body }))).toMatchObject({ kind: 'failed', problem: { key: 'ghost.none' } })
    expect(asked.every(({ search }) => !search.includes(key.slice(0, 24)))).toBe(true)
  })

  test('what is broken in one comment is told and does not hide the others', async () => {
    const broken = [comment(5, { created_at: '1970-01-01T00:00:00Z' }), comment(4, { id: 7 }), 'x', comment(2)]
    const { items, problems } = await page((question) =>
      question.pathname.includes('/comments/') ? json({ comments: broken }) : shown([])(question),
    )
    expect(items.map(({ postedAt }) => postedAt)).toEqual([null, new Date('2026-11-22T07:00:02Z')])
    expect(problems.map((one) => one.problem?.key)).toEqual(['entry.date', 'entry.unreadable', 'entry.unreadable'])
  })

  test('a look-up tells new counts, and what is gone', async () => {
    const answer = shown([comment(5, { count: { likes: 9, replies: 0 } }), comment(6, { status: 'hidden' })], [post(7)])
    const request = async (url: string) => ({
      ...{ kind: 'ok' as const, status: 200, headers: {}, url, movedTo: null, requests: 1 },
      body: new TextEncoder().encode(answer(new URL(url)).body),
    })
    const io = plainIo({ request, now: () => new Date('2026-11-22T12:00:00Z'), signal: new AbortController().signal })
    const ids = [
      ...[5, 6, 9].map((number) => `ghost:blog.example/comment/${id('bb', number)}`),
      `ghost:blog.example/post/${id('aa', 7)}`,
      `ghost:other.example/post/${id('aa', 7)}`,
    ]
    const source = { id: 1, config: { url: site }, secrets: { key }, cursor: null }
    expect(await ghostConnector.lookUp!(ids, source, io)).toMatchObject({
      kind: 'found',
      posts: [{ id: ids[0], likes: 9 }, { id: ids[3] }],
      missing: [ids[1], ids[2]],
    })
  })
})

test('a request signs in with a token for some minutes, made with the secret in hex', () => {
  const known = readKey(` ${key} `)
  if (known === null) throw new Error('the key is one')
  const { authorization } = authorisation(known, new Date('2026-11-22T12:00:00Z'))
  const [header = '', claims = '', signature] = authorization.replace('Ghost ', '').split('.')
  const decode = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())
  expect(decode(header)).toEqual({ alg: 'HS256', typ: 'JWT', kid: 'a1'.repeat(12) })
  expect(decode(claims)).toEqual({ iat: 1795348800, exp: 1795349040, aud: '/admin/' })
  const secret = Buffer.alloc(32, 0x0f)
  expect(signature).toBe(createHmac('sha256', secret).update(`${header}.${claims}`).digest('base64url'))
  for (const text of ['', key.slice(1), `${key}0`, key.replace(':', '.')]) expect(readKey(text)).toBeNull()
})
