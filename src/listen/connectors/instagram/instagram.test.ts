import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { connectorContract, type PlatformAnswer } from '../connector.contract.ts'
import { plainIo, readerOf } from '../reader.testing.ts'
import { replyContract, type Asked, type ReplyPlatform } from '../reply-channel.contract.ts'
import { instagramConnector } from './instagram.ts'
import { instagramReplies } from './reply.ts'
import { readWanted } from './wanted.ts'

const token = 'EAAB-page-token-of-acme'
const secrets = { token }
const json = (body: unknown, status = 200): PlatformAnswer => ({ status, body: JSON.stringify(body) })
const refuse = (code: number, error_subcode = 0, status = 400) =>
  json({ error: { message: `Refused ${code}`, code, error_subcode } }, status)
const now = new Date('2026-11-22T12:00:00Z')
const when = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString().replace('.000Z', '+0000')

const media = (number: number, comments = 0, more: object = {}) => ({
  id: `1790${number}`,
  caption: `Публикация ${number} #банк`,
  timestamp: when(number),
  permalink: `https://www.instagram.com/p/${number}/`,
  media_type: 'IMAGE',
  media_url: `https://scontent.example/${number}.jpg`,
  username: 'acmebank',
  like_count: 12,
  comments_count: comments,
  ...more,
})
const comment = (number: number, more: object = {}) => ({
  id: `1800${number}`,
  text: `Комментарий ${number}`,
  timestamp: when(number),
  username: 'anna',
  like_count: 1,
  ...more,
})

type Stands = {
  media?: object[]
  tags?: object[]
  comments?: { [media: string]: object[] }
  foreign?: object[]
  hashtag?: object[]
  fails?: { [path: string]: PlatformAnswer }
}

/** The Graph API for a page with a professional account, by its reference of v26.0; newest first. */
const graphOf =
  ({ media: posted = [], tags = [], comments = {}, foreign = [], hashtag = [], fails = {} }: Stands) =>
  (asked: URL): PlatformAnswer => {
    const path = asked.pathname.replace('/v26.0/', '')
    if (fails[path]) return fails[path]
    const paged = (
      all: object[],
      limit = Number(asked.searchParams.get('limit')),
      from = Number(asked.searchParams.get('after') ?? 0),
    ) => ({
      data: all.slice(from, from + limit),
      paging: {
        cursors: { after: String(from + limit) },
        ...(from + limit < all.length && { next: 'https://graph.facebook.com/next' }),
      },
    })
    if (path === 'me') return json({ id: '100', instagram_business_account: { id: '17841', username: 'AcmeBank' } })
    if (path === '17841/media') return json(paged(posted))
    if (path === '17841/tags') return json(paged(tags))
    if (path === 'ig_hashtag_search')
      return asked.searchParams.get('q') === 'филин' ? json({ data: [{ id: '555' }] }) : refuse(803)
    if (path === '555/recent_media')
      return asked.searchParams.get('user_id') === '17841' ? json(paged(hashtag)) : refuse(100)
    if (path === '17841') {
      const [, name, from] =
        /^business_discovery\.username\((\w+)\)\{username,followers_count,media(?:\.after\((\d+)\))?\.limit\(50\)/.exec(
          asked.searchParams.get('fields') ?? '',
        ) ?? []
      if (name !== 'rival') return refuse(110)
      const shown = paged(foreign, 50, Number(from ?? 0))
      // Here there is no address of the next page, and no mark after the last.
      const cursors = shown.paging.next === undefined ? {} : shown.paging.cursors
      return json({
        business_discovery: {
          username: 'rival',
          followers_count: 900,
          media: { data: shown.data, paging: { cursors } },
        },
      })
    }
    const below = /^(\d+)\/comments$/.exec(path)?.[1]
    return below === undefined ? refuse(100, 33) : json(paged(comments[below] ?? []))
  }

const everything: Stands = {
  media: Array.from({ length: 70 }, (_, index) => media(index, index === 0 ? 62 : 0)),
  tags: [media(900, 0, { username: 'fan' })],
  comments: {
    '17900': Array.from({ length: 60 }, (_, index) =>
      comment(index, index === 0 ? { replies: { data: [comment(500), comment(501)] } } : {}),
    ),
  },
}

connectorContract('instagram', {
  connector: instagramConnector,
  origin: 'https://graph.facebook.com',
  settings: () => ({ url: '@AcmeBank' }),
  secrets,
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'https://www.instagram.com/p/Cabc/' }, field: 'url' },
    { input: { url: '#два слова' }, field: 'url' },
  ],
  answer: (request, base) =>
    request.headers.authorization === `Bearer ${token}`
      ? graphOf(everything)(new URL(request.url ?? '', base))
      : refuse(190),
  posts: 70 + 62 + 1,
})

describe('instagram', () => {
  const reader = (url: string) => readerOf(instagramConnector, { url }, now.toISOString(), secrets)

  test('pictures are those of an album, and the still of a video where Meta tells it', async () => {
    const shown = (name: string) => `https://scontent.example/${name}.jpg`
    const album = [
      { media_type: 'IMAGE', media_url: shown('a') },
      { media_type: 'VIDEO', media_url: 'https://scontent.example/b.mp4', thumbnail_url: shown('b') },
    ]
    const stands = {
      media: [
        media(1, 0, { media_type: 'CAROUSEL_ALBUM', media_url: shown('a'), children: { data: album } }),
        media(2, 0, { media_type: 'VIDEO', media_url: 'https://scontent.example/c.mp4', thumbnail_url: shown('c') }),
        media(3, 0, { media_type: 'VIDEO', media_url: 'https://scontent.example/d.mp4' }),
      ],
    }
    const { items } = await reader('@acmebank').page(graphOf(stands))
    const images = new Map(items.map((one) => [one.id, one.images?.map(({ url }) => url)]))
    expect(images.get('instagram:media/17901')).toEqual([shown('a'), shown('b')])
    expect(images.get('instagram:media/17902')).toEqual([shown('c')])
    expect(images.get('instagram:media/17903')).toBeUndefined()
  })

  test('a post and its comments know who said them and what they answer', async () => {
    const one = reader('@acmebank')
    const stands = {
      media: [media(1, 2)],
      comments: { '17901': [comment(1, { replies: { data: [comment(2, { username: 'acmebank' })] } })] },
    }
    const first = await one.page(graphOf(stands))
    expect(first.items).toMatchObject([
      {
        id: 'instagram:media/17901',
        text: 'Публикация 1 #банк',
        source: '@AcmeBank',
        author: { handle: 'acmebank' },
        likes: 12,
        comments: 2,
        tags: ['банк'],
        has: ['image'],
        images: [{ url: 'https://scontent.example/1.jpg', alt: null }],
        url: 'https://www.instagram.com/p/1/',
        postedAt: new Date('2026-11-22T11:59:00Z'),
      },
    ])
    const second = await one.page(graphOf(stands), first.next)
    expect(second.items).toMatchObject([
      {
        id: 'instagram:comment/18001',
        kind: 'comment',
        parent: 'instagram:media/17901',
        root: 'instagram:media/17901',
        author: { handle: 'anna' },
      },
      {
        id: 'instagram:comment/18002',
        kind: 'reply',
        parent: 'instagram:comment/18001',
        root: 'instagram:media/17901',
      },
    ])
  })

  test('a hashtag is asked for by its number, which counts once a week', async () => {
    const one = reader('#Филин')
    const first = await one.page(graphOf({ hashtag: [media(1, 0, { username: undefined })] }))
    expect(first).toMatchObject({
      items: [{ source: '#филин', author: null }],
      health: { title: '#филин' },
      more: false,
    })
    one.asked.length = 0
    await one.read(graphOf({ hashtag: [] }), first.next)
    expect(one.asked.map(({ pathname }) => pathname)).toEqual(['/v26.0/555/recent_media'])
    expect(await reader('#чужой').read(graphOf({}))).toMatchObject({
      kind: 'failed',
      problem: { key: 'meta.not-found' },
    })
  })

  test('another account brings its posts with its followers, page by page', async () => {
    const one = reader('https://instagram.com/rival')
    const foreign = Array.from({ length: 80 }, (_, index) => media(index, 0, { username: undefined }))
    const first = await one.page(graphOf({ foreign }))
    expect([first.items.length, first.more, first.items[0]?.author]).toMatchObject([
      50,
      true,
      { handle: 'rival', followers: 900 },
    ])
    const second = await one.page(graphOf({ foreign }), first.next)
    expect([second.items.length, second.more]).toEqual([30, false])
  })

  test('a page without an account, and every refusal, say what to do', async () => {
    expect(await reader('@acmebank').read(() => json({ id: '100' }))).toMatchObject({
      kind: 'failed',
      problem: { key: 'instagram.no-account' },
    })
    expect(await reader('@acmebank').read(() => refuse(190, 463, 401))).toMatchObject({
      kind: 'signed-out',
      problem: { key: 'meta.token' },
    })
    expect(await reader('@acmebank').read(() => refuse(10, 0, 403))).toMatchObject({
      kind: 'signed-out',
      problem: { key: 'meta.permission' },
    })
    expect((await reader('@acmebank').read(() => refuse(4))).kind).toBe('rate-limited')
    const one = reader('@acmebank')
    const first = await one.page(graphOf({ media: [media(1, 3)] }))
    const gone = await one.page(graphOf({ fails: { '17901/comments': refuse(100, 33) } }), first.next)
    expect(gone.removed).toEqual(['instagram:media/17901'])
  })

  test('what is broken in one post is told and does not hide the others', async () => {
    const { items, problems } = await reader('@acmebank').page(
      graphOf({
        media: [
          media(1, 0, { timestamp: '1970-01-01T00:00:00+0000' }),
          media(2, 0, { timestamp: '2050-01-01T00:00:00+0000' }),
          media(3, 0, { like_count: 'many' }),
          media(4, 0, { caption: null }),
          media(5),
        ],
      }),
    )
    expect(items.map(({ postedAt }) => postedAt === null)).toEqual([true, true, false])
    expect(problems.map(({ problem }) => problem?.key)).toEqual(['entry.date', 'entry.date', 'entry.unreadable'])
  })

  test('what is wanted is understood however it is written', () => {
    for (const text of ['AcmeBank', '@acmebank', 'instagram.com/acmebank/?hl=ru'])
      expect(readWanted(text)).toMatchObject({ kind: 'account', name: 'acmebank' })
    expect(readWanted('https://www.instagram.com/explore/tags/%D1%84%D0%B8%D0%BB%D0%B8%D0%BD/')).toMatchObject({
      kind: 'hashtag',
      name: 'филин',
    })
  })
})

describe('what Meta pushes of Instagram', () => {
  const appSecret = 'abcdef0123456789'
  const source = {
    id: 1,
    config: { url: 'https://www.instagram.com/acmebank/' },
    secrets: { token, appSecret },
    cursor: { ig: '17841', username: 'acmebank' },
    push: { url: 'https://heed.example/push/1/x', secret: 's' },
  }
  const push = (changes: object[], answer: (asked: URL) => PlatformAnswer, id = '17841') => {
    const body = JSON.stringify({ object: 'instagram', entry: [{ id, time: 1, changes }] })
    const headers = new Headers({
      'x-hub-signature-256': `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`,
    })
    const io = plainIo({
      request: async (url) => {
        const given = answer(new URL(url))
        return {
          kind: 'ok',
          status: given.status ?? 200,
          headers: {},
          body: Buffer.from(given.body ?? ''),
          url,
          movedTo: null,
          requests: 1,
        }
      },
      now: () => now,
      signal: new AbortController().signal,
    })
    return instagramConnector.receive!(
      source,
      { method: 'POST', headers, query: new URLSearchParams(), body: new TextEncoder().encode(body), at: now },
      io,
    )
  }
  const nothing = () => refuse(1)

  test('a comment comes whole, and a mention is asked for', async () => {
    const value = { id: '180099', text: 'Где деньги?', from: { id: '42', username: 'anna' }, media: { id: '17901' } }
    expect(await push([{ field: 'comments', value }], nothing)).toMatchObject({
      items: [
        { id: 'instagram:comment/180099', author: { id: 'anna', handle: 'anna' }, root: 'instagram:media/17901' },
      ],
    })
    const mention = { field: 'mentions', value: { media_id: '990', comment_id: '991' } }
    const told = await push([mention], (asked) => {
      expect(asked.searchParams.get('fields')).toBe(
        'mentioned_comment.comment_id(991){id,text,timestamp,username,like_count}',
      )
      return json({ mentioned_comment: comment(7, { id: '991' }) })
    })
    expect(told).toMatchObject({ items: [{ id: 'instagram:comment/991', root: 'instagram:media/990' }] })
    expect(
      await push([{ field: 'mentions', value: { media_id: '990' } }], () =>
        json({ mentioned_media: media(1, 0, { id: '990', username: 'fan' }) }),
      ),
    ).toMatchObject({ items: [{ id: 'instagram:media/990', author: { handle: 'fan' } }] })
  })

  test('a mention that cannot be asked for now comes again, one that is gone does not, and others’ are not ours', async () => {
    const mention = [{ field: 'mentions', value: { media_id: '990' } }]
    expect(await push(mention, () => refuse(4))).toMatchObject({ kind: 'refused', status: 503 })
    expect(await push(mention, () => refuse(100, 33))).toMatchObject({ kind: 'items', items: [] })
    expect(await push(mention, nothing, '999')).toMatchObject({ kind: 'items', items: [] })
    expect(await push([{ field: 'mentions', value: { media_id: '990){id}' } }], nothing)).toMatchObject({ items: [] })
  })
})

/** Answers below one comment, with a stranger's that says the same. */
function start(): ReplyPlatform {
  const made = [{ id: '1', text: 'Здравствуйте! Уже чиним.', username: 'anna', timestamp: when(0) }]
  let next = 20
  return {
    published: () => made.slice(1).map(({ id, text }) => ({ id, text })),
    answer({ method, url, headers, body }: Asked) {
      if (headers['authorization'] !== `Bearer ${token}`) return refuse(190)
      const path = url.pathname.replace('/v26.0/', '')
      if (path === 'me') return json({ id: '100', instagram_business_account: { id: '17841', username: 'acmebank' } })
      if (method === 'DELETE') {
        const at = made.findIndex(({ id }) => id === path)
        if (at < 1) return refuse(100, 33)
        made.splice(at, 1)
        return json({ success: true })
      }
      if (path !== '18001/replies') return refuse(100, 33)
      if (method === 'GET') return json({ data: made })
      next += 1
      made.push({
        id: String(next),
        text: new URLSearchParams(body).get('message') ?? '',
        username: 'acmebank',
        timestamp: when(0),
      })
      return json({ id: String(next) })
    },
  }
}
const to = {
  id: 'instagram:comment/18002',
  url: null,
  title: null,
  parent: 'instagram:comment/18001',
  root: 'instagram:media/17901',
  author: null,
}

replyContract('instagram', {
  channel: instagramReplies,
  settings: { pageToken: token },
  wrongSettings: [
    { input: null, field: 'pageToken' },
    { input: { pageToken: token, appId: '7a' }, field: 'appId' },
    { input: { pageToken: token, appSecret: 'x' }, field: 'appSecret' },
  ],
  name: '@acmebank',
  to,
  start,
  publishes: ({ method }) => method === 'POST',
})

test('a post of others is answered as a mention, and nobody can see what became of it', async () => {
  const asked: [string, string][] = []
  const io = plainIo({
    request: async (url, options = {}) => {
      asked.push([new URL(url).pathname, String(options.body)])
      return { kind: 'ok', status: 200, headers: {}, body: Buffer.from('{"id":"77"}'), url, movedTo: null, requests: 1 }
    },
    now: () => now,
    signal: new AbortController().signal,
  })
  const account = { token, id: '17841', username: 'acmebank' }
  const theirs = {
    ...to,
    id: 'instagram:media/990',
    parent: null,
    root: null,
    author: { id: 'fan', name: 'fan', handle: 'fan' },
  }
  const reply = { key: 'k', text: 'Спасибо', lang: 'ru', to: theirs, begunAt: now }
  expect(await instagramReplies.send(reply, account, io)).toMatchObject({ kind: 'sent', id: '77' })
  expect(asked).toEqual([['/v26.0/17841/mentions', 'message=%D0%A1%D0%BF%D0%B0%D1%81%D0%B8%D0%B1%D0%BE&media_id=990']])
  expect(await instagramReplies.find(reply, account, io)).toMatchObject({
    kind: 'unknown',
    problem: { key: 'instagram.not-shown' },
  })
})
