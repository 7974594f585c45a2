import { describe, expect, test } from 'vitest'
import type { Post } from '../../posts/post.ts'
import { connectorContract } from '../connector.contract.ts'
import type { Fetched } from '../connector.ts'
import { plainIo, readerOf } from '../reader.testing.ts'
import { renewSecrets } from './ask.ts'
import { answer, json, media, now, playThreads, refuse, token, when, type Stands } from './service.testing.ts'
import { threadsConnector } from './threads.ts'
import { readWanted } from './wanted.ts'

const secrets = { token }
const everything: Stands = {
  threads: Array.from({ length: 105 }, (_, index) => media(index, { has_replies: index === 0 })),
  mentions: [media(900, { username: 'fan', text: '@acmebank привет' })],
  conversations: { '18000': Array.from({ length: 30 }, (_, index) => answer(index, '18000')) },
}

connectorContract('threads', {
  connector: threadsConnector,
  origin: 'https://graph.threads.com',
  settings: () => ({ url: '@AcmeBank' }),
  secrets,
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'https://www.threads.com/settings' }, field: 'url' },
    { input: { url: 'https://example.org/@acme' }, field: 'url' },
    { input: { url: '@' }, field: 'url' },
  ],
  answer: (request, base) =>
    request.headers.authorization === `Bearer ${token}`
      ? playThreads(everything)(new URL(request.url ?? '', base))
      : refuse(190, 0, 401),
  posts: 105 + 30 + 1,
})

connectorContract('threads by words', {
  connector: threadsConnector,
  origin: 'https://graph.threads.com',
  settings: () => ({ url: 'акме банк' }),
  secrets,
  wrongSettings: [{ input: { url: '   ' }, field: 'url' }],
  answer: (request, base) =>
    playThreads({
      // More in one second than a page holds.
      found: Array.from({ length: 215 }, (_, index) => media(index, { timestamp: when(Math.min(index, 100)) })),
    })(new URL(request.url ?? '', base)),
  posts: 215,
})

/** What the pages after this one bring, until nothing more waits. */
async function rest(
  { read }: ReturnType<typeof readerOf>,
  stands: ReturnType<typeof playThreads>,
  first: Extract<Fetched, { kind: 'page' }>,
) {
  const items: Post[] = []
  const problems: (string | undefined)[] = []
  let fetched: Fetched = first
  while (fetched.kind === 'page' && fetched.more) {
    fetched = await read(stands, fetched.next)
    if (fetched.kind !== 'page') break
    items.push(...fetched.items)
    problems.push(...fetched.problems.map(({ problem }) => problem?.key))
  }
  return { items, problems }
}

describe('threads', () => {
  const reader = (url: string) => readerOf(threadsConnector, { url }, now.toISOString(), secrets)

  test('a post, an answer and a mention know who said them and what they answer', async () => {
    const one = reader('@acmebank')
    const stands = playThreads({
      threads: [
        media(1, {
          ...{ has_replies: true, link_attachment_url: 'https://acme.example/a' },
          ...{ media_type: 'IMAGE', media_url: 'https://scontent.example/1.jpg', alt_text: 'касса' },
        }),
      ],
      mentions: [media(5, { username: 'fan', is_reply: true, replied_to: { id: '77' }, root_post: { id: '70' } })],
      conversations: { '18001': [answer(2, '18001'), answer(3, '18001', { replied_to: { id: '19002' } })] },
    })
    const first = await one.page(stands)
    expect(first.items).toMatchObject([
      {
        id: 'threads:18001',
        kind: 'post',
        source: '@AcmeBank',
        author: { handle: 'acmebank' },
        tags: ['банк'],
        links: ['https://acme.example/a'],
        has: ['image', 'link'],
        images: [{ url: 'https://scontent.example/1.jpg', alt: 'касса' }],
        url: 'https://www.threads.com/@acmebank/post/1',
        postedAt: new Date('2026-11-22T11:59:00Z'),
        likes: null,
      },
    ])
    const { items } = await rest(one, stands, first)
    expect(items).toMatchObject([
      { id: 'threads:19002', kind: 'reply', parent: 'threads:18001', root: 'threads:18001' },
      { id: 'threads:19003', parent: 'threads:19002', root: 'threads:18001' },
      { id: 'threads:18005', kind: 'reply', author: { handle: 'fan' }, parent: 'threads:77', root: 'threads:70' },
    ])
  })

  test('answers are read again on a falling schedule, and a post that is gone is removed', async () => {
    const stands = playThreads({ threads: [media(60, { has_replies: true })], conversations: { '180060': [] } })
    let cursor = (await reader('@acmebank').page(stands)).next
    const asksAfter = async (minutes: number) => {
      const at = new Date(now.getTime() + minutes * 60_000).toISOString()
      let asked = 0
      for (let turn = 0; turn < 6; turn += 1) {
        const one = readerOf(threadsConnector, { url: '@acmebank' }, at, secrets)
        const fetched = await one.read(stands, cursor)
        if (fetched.kind !== 'page' && fetched.kind !== 'unchanged') throw new Error(fetched.kind)
        asked += one.asked.filter(({ pathname }) => pathname.endsWith('/conversation')).length
        cursor = fetched.next
        if (fetched.kind === 'unchanged') break
      }
      return asked
    }
    expect([await asksAfter(0), await asksAfter(5), await asksAfter(16)]).toEqual([1, 0, 1])
    const first = await reader('@acmebank').page(playThreads({ threads: [media(1, { has_replies: true })] }))
    const gone = await reader('@acmebank').page(playThreads({}), first.next)
    expect(gone.removed).toEqual(['threads:18001'])
  })

  test('a search asks by words or by topic, counts before it asks, and waits when the day is used up', async () => {
    const one = reader('#Личные финансы')
    const found = await one.page(playThreads({ found: [media(1)] }))
    expect(found).toMatchObject({ items: [{ source: '#Личные финансы' }], health: { pollAfterMs: 300_000 } })
    expect(one.asked[0]?.searchParams.get('search_mode')).toBe('TAG')
    const io = plainIo({
      request: () => Promise.reject(new Error('nothing may be asked')),
      now: () => now,
      signal: new AbortController().signal,
    })
    const until = new Date('2026-11-23T00:00:00Z')
    const spent = { ...io, spend: async () => ({ kind: 'refused' as const, until }) }
    const source = { id: 1, config: { url: 'https://www.threads.com/search?q=x' }, secrets, cursor: null }
    expect(await threadsConnector.fetch?.(source, spent)).toEqual({ kind: 'rate-limited', retryAt: until })
  })

  test('a token of another account, one without the right to mentions, and every refusal say what to do', async () => {
    expect(await reader('@rival').read(playThreads({}))).toMatchObject({
      kind: 'failed',
      problem: { key: 'threads.other', values: { name: 'AcmeBank' } },
    })
    const stands = playThreads({ threads: [media(1)], fails: { 'me/mentions': refuse(10, 0, 403) } })
    const first = await reader('@acmebank').page(stands)
    expect((await rest(reader('@acmebank'), stands, first)).problems).toEqual(['meta.permission'])
    for (const [code, kind, key] of [
      [190, 'signed-out', 'meta.token'],
      [10, 'signed-out', 'meta.permission'],
      [100, 'failed', 'meta.refused'],
    ] as const)
      expect(await reader('@acmebank').read(() => refuse(code))).toMatchObject({ kind, problem: { key } })
    expect((await reader('@acmebank').read(() => refuse(4))).kind).toBe('rate-limited')
  })

  test('what is broken in one post is told and does not hide the others', async () => {
    const { items, problems } = await reader('слова').page(
      playThreads({
        found: [
          media(1, { timestamp: '2050-01-01T00:00:00+0000' }),
          media(2, { id: 7 }),
          media(3, { text: null }),
          media(4, { media_type: 'REPOST_FACADE' }),
          media(5),
        ],
      }),
    )
    expect(items.map(({ postedAt }) => postedAt === null)).toEqual([true, false])
    expect(problems.map(({ problem }) => problem?.key)).toEqual(['entry.date', 'entry.unreadable'])
  })

  test('what is wanted is understood however it is written', () => {
    for (const text of ['@AcmeBank', 'threads.net/@acmebank', 'https://www.threads.com/@acmebank/'])
      expect(readWanted(text)).toMatchObject({ kind: 'account', text: 'acmebank' })
    expect(readWanted('https://www.threads.com/search?q=%D1%84%D0%B8%D0%BB%D0%B8%D0%BD&serp_type=tags')).toMatchObject({
      kind: 'tag',
      text: 'филин',
    })
    expect(readWanted('банк филин')).toMatchObject({ kind: 'words', text: 'банк филин' })
  })
})

describe('a token of Threads', () => {
  const renewed = (secretsNow: { [name: string]: string }, at: Date, given: () => ReturnType<typeof json>) => {
    const asked: URL[] = []
    const io = plainIo({
      request: async (url) => {
        asked.push(new URL(url))
        const { status = 200, body = '' } = given()
        const bytes = new TextEncoder().encode(String(body))
        return { kind: 'ok', status, headers: {}, body: bytes, url, movedTo: null, requests: 1 }
      },
      now: () => at,
      signal: new AbortController().signal,
    })
    return renewSecrets(secretsNow, io).then((kept) => ({ kept, asked }))
  }
  const days = (count: number) => new Date(now.getTime() + count * 86_400_000)
  const fresh = () => json({ access_token: 'THAA-second', token_type: 'bearer', expires_in: 5_183_944 })

  test('is exchanged at once, then halfway through its life, and a refusal is tried again in an hour', async () => {
    const { kept, asked } = await renewed(secrets, now, fresh)
    expect(kept?.['token']).toBe('THAA-second')
    expect(asked[0]?.href).toContain('/refresh_access_token?grant_type=th_refresh_token&access_token=THAA')
    const second = { ...secrets, ...kept }
    expect((await renewed(second, days(29), fresh)).kept).toBeNull()
    expect((await renewed(second, days(31), fresh)).asked).toHaveLength(1)
    // Another token that a person typed knows nothing of the moment of the first.
    expect((await renewed({ ...second, token: 'THAA-third' }, days(1), fresh)).asked).toHaveLength(1)
    const refused = await renewed(secrets, now, () => refuse(100))
    expect(refused.kept?.['token']).toBe(token)
    const again = { ...secrets, ...refused.kept }
    expect((await renewed(again, new Date(now.getTime() + 3_500_000), fresh)).asked).toEqual([])
    expect((await renewed(again, new Date(now.getTime() + 3_700_000), fresh)).kept?.['token']).toBe('THAA-second')
  })

  test('is not kept until it has ended because a clock was wrong once', async () => {
    const { kept } = await renewed(secrets, days(3650), fresh)
    expect((await renewed({ ...secrets, ...kept }, now, fresh)).asked).toHaveLength(1)
  })
})
