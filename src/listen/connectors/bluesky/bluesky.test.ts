import { describe, expect, test } from 'vitest'
import { connectorContract } from '../connector.contract.ts'
import { readerOf } from '../reader.testing.ts'
import { blueskyConnector } from './bluesky.ts'
import { PostRecord, recordToPost } from './record.ts'
import { readTarget } from './target.ts'

const anna = { did: 'did:plc:anna', handle: 'anna.test', displayName: 'Анна' }
const uri = (n: number, did = anna.did) => `at://${did}/app.bsky.feed.post/3l3qo2vuow${String(n).padStart(2, 'x')}b`
const view = (n: number, more: object = {}) => ({
  uri: uri(n),
  cid: 'bafyreidwaivazkwu67xztlmuobx35hs2lnfh3kolmgfmucldvhd3sgzcqi',
  author: anna,
  record: { $type: 'app.bsky.feed.post', text: `Пост ${n}`, createdAt: '2026-11-22T07:00:00.000Z', langs: ['ru-RU'] },
  indexedAt: `2026-11-22T07:${String(n % 60).padStart(2, '0')}:00.000Z`,
  likeCount: 3,
  repostCount: 2,
  quoteCount: 1,
  replyCount: 4,
  ...more,
})
const json = (value: unknown, status = 200) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})

connectorContract('bluesky', {
  connector: blueskyConnector,
  settings: (base) => ({ url: '@anna.test', service: base }),
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'https://example.com/' }, field: 'url' },
    { input: { url: '@anna.test', service: 'nowhere' }, field: 'service' },
  ],
  answer: () => json({ feed: [3, 2, 1].map((n) => ({ post: view(n) })) }),
  posts: 3,
})

describe('a record', () => {
  const place = { did: 'did:plc:anna', rkey: '3l3qo2vuowo2b' }
  const seenAt = new Date('2026-11-22T12:00:00Z')
  const read = (record: object) => recordToPost(PostRecord.parse({ text: 'Текст', ...record }), place, seenAt)

  test('becomes a post with its links, pictures, tags and language', () => {
    const cid = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku'
    const picture = { $type: 'blob', ref: { $link: cid }, mimeType: 'image/jpeg', size: 1000 }
    const feature = (kind: string, more: object) => ({
      index: { byteStart: 0, byteEnd: 4 },
      features: [{ $type: `app.bsky.richtext.facet#${kind}`, ...more }],
    })
    expect(
      read({
        text: 'Банк не работает bank.example/long…',
        createdAt: '2026-11-22T11:00:00Z',
        langs: ['ru'],
        facets: [
          feature('link', { uri: 'https://bank.example/long/address' }),
          feature('tag', { tag: 'филин' }),
          feature('mention', { did: 'did:plc:boris' }),
          feature('link', { uri: 'javascript:alert(1)' }),
        ],
        embed: { $type: 'app.bsky.embed.images', images: [{ alt: 'снимок экрана', image: picture }, { image: {} }] },
        labels: { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: 'graphic-media' }] },
        tags: ['банк'],
      }),
    ).toMatchObject({
      id: 'bluesky:at://did:plc:anna/app.bsky.feed.post/3l3qo2vuowo2b',
      platform: 'bluesky',
      kind: 'post',
      media: 'social',
      url: 'https://bsky.app/profile/did:plc:anna/post/3l3qo2vuowo2b',
      text: 'Банк не работает bank.example/long…',
      lang: 'ru',
      postedAt: new Date('2026-11-22T11:00:00Z'),
      author: { id: 'did:plc:anna', handle: null, followers: null },
      links: ['https://bank.example/long/address'],
      has: ['link', 'image'],
      images: [{ url: `https://cdn.bsky.app/img/feed_fullsize/plain/did:plc:anna/${cid}@jpeg`, alt: 'снимок экрана' }],
      tags: ['филин', 'банк', 'graphic-media'],
    })
  })

  test('an answer names what it answers and where the thread began; a quote names what it quotes', () => {
    const reply = { root: { uri: uri(1), cid: 'a' }, parent: { uri: uri(2), cid: 'b' } }
    expect(read({ reply })).toMatchObject({ kind: 'reply', parent: `bluesky:${uri(2)}`, root: `bluesky:${uri(1)}` })
    const quoted = { $type: 'app.bsky.embed.record', record: { uri: uri(3), cid: 'c' } }
    expect(read({ embed: quoted })).toMatchObject({ kind: 'quote', parent: `bluesky:${uri(3)}`, root: null })
    const withPicture = {
      $type: 'app.bsky.embed.recordWithMedia',
      record: quoted,
      media: { $type: 'app.bsky.embed.video', alt: 'кот' },
    }
    expect(read({ embed: withPicture })).toMatchObject({ kind: 'quote', parent: `bluesky:${uri(3)}`, has: ['video'] })
    const list = {
      $type: 'app.bsky.embed.record',
      record: { uri: 'at://did:plc:anna/app.bsky.graph.list/1', cid: 'd' },
    }
    expect(read({ embed: list })).toMatchObject({ kind: 'post', parent: null })
  })

  test('a post without words says what its pictures and cards say, and without those nothing', () => {
    const images = [{ alt: 'Чек из банка' }, { alt: '' }]
    expect(read({ text: '', embed: { $type: 'app.bsky.embed.images', images } })?.text).toBe('Чек из банка')
    const external = { uri: 'https://news.example/1', title: 'Сбой', description: 'Банк молчит' }
    expect(read({ text: ' ', embed: { $type: 'app.bsky.embed.external', external } })).toMatchObject({
      text: 'Сбой\n\nБанк молчит',
      links: ['https://news.example/1'],
      has: ['link'],
    })
    expect(read({ text: ' \n' })).toBeNull()
  })

  test('dates that cannot be true are the moment when the network met the post', () => {
    for (const createdAt of ['2099-01-01T00:00:00Z', '1970-01-01T00:00:00Z', 'вчера', undefined, 17])
      expect(read({ createdAt })?.postedAt).toEqual(seenAt)
  })

  test('what is of a wrong type is left out and the text stays', () => {
    const broken = { langs: 'ru', reply: { root: 1 }, facets: [{}], embed: { images: 5 }, labels: [], tags: { a: 1 } }
    expect(read(broken)).toMatchObject({ text: 'Текст', kind: 'post', lang: null, links: [], tags: [] })
    expect(read({ langs: ['ru', 'en'] })?.lang).toBeNull()
    expect(PostRecord.safeParse({ text: 5 }).success).toBe(false)
  })
})

describe('bluesky', () => {
  const { read, page, asked } = readerOf(blueskyConnector, { url: '@Anna.test' })

  test('an account brings its posts with counts, and its reposts without', async () => {
    const boris = { did: 'did:plc:boris', handle: 'boris.test', displayName: '' }
    const reason = {
      $type: 'app.bsky.feed.defs#reasonRepost',
      by: anna,
      uri: 'at://did:plc:anna/app.bsky.feed.repost/3l3qo2vuowo9b',
      indexedAt: '2026-11-22T11:00:00Z',
    }
    const { items } = await page(() =>
      json({ feed: [{ post: view(5, { author: boris, uri: uri(5, boris.did) }), reason }, { post: view(4) }] }),
    )
    expect(asked[0]?.href).toContain('https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed?')
    expect(asked[0]?.searchParams.get('actor')).toBe('anna.test')
    expect(items).toMatchObject([
      {
        id: `bluesky:${reason.uri}`,
        kind: 'repost',
        parent: `bluesky:${uri(5, boris.did)}`,
        likes: null,
        author: { id: anna.did },
      },
      { kind: 'post', likes: 3, shares: 3, comments: 4, author: { handle: 'anna.test', name: 'Анна' } },
    ])
  })

  test('after a pause it goes back until it meets what was there', async () => {
    const one = readerOf(blueskyConnector, { url: '@anna.test' })
    const server = (last: number) => (url: URL) => {
      const before = Number(url.searchParams.get('cursor') ?? last + 1)
      const numbers = Array.from({ length: 5 }, (_, index) => before - 1 - index).filter((n) => n > 0)
      return json({ feed: numbers.map((n) => ({ post: view(n) })), cursor: String(before - 5) })
    }
    let { next: cursor, more } = await one.page(server(5))
    for (; more;) {
      const again = await one.read(server(5), cursor)
      if (again.kind !== 'page' && again.kind !== 'unchanged') throw new Error(again.kind)
      cursor = again.next
      more = again.kind === 'page' && again.more
    }
    const found: string[] = []
    for (more = true; more;) {
      const next = await one.read(server(40), cursor)
      if (next.kind !== 'page') break
      found.push(...next.items.map(({ id }) => id))
      ;({ next: cursor, more } = next)
    }
    expect(new Set(found).size).toBe(35)
    expect(found).toHaveLength(35)
  })

  test('a search without an account says that it needs one', async () => {
    const one = readerOf(blueskyConnector, { url: 'https://bsky.app/search?q=%D1%84%D0%B8%D0%BB%D0%B8%D0%BD' })
    const fetched = await one.read(() => json({ error: 'AuthMissing', message: 'Authentication Required' }, 401))
    expect(one.asked[0]?.searchParams.get('q')).toBe('филин')
    expect(fetched).toMatchObject({ kind: 'signed-out', problem: { key: 'bluesky.closed' } })
  })

  test('an account that is not there and a limit are told', async () => {
    const missing = json({ error: 'InvalidRequest', message: 'Profile not found' }, 400)
    expect(await read(() => missing)).toMatchObject({ kind: 'failed', problem: { key: 'bluesky.not-found' } })
    const reset = String(Date.parse('2026-11-22T12:03:00Z') / 1000)
    expect(await read(() => ({ ...json({}, 429), headers: { 'ratelimit-reset': reset } }))).toEqual({
      kind: 'rate-limited',
      retryAt: new Date('2026-11-22T12:03:00Z'),
    })
  })

  test('what is broken in one post is told and does not hide the others', async () => {
    const { items, problems } = await page(() =>
      json({ feed: [{ post: view(3) }, { post: { ...view(2), author: 5 } }, 'x', { post: view(1) }] }),
    )
    expect(items).toHaveLength(2)
    expect(problems.map(({ problem }) => problem?.key)).toEqual(['entry.unreadable', 'entry.unreadable'])
  })

  test('what is wanted is understood however it is written', () => {
    for (const text of ['bsky.app', 'https://bsky.app', 'https://bsky.app/'])
      expect(readTarget(text), text).toMatchObject({ kind: 'network', url: 'https://bsky.app' })
    for (const text of ['@anna.test', 'https://bsky.app/profile/Anna.test', 'bsky.app/profile/anna.test'])
      expect(readTarget(text), text).toMatchObject({ kind: 'account', url: 'https://bsky.app/profile/anna.test' })
    expect(readTarget('#филин')).toMatchObject({ kind: 'search', query: '#филин' })
    expect(readTarget('https://bsky.app/hashtag/heed')).toMatchObject({ kind: 'search', query: '#heed' })
    expect(readTarget('wss://jetstream.example/subscribe')).toMatchObject({ url: 'wss://jetstream.example' })
    for (const text of ['', 'https://example.com', 'https://bsky.app/settings', 'ws://'])
      expect(readTarget(text), text).toBeNull()
    for (const text of ['bsky.app', '@anna.test', '#филин', 'банк филин', 'ws://127.0.0.1:1'])
      expect(readTarget(readTarget(text)?.url ?? ''), text).toEqual(readTarget(text))
  })
})
