import { describe, expect, test } from 'vitest'
import type { Answer, Request } from '../../../base/http/request.ts'
import { parseQuery } from '../../query/parse.ts'
import { connectorContract, type PlatformAnswer } from '../connector.contract.ts'
import type { Charge, Cursor, Fetched, Paid, SourceIo } from '../connector.ts'
import { plainIo } from '../reader.testing.ts'
import { authorization } from './oauth1.ts'
import { Prepaid } from './prepaid.ts'
import { rulesOf } from './rules.ts'
import { momentOfId } from './snowflake.ts'
import { readWanted } from './wanted.ts'
import { idAt, refuse, token, xPost, xWith } from './x-service.testing.ts'
import { xConnector } from './x.ts'

const now = new Date('2026-11-22T12:00:00Z')
const morning = '2026-11-22T09:00:00Z'
const numbered = (count: number, from: string | number = morning) =>
  Array.from({ length: count }, (_, index) => xPost(idAt(from, index)))

connectorContract('x', {
  connector: xConnector,
  origin: 'https://api.x.com',
  settings: () => ({ url: '"acme bank" -is:retweet' }),
  secrets: { token },
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'a'.repeat(513) }, field: 'url' },
    { input: { url: 'https://x.com/settings/account' }, field: 'url' },
    { input: { url: 'stream:' }, field: 'url' },
  ],
  answer: (request, base) =>
    xWith(numbered(10), now)(new URL(request.url ?? '', base), request.headers.authorization ?? null),
  posts: 10,
})

/** An account book for one test: what was reserved at most at once, and what was billed. */
function purse(budget = Infinity) {
  const seen = new Set<string>()
  const book = { spent: 0, asked: [] as number[] }
  const pay = async (most: number): Promise<Paid> => {
    book.asked.push(most)
    if (book.spent + most > budget)
      return {
        kind: 'refused',
        until: new Date('2026-12-01T00:00:00Z'),
        problem: { key: 'budget.spent', values: { until: '2026-12-01' } },
      }
    book.spent += most
    return {
      kind: 'reserved',
      async settle(charged: Charge[]) {
        const fresh = charged.filter(({ once }) => once === null || !seen.has(once))
        for (const { once } of fresh) if (once !== null) seen.add(once)
        book.spent += fresh.reduce((sum, { micros }) => sum + micros, 0) - most
      },
    }
  }
  return { pay, book }
}

function reading(settings: unknown, budget?: number) {
  const asked: URL[] = []
  const money = purse(budget)
  const ioOf = (answer: (asked: URL, authorization: string | null) => PlatformAnswer): SourceIo => {
    const request: Request = async (url, options) => {
      asked.push(new URL(url))
      const {
        status = 200,
        headers = {},
        body = '',
      } = answer(new URL(url), options?.headers?.['authorization'] ?? null)
      const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
      return { kind: 'ok', status, headers, body: bytes, url, movedTo: null, requests: 1 } satisfies Answer
    }
    return { ...plainIo({ request, now: () => now, signal: new AbortController().signal }), pay: money.pay }
  }
  const source = (cursor: Cursor | null) => ({
    id: 7,
    config: xConnector.parseConfig(settings),
    secrets: { token },
    cursor,
  })
  const read = (answer: Parameters<typeof ioOf>[0], cursor: Cursor | null = null): Promise<Fetched> =>
    xConnector.fetch!(source(cursor), ioOf(answer))
  const page = async (...given: Parameters<typeof read>) => {
    const fetched = await read(...given)
    if (fetched.kind !== 'page') throw new Error(`Expected a page, not ${JSON.stringify(fetched)}`)
    return fetched
  }
  const lookUp = (ids: string[], answer: Parameters<typeof ioOf>[0]) =>
    xConnector.lookUp!(ids, source(null), ioOf(answer))
  return { read, page, asked, lookUp, book: money.book }
}

describe('x', () => {
  test('a post has its author, its counts, its whole text, and links as people see them', async () => {
    const id = idAt(morning)
    const { page } = reading({ url: 'acme' })
    const long = xPost(id, {
      text: 'Длинный &amp; обрезан… https://t.co/a',
      note_tweet: {
        text: 'Длинный &amp; целый &lt;b&gt; https://t.co/a https://t.co/b',
        entities: {
          urls: [
            {
              url: 'https://t.co/a',
              expanded_url: 'https://bank.example/a',
              unwound_url: 'https://bank.example/a?x=1',
            },
            { url: 'https://t.co/b', expanded_url: 'https://x.com/anna/status/1/photo/1', media_key: '3_1' },
          ],
        },
      },
      attachments: { media_keys: ['3_1', '7_2'] },
      geo: { coordinates: { type: 'Point', coordinates: [37.6, 55.7] } },
      referenced_tweets: [{ type: 'quoted', id: '100' }],
      entities: { hashtags: [{ tag: 'банк' }] },
    })
    expect((await page(xWith([long], now))).items).toMatchObject([
      {
        id: `x:${id}`,
        kind: 'quote',
        url: `https://x.com/anna/status/${id}`,
        text: 'Длинный & целый <b> https://bank.example/a',
        lang: 'ru',
        postedAt: new Date(morning),
        author: { id: '42', handle: 'anna', name: 'Анна', followers: 120, verified: false },
        likes: 3,
        shares: 2,
        comments: 2,
        views: 400,
        parent: 'x:100',
        root: null,
        links: ['https://bank.example/a?x=1'],
        has: ['link', 'image', 'video'],
        tags: ['банк'],
        place: { point: { latitude: 55.7, longitude: 37.6 } },
      },
    ])
  })

  test('both spellings of the platform’s own words are read, and a repost does not count again', async () => {
    const [first, second] = [idAt(morning), idAt(morning, 60)]
    const { page } = reading({ url: 'acme' })
    const renamed = xPost(second, {
      edit_history_tweet_ids: undefined,
      edit_history_post_ids: [first, second],
      referenced_posts: [{ type: 'reposted', id: first }],
      note_post: { text: 'Целиком' },
      lang: 'und',
      conversation_id: first,
    })
    expect((await page(xWith([renamed], now))).items).toMatchObject([
      // An edit has another id at X; here it is the post it edits.
      {
        id: `x:${first}`,
        text: 'Целиком',
        kind: 'repost',
        parent: `x:${first}`,
        root: `x:${first}`,
        likes: null,
        lang: null,
        url: `https://x.com/anna/status/${second}`,
      },
    ])
  })

  test('the first reading takes ten, later ones everything since, page by page, and are paid for what came', async () => {
    const posts = numbered(15)
    const { page, read, asked, book } = reading({ url: 'acme' })
    const first = await page(xWith(posts, now))
    expect([first.items.length, first.more]).toEqual([10, false])
    expect(book).toEqual({ spent: 10 * 5000 + 10_000, asked: [150_000] })
    const grown = [...posts, ...numbered(230, idMoment(posts.at(-1)!.id) + 1000)]
    const ids: string[] = []
    let cursor = first.next
    for (let more = true; more;) {
      const next = await page(xWith(grown, now), cursor)
      ids.push(...next.items.map(({ id }) => id))
      ;({ next: cursor, more } = next)
    }
    expect(new Set(ids).size).toBe(230)
    expect(ids).toHaveLength(230)
    expect(book.spent).toBe(240 * 5000 + 10_000)
    expect(asked).toHaveLength(4)
    expect((await read(xWith(grown, now), cursor)).kind).toBe('unchanged')
    expect(book.spent).toBe(240 * 5000 + 10_000)
  })

  test('after more than a week it looks back as far as X does', async () => {
    const old = idAt('2026-11-01T00:00:00Z')
    const { page, asked } = reading({ url: 'acme' })
    const { items } = await page(xWith(numbered(3), now), { url: 'acme', newest: old, top: '', before: '' })
    expect(items).toHaveLength(3)
    expect(asked[0]?.searchParams.get('start_time')).toBe('2026-11-15T12:01:00Z')
    // A walk that was broken off longer ago than that is over.
    const broken = { url: 'acme', newest: old, top: idAt('2026-11-02T00:00:00Z'), before: old }
    expect(await reading({ url: 'acme' }).read(xWith([], now), broken)).toMatchObject({
      kind: 'unchanged',
      next: { newest: broken.top },
    })
  })

  test('with little left it asks for little, and with nothing left it rests and says until when', async () => {
    const posts = numbered(5)
    const little = reading({ url: 'acme' }, 200_000)
    const cursor = { url: 'acme', newest: idAt(morning), top: '', before: '' }
    expect((await little.page(xWith(posts, now), cursor)).items).toHaveLength(4)
    expect(little.asked[0]?.searchParams.get('max_results')).toBe('10')
    const nothing = reading({ url: 'acme' }, 100_000)
    expect(await nothing.read(xWith(posts, now), cursor)).toMatchObject({
      kind: 'rate-limited',
      retryAt: new Date('2026-12-01T00:00:00Z'),
      problem: { key: 'budget.spent' },
    })
    expect(nothing.asked).toEqual([])
  })

  test('what X refuses costs nothing and says what to do; what cannot be read stays paid', async () => {
    const reset = String(now.getTime() / 1000 + 300)
    const refusals: [PlatformAnswer, object][] = [
      [refuse(401, 'unauthorized', 'Unauthorized'), { kind: 'signed-out', problem: { key: 'x.signed-out' } }],
      [
        refuse(403, 'client-forbidden', 'not enrolled'),
        { kind: 'signed-out', problem: { key: 'x.forbidden', values: { reason: 'not enrolled' } } },
      ],
      [
        refuse(400, 'invalid-request', 'Reference to invalid operator'),
        { kind: 'failed', problem: { key: 'x.refused' } },
      ],
      [
        refuse(402, 'credits', 'no credits'),
        { kind: 'failed', retryAt: new Date('2026-11-22T18:00:00Z'), problem: { key: 'x.no-credits' } },
      ],
      [
        refuse(429, 'usage-capped', 'Monthly'),
        { kind: 'rate-limited', retryAt: new Date('2026-12-01T00:00:00Z'), problem: { key: 'x.capped' } },
      ],
      [
        refuse(429, 'rate-limit-exceeded', 'Slow', { 'x-rate-limit-reset': reset }),
        { kind: 'rate-limited', retryAt: new Date('2026-11-22T12:05:00Z') },
      ],
      [refuse(503, 'unavailable', 'Overloaded'), { kind: 'failed', problem: { key: 'site.status' } }],
    ]
    for (const [answer, told] of refusals) {
      const one = reading({ url: 'acme' })
      expect(await one.read(() => answer)).toMatchObject(told)
      expect(one.book.spent, JSON.stringify(told)).toBe(0)
    }
    const cut = reading({ url: 'acme' })
    expect(await cut.read(() => ({ body: '{"data":[{"id":"1"' }))).toMatchObject({
      problem: { key: 'site.unreadable' },
    })
    expect(cut.book.spent).toBe(150_000)
  })

  test('what is broken in one post is told and does not hide the others', async () => {
    const [a, b, c] = numbered(3)
    const { page } = reading({ url: 'acme' })
    const body = {
      data: [
        { ...c, created_at: '1970-01-01T00:00:00Z' },
        { ...b, created_at: '2050-01-01T00:00:00Z' },
        { ...a, text: 7 },
        'x',
        { ...a, id: '12x' },
      ],
      includes: { users: 'none' },
      meta: {},
    }
    const { items, problems, next } = await page(() => ({ body: JSON.stringify(body) }))
    expect(items.map(({ postedAt }) => postedAt)).toEqual([null, null])
    expect(problems.map(({ problem }) => problem?.key)).toEqual([
      'entry.date',
      'entry.date',
      'entry.unreadable',
      'entry.unreadable',
      'entry.unreadable',
    ])
    expect(next['newest']).toBe(c!.id)
  })

  test('counts are looked up on the day of the post only, when they cost nothing more', async () => {
    const [today, gone] = [idAt(morning), idAt(morning, 5)]
    const one = reading({ url: 'acme' })
    await one.page(xWith([xPost(today)], now))
    const before = one.book.spent
    one.asked.length = 0
    const yesterday = `x:${idAt('2026-11-21T23:59:00Z')}`
    const looked = await one.lookUp(
      [`x:${today}`, `x:${gone}`, yesterday, 'https://bank.example/a'],
      xWith([xPost(today)], now),
    )
    expect(looked).toMatchObject({ kind: 'found', posts: [{ id: `x:${today}`, views: 400 }], missing: [`x:${gone}`] })
    expect(one.book.spent).toBe(before)
    expect(one.asked[0]?.searchParams.get('ids')).toBe(`${today},${gone}`)
    expect(await one.lookUp([yesterday], xWith([], now))).toEqual({ kind: 'found', posts: [], missing: [] })
    expect(one.asked).toHaveLength(1)
  })

  test('what is wanted is understood however it is written', () => {
    expect(readWanted('https://x.com/search?q=%22acme%20bank%22&f=live')).toEqual({
      kind: 'search',
      query: '"acme bank"',
    })
    expect(readWanted('https://twitter.com/acme')).toEqual({ kind: 'search', query: 'from:acme' })
    expect(readWanted(' Темы ')).toEqual({ kind: 'stream', rule: null })
    expect(readWanted('stream: acme  bank')).toEqual({ kind: 'stream', rule: 'acme bank' })
    for (const url of ['topics', 'stream: acme', 'acme bank'])
      expect(xConnector.parseConfig(xConnector.parseConfig({ url }))).toEqual({ url })
    expect(xConnector.way?.({ url: 'topics' }, {})).toBe('stream')
    expect(xConnector.way?.({ url: 'topics of the day' }, {})).toBe('poll')
  })

  test('a day of X is known by the id alone', () => {
    // The example of https://en.wikipedia.org/wiki/Snowflake_ID.
    expect(momentOfId('1541815603606036480').toISOString()).toBe('2022-06-28T16:07:40.105Z')
  })

  test('rules hold every word that a topic cannot do without', () => {
    const rules = (...texts: string[]) => rulesOf(texts.map((text) => parseQuery(text).query))
    expect(rules('acme bank', '"acme pay" OR #acme')).toEqual({
      rules: ['("acme" "bank") OR ("acme pay") OR (#acme)'],
      left: 0,
    })
    expect(rules('acme NOT bank', 'lang:ru', 'acm*')).toEqual({ rules: ['("acme")'], left: 2 })
    expect(rules('(a OR lang:ru) b')).toEqual({ rules: ['("b")'], left: 0 })
    const many = rules(Array.from({ length: 60 }, (_, index) => `слово${index}`).join(' OR '))
    expect(many.rules.length).toBeGreaterThan(1)
    for (const rule of many.rules) expect(rule.length).toBeLessThanOrEqual(512)
    expect(many.rules.join(' OR ').match(/слово\d+/g)).toHaveLength(60)
  })

  test('a request is signed as X shows it', () => {
    // The example of https://docs.x.com/fundamentals/authentication/oauth-1-0a/creating-a-signature.
    const keys = {
      apiKey: 'xvz1evFS4wEEPTGEFPHBog',
      apiSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
      accessToken: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
      accessSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
    }
    const url = new URL('https://api.x.com/1.1/statuses/update.json?include_entities=true')
    url.searchParams.set('status', 'Hello Ladies + Gentlemen, a signed OAuth request!')
    const once = { nonce: 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg', at: new Date(1_318_622_958_000) }
    expect(authorization(keys, { method: 'post', url: url.href }, once)).toContain(
      `oauth_signature="${encodeURIComponent('Ls93hJiZbQ3akF3HF3x1Bz8/zU4=')}"`,
    )
  })
})

describe('paying ahead', () => {
  const charge = (id: string): Charge => ({ micros: 10, once: id })

  test('a second portion is held for what is on its way when no third can be had', async () => {
    const { pay, book } = purse(50)
    const opened = await Prepaid.open(pay, 20, () => now)
    if ('refused' in opened) throw new Error('refused')
    const { meter } = opened
    expect(book.spent).toBe(40)
    expect(await meter.count([charge('1')])).toBeNull()
    expect(await meter.count([charge('2')])).toMatchObject({ kind: 'refused' })
    await meter.count([charge('3')])
    await meter.close()
    expect(book.spent).toBe(30)
  })

  test('what is not used goes back, and one portion alone opens nothing', async () => {
    const { pay, book } = purse(30)
    expect(await Prepaid.open(pay, 20, () => now)).toMatchObject({ refused: { kind: 'refused' } })
    expect(book.spent).toBe(0)
    const opened = await Prepaid.open(pay, 10, () => now)
    if ('refused' in opened) throw new Error('refused')
    await opened.meter.close()
    expect(book.spent).toBe(0)
  })

  test('a day that begins settles what came before it', async () => {
    const { pay, book } = purse()
    let at = now
    const opened = await Prepaid.open(pay, 1000, () => at)
    if ('refused' in opened) throw new Error('refused')
    await opened.meter.count([charge('1')])
    at = new Date('2026-11-23T00:00:05Z')
    await opened.meter.count([charge('2')])
    expect(book.asked).toHaveLength(3)
    await opened.meter.close()
    expect(book.spent).toBe(20)
  })
})

function idMoment(id: string): number {
  return momentOfId(id).getTime()
}
