import { describe, expect, test } from 'vitest'
import { connectorContract } from '../connector.contract.ts'
import { readerOf } from '../reader.testing.ts'
import { mastodonConnector } from './mastodon.ts'
import { readTimeline } from './timeline-address.ts'

const account = {
  id: '7',
  username: 'anna',
  acct: 'anna',
  display_name: 'Анна',
  note: '<p>Пишу о банках</p>',
  url: 'https://social.example/@anna',
  followers_count: 120,
  bot: true,
}
const id = (number: number): string => `1100000000000${String(number).padStart(5, '0')}`
const status = (number: number, more: object = {}) => ({
  id: id(number),
  uri: `https://social.example/users/anna/statuses/${number}`,
  url: `https://social.example/@anna/${number}`,
  created_at: '2026-11-22T07:00:00.000Z',
  content: `<p>Статус ${number}</p>`,
  spoiler_text: '',
  language: 'ru',
  visibility: 'public',
  in_reply_to_id: null,
  reblog: null,
  account,
  favourites_count: 3,
  reblogs_count: 2,
  replies_count: 1,
  media_attachments: [],
  mentions: [],
  tags: [{ name: 'филин', url: 'https://social.example/tags/филин' }],
  poll: null,
  ...more,
})
const json = (value: unknown) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) })
/** A server with statuses up to a number: the newest forty, or the forty that follow `min_id`. */
const server =
  (last: number) =>
  (asked: URL): ReturnType<typeof json> => {
    if (asked.pathname === '/api/v1/accounts/lookup') return json(account)
    const after = asked.searchParams.get('min_id')
    const numbers = Array.from({ length: last }, (_, index) => index + 1)
    const found = after === null ? numbers.slice(-40) : numbers.filter((one) => id(one) > after).slice(0, 40)
    return json(found.toReversed().map((one) => status(one)))
  }

connectorContract('mastodon', {
  connector: mastodonConnector,
  settings: (base) => ({ url: `${base}/@anna` }),
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: '#филин' }, field: 'url' },
    { input: { url: 'https://social.example/@anna/110' }, field: 'url' },
  ],
  answer: (request, base) => server(38)(new URL(request.url ?? '', base)),
  posts: 38,
})

describe('mastodon', () => {
  const { read, page, asked } = readerOf(mastodonConnector, { url: '#Филин@social.example' })
  const only = async (more: object) => (await page(() => json([status(5, more)]))).items[0]

  test('a status becomes text, with its author, counts and links but those to accounts and hashtags', async () => {
    const found = await only({
      content:
        '<p><span class="h-card"><a href="https://other.example/@boris" class="u-url mention">@<span>boris</span></a></span> <a href="https://social.example/tags/филин" class="mention hashtag" rel="tag">#<span>филин</span></a> не открывается</p><p><a href="https://bank.example/a" rel="nofollow"><span class="invisible">https://</span><span>bank.example/a</span></a></p>',
      spoiler_text: 'Сбой',
      mentions: [{ id: '1', username: 'boris', url: 'https://other.example/@boris', acct: 'boris@other.example' }],
      media_attachments: [
        {
          type: 'image',
          description: 'снимок',
          url: 'https://files.example/1.png',
          preview_url: 'https://files.example/s1',
        },
        { type: 'gifv', url: 'https://files.example/2.mp4', preview_url: 'https://files.example/2.png' },
        { type: 'audio', url: 'https://files.example/3.mp3', preview_url: 'https://files.example/3.png' },
        { type: 'image', url: null },
      ],
    })
    expect(found).toMatchObject({
      id: 'https://social.example/@anna/5',
      platform: 'mastodon',
      source: '#филин · social.example',
      media: 'social',
      kind: 'post',
      url: 'https://social.example/@anna/5',
      text: 'Сбой\n\n@boris #филин не открывается\n\nhttps://bank.example/a',
      lang: 'ru',
      postedAt: new Date('2026-11-22T07:00:00Z'),
      author: {
        id: 'anna@social.example',
        handle: 'anna@social.example',
        name: 'Анна',
        bio: 'Пишу о банках',
        followers: 120,
        bot: true,
      },
      likes: 3,
      shares: 2,
      comments: 1,
      links: ['https://bank.example/a'],
      has: ['link', 'image', 'video'],
      images: [
        { url: 'https://files.example/1.png', alt: 'снимок' },
        { url: 'https://files.example/2.png', alt: null },
      ],
      tags: ['филин'],
    })
  })

  test('a boost is a repost of what it boosts and does not count its numbers again', async () => {
    const boosted = status(3, {
      account: { ...account, acct: 'vera@other.example' },
      url: 'https://other.example/@vera/3',
    })
    const boost = {
      content: '<p>Статус 3</p>',
      uri: 'https://social.example/users/anna/statuses/5/activity',
      reblog: boosted,
    }
    for (const url of [null, 'https://other.example/@vera/3'])
      expect(await only({ ...boost, url })).toMatchObject({
        id: 'https://social.example/users/anna/statuses/5/activity',
        kind: 'repost',
        text: 'Статус 3',
        parent: 'https://other.example/@vera/3',
        author: { id: 'anna@social.example' },
        likes: null,
        shares: null,
      })
  })

  test('what was not said to everybody, or says nothing, is no post', async () => {
    const quiet = [
      status(1, { visibility: 'private' }),
      status(2, { visibility: 'direct' }),
      status(3, { content: '', media_attachments: [{ type: 'image' }] }),
      status(4, { content: '<p>Своё</p>', reblog: status(9, { visibility: 'private' }) }),
    ]
    expect((await read(() => json(quiet))).kind).toBe('unchanged')
    expect((await only({ content: '', media_attachments: [{ type: 'image', description: 'кот' }] }))?.text).toBe('кот')
    expect((await only({ in_reply_to_id: '99' }))?.kind).toBe('reply')
  })

  test('after a pause it goes on from the status it knows until there is none', async () => {
    const first = await page(server(10))
    expect(first.more).toBe(false)
    asked.length = 0
    const ids: string[] = []
    let cursor = first.next
    for (let more = true; more;) {
      const one = await read(server(105), cursor)
      if (one.kind === 'unchanged') break
      if (one.kind !== 'page') throw new Error(one.kind)
      ids.push(...one.items.map((post) => post.id))
      ;({ next: cursor, more } = one)
    }
    expect(asked.map((url) => url.searchParams.get('min_id'))).toEqual([id(10), id(50), id(90), id(105)])
    expect(asked[0]?.pathname).toBe(`/api/v1/timelines/tag/${encodeURIComponent('филин')}`)
    expect(new Set(ids).size).toBe(95)
    expect(ids).toHaveLength(95)
  })

  test('a server that does not know min_id repeats its page, and nothing comes twice', async () => {
    const first = await page(server(10))
    const again = await read(() => server(10)(new URL('https://social.example/')), first.next)
    expect(again.kind).toBe('unchanged')
  })

  test('an account is looked up once', async () => {
    const one = readerOf(mastodonConnector, { url: '@anna@social.example' })
    const { next } = await one.page(server(2))
    await one.read(server(2), next)
    expect(one.asked.map((url) => url.pathname)).toEqual([
      '/api/v1/accounts/lookup',
      '/api/v1/accounts/7/statuses',
      '/api/v1/accounts/7/statuses',
    ])
  })

  test('a closed timeline, a deleted account and a limit are told', async () => {
    for (const code of [401, 403, 422])
      expect(
        await read(() => ({ status: code, body: '{"error":"This method requires an authenticated user"}' })),
      ).toMatchObject({
        kind: 'signed-out',
        problem: { key: 'mastodon.closed' },
      })
    expect((await read(() => ({ status: 410, body: '{"error":"Gone"}' }))).kind).toBe('gone')
    const limited = { status: 429, headers: { 'x-ratelimit-reset': '2026-11-22T12:03:00.000000Z' } }
    expect(await read(() => limited)).toEqual({ kind: 'rate-limited', retryAt: new Date('2026-11-22T12:03:00Z') })
  })

  test('what is broken in one status is told and does not hide the others', async () => {
    const { items, problems } = await page(() =>
      json([
        status(5, { created_at: '1970-01-01T00:00:00Z' }),
        status(4, { created_at: '2050-01-01T00:00:00Z' }),
        status(3, { account: null }),
        'x',
        status(2),
      ]),
    )
    expect(items.map((post) => post.postedAt)).toEqual([null, null, new Date('2026-11-22T07:00:00Z')])
    expect(problems.map((one) => one.problem?.key)).toEqual([
      'entry.date',
      'entry.date',
      'entry.unreadable',
      'entry.unreadable',
    ])
    expect(await read(() => json({ error: 'oops' }))).toMatchObject({ problem: { key: 'site.unexpected' } })
    expect(await read(() => ({ body: '[{"id":"1",' }))).toMatchObject({ problem: { key: 'site.unreadable' } })
  })

  test('a timeline is understood however it is written', () => {
    const kindOf = (text: string) => readTimeline(text)?.url
    for (const text of [
      'mastodon.social',
      'https://mastodon.social/',
      'https://mastodon.social/public/local',
      'https://mastodon.social/explore',
    ])
      expect(kindOf(text), text).toBe('https://mastodon.social/public/local')
    for (const text of [
      '#Heed@mastodon.social',
      'https://mastodon.social/tags/heed',
      'https://mastodon.social/web/tags/HEED',
    ])
      expect(kindOf(text), text).toBe('https://mastodon.social/tags/heed')
    for (const text of ['@Anna@social.example', 'https://social.example/@anna', 'https://social.example/users/anna'])
      expect(kindOf(text), text).toBe('https://social.example/@anna')
    expect(readTimeline('https://social.example/@vera@other.example')).toMatchObject({
      account: 'vera@other.example',
      title: '@vera@other.example',
    })
  })
})
