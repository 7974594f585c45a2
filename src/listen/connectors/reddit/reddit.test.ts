import { describe, expect, test } from 'vitest'
import type { Answer, Request } from '../../../base/http/request.ts'
import { connectorContract, type PlatformAnswer } from '../connector.contract.ts'
import type { Cursor, Fetched } from '../connector.ts'
import { plainIo } from '../reader.testing.ts'
import { replyContract, type Asked, type ReplyPlatform } from '../reply-channel.contract.ts'
import { redditConnector } from './reddit.ts'
import { redditReplies } from './reply.ts'
import { readWanted } from './wanted.ts'

const now = new Date('2026-11-22T12:00:00Z')
const secrets = { clientId: 'client-id-1', clientSecret: 'client-secret-1' }
const basic = `Basic ${Buffer.from('client-id-1:client-secret-1').toString('base64')}`
const agent = 'server:client-id-1.heed:v0.1 (by /u/acme)'
const json = (body: unknown, status = 200, headers = {}): PlatformAnswer => ({
  status,
  headers,
  body: JSON.stringify(body),
})
const granted = json({ access_token: 'reddit-access', token_type: 'bearer', expires_in: 86_400, scope: '*' })
const at = (minutes: number) => now.getTime() / 1000 - minutes * 60

const post = (number: number, more: object = {}) => ({
  kind: 't3',
  data: {
    name: `t3_p${number}`,
    title: `Пост ${number}`,
    selftext: 'Текст',
    author: 'anna',
    author_fullname: 't2_42',
    created_utc: at(number),
    permalink: `/r/acme/comments/p${number}/x/`,
    subreddit: 'acme',
    score: 5,
    num_comments: 2,
    is_self: true,
    url: `https://www.reddit.com/r/acme/comments/p${number}/x/`,
    ...more,
  },
})
const comment = (number: number, more: object = {}) => ({
  kind: 't1',
  data: {
    name: `t1_c${number}`,
    body: `Комментарий ${number}`,
    author: 'boris',
    author_fullname: 't2_43',
    created_utc: at(number),
    permalink: `/r/acme/comments/p1/x/c${number}/`,
    subreddit: 'acme',
    score: 1,
    parent_id: 't3_p1',
    link_id: 't3_p1',
    ...more,
  },
})
type Stands = { posts?: object[]; comments?: object[] }

/** Reddit's listings, newest first, a hundred a page. */
const listings =
  ({ posts = [], comments = [] }: Stands) =>
  (asked: URL): PlatformAnswer => {
    const of = (name: string) => asked.searchParams.get(name)
    const all = /\/(r\/acme\/new|search)$/.test(asked.pathname)
      ? posts
      : asked.pathname === '/r/acme/comments'
        ? comments
        : null
    if (asked.pathname === '/api/info') {
      const names = (of('id') ?? '').split(',')
      return json({
        kind: 'Listing',
        data: {
          children: [...posts, ...comments].filter((one) => names.includes((one as ReturnType<typeof post>).data.name)),
          after: null,
        },
      })
    }
    if (all === null)
      return { status: 302, headers: { location: 'https://www.reddit.com/subreddits/search' }, body: '' }
    const nameOf = (one: object) => (one as ReturnType<typeof post>).data.name
    const from = of('after') === null ? 0 : all.findIndex((one) => nameOf(one) === of('after')) + 1
    const children = all.slice(from, from + 100)
    const last = children.at(-1)
    return json({ kind: 'Listing', data: { children, after: last && from + 100 < all.length ? nameOf(last) : null } })
  }
const many = {
  posts: Array.from({ length: 150 }, (_, index) => post(index)),
  comments: Array.from({ length: 120 }, (_, index) => comment(index)),
}

connectorContract('reddit', {
  connector: redditConnector,
  origin: ['https://oauth.reddit.com', 'https://www.reddit.com'],
  settings: () => ({ url: 'r/acme', owner: 'u/acme' }),
  secrets,
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'r/acme' }, field: 'owner' },
    { input: { url: 'https://www.reddit.com/user/anna', owner: 'acme' }, field: 'url' },
  ],
  answer: (request, base) => {
    if (request.headers['user-agent'] !== agent) return json({ message: 'Too Many Requests', error: 429 }, 429)
    if (request.url === '/api/v1/access_token') return request.headers.authorization === basic ? granted : json({}, 401)
    return request.headers.authorization === 'Bearer reddit-access'
      ? listings(many)(new URL(request.url ?? '', base))
      : json({ message: 'Unauthorized' }, 401)
  },
  posts: 270,
})

function reading(settings: object) {
  const asked: URL[] = []
  const ioOf = (answer: (asked: URL) => PlatformAnswer) => {
    const request: Request = async (url) => {
      asked.push(new URL(url))
      const given = url.endsWith('/access_token') ? granted : answer(new URL(url))
      return {
        kind: 'ok',
        status: given.status ?? 200,
        headers: given.headers ?? {},
        body: Buffer.from(given.body ?? ''),
        url,
        movedTo: null,
        requests: 1,
      } satisfies Answer
    }
    return plainIo({ request, now: () => now, signal: new AbortController().signal })
  }
  const source = (cursor: Cursor | null) => ({
    id: 1,
    config: redditConnector.parseConfig({ owner: 'acme', ...settings }),
    secrets,
    cursor,
  })
  return {
    asked,
    read: (answer: (asked: URL) => PlatformAnswer, cursor: Cursor | null = null): Promise<Fetched> =>
      redditConnector.fetch!(source(cursor), ioOf(answer)),
    lookUp: (ids: string[], answer: (asked: URL) => PlatformAnswer) =>
      redditConnector.lookUp!(ids, source(null), ioOf(answer)),
  }
}

describe('reddit', () => {
  test('a picture is one by itself or of several, and a page that a post leads to is none', async () => {
    const shown = (name: string) => `https://preview.redd.it/${name}.jpg?s=1`
    const gallery = {
      gallery_data: { items: [{ media_id: 'a', caption: 'queue' }, { media_id: 'gone' }, { media_id: 'b' }] },
      media_metadata: {
        b: { status: 'valid', e: 'Image', s: { u: shown('b'), x: 1, y: 1 } },
        a: { status: 'valid', e: 'Image', s: { u: shown('a'), x: 1, y: 1 } },
        gone: { status: 'failed' },
      },
    }
    const posts = [
      post(1, { is_self: false, url: 'https://i.redd.it/1.jpg', post_hint: 'image' }),
      post(2, { is_self: false, url: 'https://www.reddit.com/gallery/2', ...gallery }),
      post(3, { is_self: false, url: 'https://bank.example/a', post_hint: 'link' }),
    ]
    const read = await reading({ url: 'r/acme' }).read(listings({ posts, comments: [] }))
    if (read.kind !== 'page') throw new Error(read.kind)
    expect(read.items.map(({ id, images, has }) => ({ id, images, hasImage: has.includes('image') }))).toEqual(
      expect.arrayContaining([
        { id: 'reddit:t3_p1', images: [{ url: 'https://i.redd.it/1.jpg', alt: null }], hasImage: true },
        {
          id: 'reddit:t3_p2',
          images: [
            { url: shown('a'), alt: 'queue' },
            { url: shown('b'), alt: null },
          ],
          hasImage: true,
        },
        { id: 'reddit:t3_p3', images: [], hasImage: false },
      ]),
    )
  })

  test('a post and a comment know who said them, where, and what they answer', async () => {
    const one = reading({ url: 'r/acme' })
    const stands = {
      posts: [post(1, { is_self: false, url: 'https://bank.example/a', selftext: '', post_hint: 'link' })],
      comments: [comment(2, { parent_id: 't1_c1', score: -4 })],
    }
    const first = await one.read(listings(stands))
    expect(first).toMatchObject({
      more: true,
      items: [
        {
          id: 'reddit:t3_p1',
          kind: 'post',
          title: 'Пост 1',
          text: 'Пост 1',
          source: 'r/acme',
          author: { id: 't2_42', handle: 'anna' },
          likes: 5,
          comments: 2,
          links: ['https://bank.example/a'],
          url: 'https://www.reddit.com/r/acme/comments/p1/x/',
          postedAt: new Date('2026-11-22T11:59:00Z'),
        },
      ],
    })
    if (first.kind !== 'page') return
    expect(await one.read(listings(stands), first.next)).toMatchObject({
      more: false,
      items: [{ id: 'reddit:t1_c2', kind: 'reply', parent: 'reddit:t1_c1', root: 'reddit:t3_p1', likes: null }],
    })
  })

  test('a search asks for the newest, in a subreddit where one is named', async () => {
    const one = reading({ url: 'https://www.reddit.com/r/acme/search/?q=acme+bank' })
    await one.read(listings({}))
    expect(one.asked.at(-1)?.pathname).toBe('/r/acme/search')
    expect(Object.fromEntries(one.asked.at(-1)?.searchParams ?? [])).toMatchObject({
      q: 'acme bank',
      sort: 'new',
      restrict_sr: '1',
      limit: '100',
    })
  })

  test('what is deleted there leaves, whether it is met again or looked up', async () => {
    const deleted = [post(1, { selftext: '[removed]', removed_by_category: 'moderator' }), post(2)]
    const read = await reading({ url: 'r/acme' }).read(listings({ posts: deleted }))
    expect(read).toMatchObject({ items: [{ id: 'reddit:t3_p2' }], removed: ['reddit:t3_p1'] })
    const stands = { posts: [post(2)], comments: [comment(1, { body: '[deleted]', author: '[deleted]' })] }
    expect(
      await reading({ url: 'r/acme' }).lookUp(['reddit:t3_p2', 'reddit:t1_c1', 'x:1'], listings(stands)),
    ).toMatchObject({ kind: 'found', posts: [{ id: 'reddit:t3_p2' }], missing: ['reddit:t1_c1'] })
  })

  test('every refusal says what to do, and little left slows down', async () => {
    const one = () => reading({ url: 'r/acme' })
    expect(await reading({ url: 'r/none' }).read(listings({}))).toMatchObject({
      kind: 'failed',
      problem: { key: 'reddit.not-found' },
    })
    expect(await one().read(() => json({ reason: 'private', error: 403 }, 403))).toMatchObject({
      kind: 'signed-out',
      problem: { key: 'reddit.closed', values: { reason: 'private' } },
    })
    expect(await one().read(() => json({}, 429, { 'x-ratelimit-reset': '240' }))).toEqual({
      kind: 'rate-limited',
      retryAt: new Date('2026-11-22T12:04:00Z'),
    })
    expect(
      await one().read((asked) => ({
        ...listings({ posts: [post(1)] })(asked),
        headers: { 'x-ratelimit-remaining': '3.0', 'x-ratelimit-reset': '300' },
      })),
    ).toMatchObject({ health: { pollAfterMs: 300_000 } })
  })

  test('a token that ends in the middle is replaced once', async () => {
    const one = reading({ url: 'r/acme' })
    let refusals = 0
    const read = await one.read((asked) => {
      refusals += 1
      return refusals === 1 ? json({ message: 'Unauthorized' }, 401) : listings({ posts: [post(1)] })(asked)
    })
    expect(read.kind).toBe('page')
    expect(await one.read(() => json({ message: 'Unauthorized' }, 401))).toMatchObject({
      kind: 'signed-out',
      problem: { key: 'reddit.signed-out' },
    })
  })

  test('what is broken in one thing is told and does not hide the others', async () => {
    const read = await reading({ url: 'r/acme' }).read(
      listings({
        posts: [
          post(1, { created_utc: 0 }),
          post(2, { created_utc: 4_000_000_000 }),
          { kind: 't5', data: { name: 't5_x' } },
          post(3, { num_comments: -1 }),
        ],
      }),
    )
    if (read.kind !== 'page') throw new Error(read.kind)
    expect(read.items.map(({ postedAt, comments }) => [postedAt === null, comments])).toEqual([
      [true, 2],
      [true, 2],
      [false, null],
    ])
    expect(read.problems.map(({ problem }) => problem?.key)).toEqual(['entry.date', 'entry.date', 'entry.unreadable'])
  })

  test('what is wanted is understood however it is written', () => {
    for (const text of ['r/acme', '/r/acme/', 'https://old.reddit.com/r/acme/new/'])
      expect(readWanted(text)).toMatchObject({ kind: 'subreddit', name: 'acme' })
    expect(readWanted('acme  bank')).toMatchObject({ kind: 'search', words: 'acme bank', in: null })
    for (const text of ['r/acme', 'acme bank', 'https://www.reddit.com/r/acme/search/?q=x'])
      expect(readWanted(readWanted(text)?.url ?? '')).toEqual(readWanted(text))
  })
})

/** Comments of an account, with one of it below something else that says the same. */
function start(): ReplyPlatform {
  const made = [{ name: 't1_old', body: 'Здравствуйте! Уже чиним.', parent: 't3_other' }]
  let next = 0
  const shown = ({ name, body, parent }: (typeof made)[number]) =>
    comment(0, { name, body, parent_id: parent, author: 'acme', created_utc: now.getTime() / 1000 })
  return {
    published: () => made.slice(1).map(({ name, body }) => ({ id: name, text: body })),
    answer({ method, url, headers, body }: Asked) {
      const form = new URLSearchParams(body)
      if (url.pathname === '/api/v1/access_token')
        return form.get('refresh_token') === 'refresh-token-1' ? granted : json({ error: 'invalid_grant' }, 400)
      if (headers['authorization'] !== 'Bearer reddit-access') return json({ message: 'Unauthorized' }, 401)
      if (url.pathname === '/api/v1/me') return json({ name: 'acme' })
      if (method === 'GET')
        return json({ kind: 'Listing', data: { children: made.map(shown).toReversed(), after: null } })
      if (url.pathname === '/api/del') {
        const own = made.findIndex(({ name }) => name === form.get('id'))
        if (own > 0) made.splice(own, 1)
        return json({})
      }
      if (url.pathname === '/api/editusertext') {
        const own = made.find(({ name }) => name === form.get('thing_id'))
        if (own) own.body = form.get('text') ?? ''
        return json({ json: { errors: [] } })
      }
      if (form.get('thing_id') !== 't1_c1')
        return json({ json: { errors: [['THREAD_LOCKED', 'Comments are locked.', 'parent']] } })
      next += 1
      const one = { name: `t1_own${next}`, body: form.get('text') ?? '', parent: 't1_c1' }
      made.push(one)
      return json({ json: { errors: [], data: { things: [shown(one)] } } })
    },
  }
}
const settings = { ...secrets, refreshToken: 'refresh-token-1' }
const to = { id: 'reddit:t1_c1', url: null, title: null, parent: null, root: null, author: null }

replyContract('reddit', {
  channel: redditReplies,
  settings,
  wrongSettings: [
    { input: null, field: 'clientId' },
    { input: { ...settings, refreshToken: 'x y' }, field: 'refreshToken' },
  ],
  name: 'u/acme',
  to,
  start,
  publishes: ({ method, url }) => method === 'POST' && url.pathname === '/api/comment',
})

test('a refusal with status 200 is one all the same, and a limit says when it ends', async () => {
  const send = (errors: unknown[], id = 't1_c1') => {
    const io = plainIo({
      request: async (url) => ({
        kind: 'ok',
        status: 200,
        headers: {},
        body: Buffer.from(url.endsWith('access_token') ? String(granted.body) : JSON.stringify({ json: { errors } })),
        url,
        movedTo: null,
        requests: 1,
      }),
      now: () => now,
      signal: new AbortController().signal,
    })
    return redditReplies.send(
      { key: 'k', text: 'Привет', lang: null, to: { ...to, id: `reddit:${id}` }, begunAt: now },
      { ...settings, owner: 'acme', name: 'acme' },
      io,
    )
  }
  expect(await send([['RATELIMIT', 'Take a break for 4 minutes before trying again.', 'ratelimit']])).toMatchObject({
    kind: 'later',
    at: new Date('2026-11-22T12:04:00Z'),
  })
  expect(await send([['THREAD_LOCKED', 'Comments are locked.', 'parent']])).toMatchObject({
    kind: 'refused',
    problem: { values: { reason: 'Comments are locked.' } },
  })
  expect((await send([])).kind).toBe('unknown')
})
