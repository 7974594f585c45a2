import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { connectorContract, type PlatformAnswer } from '../connector.contract.ts'
import type { PushedRequest } from '../connector.ts'
import { plainIo, readerOf } from '../reader.testing.ts'
import { proofOf } from '../meta/graph.ts'
import { facebookConnector } from './facebook.ts'
import { readPage } from './page-address.ts'

const secrets = { token: 'EAAB-page-token-of-acme', appId: '77', appSecret: 'abcdef0123456789' }
const page = { id: '100', name: 'Acme Банк' }
const json = (body: unknown, status = 200): PlatformAnswer => ({ status, body: JSON.stringify(body) })
const refuse = (code: number, more: object = {}, status = 400) =>
  json({ error: { message: `Refused ${code}`, type: 'OAuthException', code, ...more } }, status)
const when = (minutes: number) =>
  new Date(Date.parse('2026-11-22T11:00:00Z') - minutes * 60_000).toISOString().replace('.000Z', '+0000')

const post = (number: number, comments = 0, more: object = {}) => ({
  id: `100_${number}`,
  message: `Пост ${number}`,
  created_time: when(number * 10),
  from: page,
  permalink_url: `https://www.facebook.com/100/posts/${number}`,
  shares: { count: 4 },
  reactions: { data: [], summary: { total_count: 7 } },
  comments: { data: [], summary: { total_count: comments } },
  ...more,
})
const comment = (number: number, of = 1, more: object = {}) => ({
  id: `${of}_${number}`,
  message: `Комментарий ${number}`,
  created_time: when(number),
  from: { id: '55', name: 'Анна' },
  permalink_url: `https://www.facebook.com/100/posts/${of}?comment_id=${number}`,
  like_count: 2,
  comment_count: 0,
  ...more,
})

const picture = (name: number | string) => ({ url: `https://scontent.example/${name}.jpg?oh=1`, alt: null })
const image = (name: number | string) => ({ image: { src: picture(name).url, width: 720, height: 540 } })

type Stands = {
  posts: object[]
  tagged?: object[]
  comments?: { [post: string]: object[] }
  fails?: { [path: string]: PlatformAnswer }
}

/** A page at the Graph API, by its reference of v26.0; newest first, as many as asked for. */
function graphOf({ posts, tagged = [], comments = {}, fails = {} }: Stands, token: string | null = null) {
  return (asked: URL): PlatformAnswer => {
    const path = asked.pathname.replace('/v26.0/', '')
    if (
      token !== null &&
      (token !== `Bearer ${secrets.token}` ||
        asked.searchParams.get('appsecret_proof') !== proofOf(secrets.token, secrets.appSecret))
    )
      return refuse(190, {}, 400)
    if (fails[path]) return fails[path]
    const paged = (all: object[]) => {
      const [from, limit] = [Number(asked.searchParams.get('after') ?? 0), Number(asked.searchParams.get('limit'))]
      if (!(limit >= 1 && limit <= 100)) return refuse(100)
      const rest = all.length > from + limit
      return json({
        data: all.slice(from, from + limit),
        paging: {
          cursors: { before: 'x', after: String(from + limit) },
          ...(rest && { next: 'https://graph.facebook.com/next' }),
        },
      })
    }
    const since = Number(asked.searchParams.get('since') ?? 0) * 1000
    const isSince = (one: object) => Date.parse((one as { created_time: string }).created_time) >= since
    if (path === 'acme') return json(page)
    if (path === '100/feed') return paged(posts.filter(isSince))
    if (path === '100/tagged') return paged(tagged.filter(isSince))
    const below = /^(\d+_\d+)\/comments$/.exec(path)?.[1]
    return below === undefined ? refuse(803) : paged(comments[below] ?? [])
  }
}

const many = {
  posts: Array.from({ length: 120 }, (_, index) => post(index + 1, index === 0 ? 130 : 0)),
  tagged: [post(900, 0, { id: '200_900', from: { id: '200', name: 'Газета' } })],
  comments: { '100_1': Array.from({ length: 130 }, (_, index) => comment(index + 1)) },
}

connectorContract('facebook', {
  connector: facebookConnector,
  origin: 'https://graph.facebook.com',
  settings: () => ({ url: 'https://www.facebook.com/acme' }),
  secrets,
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'https://www.facebook.com/groups/acme' }, field: 'url' },
    { input: { url: 'acme bank' }, field: 'url' },
  ],
  answer: (request, base) => graphOf(many, request.headers.authorization ?? '')(new URL(request.url ?? '', base)),
  posts: 120 + 130 + 1,
})

describe('facebook', () => {
  const reader = () => readerOf(facebookConnector, { url: 'facebook.com/acme' }, '2026-11-22T12:00:00Z', secrets)
  async function all(one: ReturnType<typeof reader>, stands: Stands, cursor: Parameters<typeof one.read>[1] = null) {
    const items = []
    for (let at = cursor, more = true; ;) {
      const fetched = await one.read(graphOf(stands), at)
      if (fetched.kind !== 'page' && fetched.kind !== 'unchanged') throw new Error(JSON.stringify(fetched))
      at = fetched.next
      if (fetched.kind === 'page') items.push(...fetched.items)
      more = fetched.kind === 'page' && fetched.more
      if (!more) return { items, cursor: at }
    }
  }

  test('a post and a comment know who said them, what they answer and how often they were liked', async () => {
    const { items } = await all(reader(), {
      posts: [
        post(1, 2, {
          attachments: {
            data: [
              { media_type: 'link', unshimmed_url: 'https://bank.example/a', title: 'Тарифы', media: image('page') },
              {
                media_type: 'album',
                media: image(1),
                subattachments: {
                  data: [
                    { media_type: 'photo', media: image(1) },
                    { media_type: 'photo', media: image(2) },
                  ],
                },
              },
            ],
          },
        }),
      ],
      comments: {
        '100_1': [
          comment(2, 1, { parent: { id: '1_1' } }),
          comment(1, 1, { message: '', attachment: { type: 'photo', title: 'Чек', media: image(3) } }),
        ],
      },
    })
    expect(items).toMatchObject([
      {
        id: 'facebook:post/100_1',
        kind: 'post',
        source: 'Acme Банк',
        likes: 7,
        shares: 4,
        comments: 2,
        author: { id: '100' },
        links: ['https://bank.example/a'],
        has: ['link', 'image'],
        images: [picture(1), picture(2)],
        postedAt: new Date('2026-11-22T10:50:00Z'),
      },
      {
        id: 'facebook:comment/1_2',
        kind: 'reply',
        parent: 'facebook:comment/1_1',
        root: 'facebook:post/100_1',
        likes: 2,
        author: { name: 'Анна' },
      },
      {
        id: 'facebook:comment/1_1',
        kind: 'comment',
        parent: 'facebook:post/100_1',
        text: 'Чек',
        has: ['image'],
        images: [picture(3)],
      },
    ])
  })

  test('comments are read again only of posts that have got more of them', async () => {
    const one = reader()
    const stands = {
      posts: [post(1, 1), post(2, 0), post(3, 5)],
      comments: { '100_1': [comment(1)], '100_3': [comment(9, 3)] },
    }
    const { cursor } = await all(one, stands)
    one.asked.length = 0
    const grown = {
      ...stands,
      posts: [post(1, 2), post(2, 0), post(3, 5)],
      comments: { ...stands.comments, '100_1': [comment(0, 1, { message: 'Новый' }), comment(1)] },
    }
    expect((await all(one, grown, cursor)).items.map(({ text }) => text)).toEqual(['Новый'])
    expect(one.asked.map(({ pathname }) => pathname.replace('/v26.0/', ''))).toEqual([
      '100/feed',
      '100_1/comments',
      '100/tagged',
    ])
    expect(Number(one.asked[0]?.searchParams.get('since'))).toBeGreaterThan(0)
  })

  test('a token that may not see who names the page goes on with the page, and says so', async () => {
    const one = reader()
    const stands = {
      posts: [post(1)],
      fails: { '100/tagged': refuse(10, { error_user_msg: 'Needs pages_read_user_content' }) },
    }
    const first = await one.page(graphOf(stands))
    const second = await one.page(graphOf(stands), first.next)
    expect(second).toMatchObject({
      items: [],
      more: false,
      problems: [{ problem: { key: 'meta.permission', values: { reason: 'Needs pages_read_user_content' } } }],
    })
  })

  test('a post that is gone takes its waiting comments with it', async () => {
    const one = reader()
    const first = await one.page(graphOf({ posts: [post(1, 3)] }))
    const gone = await one.page(
      graphOf({ posts: [], fails: { '100_1/comments': refuse(100, { error_subcode: 33 }) } }),
      first.next,
    )
    expect(gone).toMatchObject({ removed: ['facebook:post/100_1'], more: true })
  })

  test('every refusal says what to do', async () => {
    const refusals: [PlatformAnswer, object][] = [
      [refuse(190, { error_subcode: 463 }, 401), { kind: 'signed-out', problem: { key: 'meta.token' } }],
      [refuse(200, {}, 403), { kind: 'signed-out', problem: { key: 'meta.permission' } }],
      [refuse(4), { kind: 'rate-limited', retryAt: new Date('2026-11-22T12:15:00Z') }],
      [
        {
          ...refuse(80_001),
          headers: {
            'x-business-use-case-usage': JSON.stringify({
              100: [{ call_count: 100, estimated_time_to_regain_access: 40 }],
            }),
          },
        },
        { kind: 'rate-limited', retryAt: new Date('2026-11-22T12:40:00Z') },
      ],
      [refuse(100, { error_subcode: 33 }), { kind: 'failed', problem: { key: 'meta.not-found' } }],
      [refuse(1, {}, 500), { kind: 'failed', problem: { key: 'meta.refused' } }],
      [json({ data: 'none' }), { kind: 'failed', problem: { key: 'site.unexpected' } }],
      [{ body: '{"data":[{"id":' }, { kind: 'failed', problem: { key: 'site.unreadable' } }],
    ]
    for (const [answer, told] of refusals) expect(await reader().read(() => answer)).toMatchObject(told)
  })

  test('a token that dies in the middle keeps the place', async () => {
    const one = reader()
    const first = await one.page(graphOf(many))
    expect(await one.read(() => refuse(190, { error_subcode: 460 }, 400), first.next)).toMatchObject({
      kind: 'signed-out',
    })
    const { items } = await all(one, many, first.next)
    expect(items).toHaveLength(120 + 130 + 1 - 50)
  })

  test('what is broken in one post is told and does not hide the others, and much use slows down', async () => {
    const stands = {
      posts: [
        post(1, 0, { created_time: '1970-01-01T00:00:00+0000' }),
        post(2, 0, { created_time: '2050-01-01T00:00:00+0000' }),
        post(3, 0, { id: 7 }),
        'x' as unknown as object,
      ],
    }
    const used = { 'x-app-usage': '{"call_count":85,"total_time":3,"total_cputime":2}' }
    const read = await reader().page((asked) => ({
      ...graphOf({ ...stands, posts: [] })(asked),
      ...(asked.pathname.endsWith('/feed') && { headers: used, body: JSON.stringify({ data: stands.posts }) }),
    }))
    expect(read.items.map(({ postedAt }) => postedAt)).toEqual([null, null])
    expect(read.problems.map(({ problem }) => problem?.key)).toEqual([
      'entry.date',
      'entry.date',
      'entry.unreadable',
      'entry.unreadable',
    ])
    expect(read.health.pollAfterMs).toBe(30 * 60_000)
  })

  test('posts are looked up together, and only what a living token cannot see is gone', async () => {
    const body = (own: object) => [
      own,
      { code: 200, body: JSON.stringify(post(1, 3)) },
      { code: 200, body: JSON.stringify(comment(2)) },
      { code: 400, body: JSON.stringify({ error: { code: 100, error_subcode: 33, message: 'gone' } }) },
      null,
    ]
    const look = (own: object) => {
      const io = plainIo({
        request: async (url, options = {}) => {
          const batch = JSON.parse(new URLSearchParams(String(options.body)).get('batch') ?? '') as {
            relative_url: string
          }[]
          expect(batch.map(({ relative_url }) => relative_url.split('?')[0])).toEqual([
            'me',
            '100_1',
            '1_2',
            '1_3',
            '1_4',
          ])
          return {
            kind: 'ok',
            status: 200,
            headers: {},
            body: Buffer.from(JSON.stringify(body(own))),
            url,
            movedTo: null,
            requests: 1,
          }
        },
        now: () => new Date('2026-11-22T12:00:00Z'),
        signal: new AbortController().signal,
      })
      const source = { id: 1, config: { url: 'https://www.facebook.com/acme' }, secrets, cursor: null }
      return facebookConnector.lookUp!(
        ['facebook:post/100_1', 'facebook:comment/1_2', 'facebook:comment/1_3', 'facebook:comment/1_4', 'x:1'],
        source,
        io,
      )
    }
    expect(await look({ code: 200, body: JSON.stringify(page) })).toMatchObject({
      kind: 'found',
      posts: [
        { id: 'facebook:post/100_1', comments: 3 },
        { id: 'facebook:comment/1_2', root: 'facebook:post/100_1', source: 'Acme Банк' },
      ],
      missing: ['facebook:comment/1_3'],
    })
    expect(await look({ code: 400, body: '{}' })).toMatchObject({ kind: 'signed-out' })
  })

  test('pages are understood however they are written', () => {
    for (const text of ['acme', '@acme', 'facebook.com/acme', 'https://m.facebook.com/acme/posts/1?x=1'])
      expect(readPage(text)?.page).toBe('acme')
    expect(readPage('https://www.facebook.com/profile.php?id=100064')?.page).toBe('100064')
    expect(readPage('https://www.facebook.com/people/Acme-Bank/100064')?.page).toBe('100064')
  })
})

describe('what Meta pushes', () => {
  const push = { url: 'https://heed.example/push/1/token', secret: 'push-secret' }
  const cursor = { page: '100', name: 'Acme Банк' }
  const source = { id: 1, config: { url: 'https://www.facebook.com/acme' }, secrets, cursor, push }
  const io = plainIo({
    request: () => Promise.reject(new Error('nothing is asked')),
    now: () => new Date(),
    signal: new AbortController().signal,
  })
  const sent = (body: string, more: Partial<PushedRequest> = {}, secret = secrets.appSecret): PushedRequest => ({
    method: 'POST',
    headers: new Headers({
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    }),
    query: new URLSearchParams(),
    body: new TextEncoder().encode(body),
    at: new Date('2026-11-22T12:00:00Z'),
    ...more,
  })
  const notice = (...values: object[]) =>
    JSON.stringify({
      object: 'page',
      entry: [{ id: '100', time: 1, changes: values.map((value) => ({ field: 'feed', value })) }],
    })
  const receive = (request: PushedRequest, of = source) => facebookConnector.receive!(of, request, io)

  test('the question whether the address is ours is answered to whoever knows the word', async () => {
    const query = (token: string) =>
      new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': '1158' })
    expect(await receive(sent('', { method: 'GET', query: query('push-secret') }))).toMatchObject({
      reply: { status: 200, body: '1158' },
    })
    expect(await receive(sent('', { method: 'GET', query: query('guess') }))).toMatchObject({
      kind: 'refused',
      status: 403,
    })
  })

  test('comments, edits and deletions come as they happen', async () => {
    const value = {
      item: 'comment',
      post_id: '100_1',
      comment_id: '1_5',
      parent_id: '100_1',
      created_time: 1_795_000_000,
      from: { id: '55', name: 'Анна' },
    }
    const told = await receive(
      sent(
        notice(
          { ...value, verb: 'add', message: 'Где деньги?' },
          { ...value, comment_id: '1_6', parent_id: '1_5', verb: 'edited', message: 'Правка' },
          { ...value, comment_id: '1_7', verb: 'remove' },
          { item: 'post', verb: 'remove', post_id: '100_9' },
          { item: 'reaction', verb: 'add', post_id: '100_1' },
          { item: 'comment' },
        ),
      ),
    )
    expect(told).toMatchObject({
      kind: 'items',
      items: [
        { id: 'facebook:comment/1_5', text: 'Где деньги?', parent: 'facebook:post/100_1' },
        { id: 'facebook:comment/1_6', kind: 'reply', parent: 'facebook:comment/1_5', root: 'facebook:post/100_1' },
      ],
      edited: ['facebook:comment/1_6'],
      removed: ['facebook:comment/1_7', 'facebook:post/100_9'],
      reply: { status: 200 },
    })
  })

  test('nothing is taken of others: without the signature, with another, of another page, or broken', async () => {
    const body = notice({ item: 'comment', verb: 'add', post_id: '100_1', comment_id: '1_5', message: 'x' })
    expect(await receive(sent(body, { headers: new Headers() }))).toMatchObject({ kind: 'refused', status: 403 })
    expect(await receive(sent(body, {}, 'another'))).toMatchObject({ kind: 'refused', status: 403 })
    expect(await receive(sent(body), { ...source, secrets: { ...secrets, appSecret: '' } })).toMatchObject({
      kind: 'refused',
    })
    expect(await receive(sent(body), { ...source, cursor: { page: '999', name: 'Other' } })).toMatchObject({
      items: [],
    })
    expect(await receive(sent('{"object":'))).toMatchObject({ kind: 'refused', status: 400 })
    expect(await receive(sent('{"object":"page"}'))).toMatchObject({ kind: 'refused', status: 400 })
  })
})
