import { describe, expect, test } from 'vitest'
import type { Answer, Request } from '../../../base/http/request.ts'
import { connectorContract, type PlatformAnswer } from '../connector.contract.ts'
import type { Cursor, Fetched } from '../connector.ts'
import { accessToken, grantedToken, grantToken, keyFile, refuse } from '../google/google.testing.ts'
import { plainIo } from '../reader.testing.ts'
import { replyContract, type Asked, type ReplyPlatform } from '../reply-channel.contract.ts'
import { googlePlayConnector } from './google-play.ts'
import { googlePlayReplies } from './reply.ts'

const scope = 'https://www.googleapis.com/auth/androidpublisher'
const now = new Date('2026-11-22T12:00:00Z')
const json = (body: unknown): PlatformAnswer => ({ body: JSON.stringify(body) })
const review = (number: number, more: object = {}) => ({
  reviewId: `gp:AOqp${number}`,
  authorName: 'Анна',
  comments: [
    {
      userComment: {
        text: `Плохо\tНе открывается ${number}`,
        lastModified: { seconds: String(1_795_341_600 - number * 600), nanos: 0 },
        starRating: 1,
        reviewerLanguage: 'ru',
        thumbsUpCount: 3,
        thumbsDownCount: 0,
        ...more,
      },
    },
    { developerComment: { text: 'Спасибо', lastModified: { seconds: '1795341700' } } },
  ],
})
const many = Array.from({ length: 230 }, (_, index) => review(index))

/** Google Play's list of the last week, a hundred a page. */
const play =
  (reviews: object[]) =>
  (asked: URL): PlatformAnswer => {
    if (asked.pathname !== '/androidpublisher/v3/applications/com.acme.bank/reviews')
      return refuse(404, 'applicationNotFound')
    const from = Number(asked.searchParams.get('token') ?? 0)
    const rest = from + 100 < reviews.length
    return json({
      reviews: reviews.slice(from, from + 100),
      ...(rest && { tokenPagination: { nextPageToken: String(from + 100) } }),
    })
  }

connectorContract('google play', {
  connector: googlePlayConnector,
  origin: ['https://androidpublisher.googleapis.com', 'https://oauth2.googleapis.com'],
  settings: () => ({ url: 'com.acme.bank' }),
  secrets: { keyFile },
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'https://play.google.com/store/apps' }, field: 'url' },
  ],
  answer: (request, base) =>
    request.url === '/token'
      ? grantedToken
      : request.headers.authorization === `Bearer ${accessToken}`
        ? play(many)(new URL(request.url ?? '', base))
        : refuse(401, 'authError'),
  posts: 230,
})

function reading(own = keyFile) {
  const asked: string[] = []
  const read = async (
    answer: (asked: URL, authorization: string) => PlatformAnswer,
    cursor: Cursor | null = null,
  ): Promise<Fetched> => {
    const request: Request = async (url, options = {}) => {
      const at = new URL(url)
      asked.push(at.host)
      const given =
        at.host === 'oauth2.googleapis.com'
          ? grantToken(String(options.body), now, scope)
          : answer(at, options.headers?.['authorization'] ?? '')
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
    const io = plainIo({ request, now: () => now, signal: new AbortController().signal })
    return googlePlayConnector.fetch!(
      { id: 1, config: googlePlayConnector.parseConfig({ url: 'com.acme.bank' }), secrets: { keyFile: own }, cursor },
      io,
    )
  }
  return { read, asked }
}

describe('google play', () => {
  test('a review has its stars, its title before the tab, and its language', async () => {
    expect(await reading().read(play([review(1)]))).toMatchObject({
      items: [
        {
          id: 'google-play:gp:AOqp1',
          kind: 'review',
          rating: 1,
          title: 'Плохо',
          text: 'Не открывается 1',
          lang: 'ru',
          likes: 3,
          author: { name: 'Анна' },
          source: 'com.acme.bank',
        },
      ],
    })
    const plain = await reading().read(play([review(1, { text: 'Без заголовка' })]))
    expect(plain).toMatchObject({ items: [{ title: null, text: 'Без заголовка' }] })
  })

  test('a changed review is an edit, and what was read is not read again', async () => {
    const one = reading()
    const first = await one.read(play([review(1)]))
    if (first.kind !== 'page') throw new Error(first.kind)
    expect((await one.read(play([review(1)]), first.next)).kind).toBe('unchanged')
    const seconds = String(now.getTime() / 1000)
    expect(
      await one.read(play([review(1, { text: 'Починили', lastModified: { seconds } })]), first.next),
    ).toMatchObject({ edited: ['google-play:gp:AOqp1'] })
  })

  test('a token that ends in the middle is replaced once, and one that is taken back is told', async () => {
    const one = reading()
    await one.read(play([]))
    let refusals = 0
    const expired = await one.read((asked, authorization) => {
      expect(authorization).toBe(`Bearer ${accessToken}`)
      refusals += 1
      return refusals === 1 ? refuse(401, 'authError') : play([review(1)])(asked)
    })
    expect(expired.kind).toBe('page')
    expect(one.asked.filter((host) => host === 'oauth2.googleapis.com').length).toBeGreaterThanOrEqual(1)
    expect(await one.read(() => refuse(401, 'authError'))).toMatchObject({
      kind: 'signed-out',
      problem: { key: 'google.signed-out' },
    })
    expect(await reading('{"type":"authorized_user"}').read(play([]))).toMatchObject({
      kind: 'signed-out',
      problem: { key: 'google.key-file' },
    })
    const broken = JSON.stringify({
      ...(JSON.parse(keyFile) as object),
      private_key: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END',
    })
    expect(await reading(broken).read(play([]))).toMatchObject({
      kind: 'signed-out',
      problem: { key: 'google.key-file' },
    })
  })

  test('every refusal says what to do', async () => {
    const refusals: [PlatformAnswer, object][] = [
      [refuse(403, 'PERMISSION_DENIED'), { kind: 'signed-out', problem: { key: 'google-play.forbidden' } }],
      [refuse(404, 'applicationNotFound'), { kind: 'failed', problem: { key: 'google-play.not-found' } }],
      [refuse(403, 'quotaExceeded'), { kind: 'rate-limited', retryAt: new Date('2026-11-22T13:00:00Z') }],
      [refuse(400, 'INVALID_ARGUMENT'), { kind: 'failed', problem: { key: 'google-play.refused' } }],
    ]
    for (const [answer, told] of refusals) expect(await reading().read(() => answer)).toMatchObject(told)
  })

  test('what is broken in one review is told and does not hide the others', async () => {
    const read = await reading().read(
      play([
        review(1, { lastModified: { seconds: '4000000000' } }),
        review(2, { lastModified: { seconds: 'x' } }),
        review(3, { starRating: 7 }),
        { reviewId: 5 },
        { reviewId: 'x', comments: [] },
      ]),
    )
    if (read.kind !== 'page') throw new Error(read.kind)
    expect(read.items.map(({ postedAt, rating }) => [postedAt === null, rating])).toEqual([
      [true, 1],
      [true, 1],
      [false, null],
    ])
    expect(read.problems.map(({ problem }) => problem?.key)).toEqual(['entry.date', 'entry.unreadable'])
  })
})

/** One review with room for one answer. */
function start(): ReplyPlatform {
  let text = ''
  return {
    published: () => (text === '' ? [] : [{ id: 'gp:1', text }]),
    answer({ method, url, headers, body }: Asked) {
      if (url.host === 'oauth2.googleapis.com') return grantToken(body, now, scope)
      if (headers['authorization'] !== `Bearer ${accessToken}`) return refuse(401, 'authError')
      const path = url.pathname.replace('/androidpublisher/v3/applications/com.acme.bank/', '')
      if (path === 'reviews') return json({ reviews: [] })
      if (method === 'GET' && path === `reviews/${encodeURIComponent('gp:1')}`)
        return json({
          reviewId: 'gp:1',
          comments: [{ userComment: { text: 'Плохо' } }, ...(text === '' ? [] : [{ developerComment: { text } }])],
        })
      if (path !== `reviews/${encodeURIComponent('gp:1')}:reply`) return refuse(404, 'reviewNotFound')
      text = (JSON.parse(body) as { replyText: string }).replyText
      return json({ result: { replyText: text, lastEdited: { seconds: '1' } } })
    },
  }
}

replyContract('google play', {
  channel: googlePlayReplies,
  settings: { app: 'com.acme.bank', keyFile },
  wrongSettings: [
    { input: null, field: 'app' },
    { input: { app: 'com.acme.bank', keyFile: '{}' }, field: 'keyFile' },
  ],
  name: 'com.acme.bank',
  to: { id: 'google-play:gp:1', url: null, title: null, parent: null, root: null, author: null },
  start,
  publishes: ({ method, url }) => method === 'POST' && url.pathname.endsWith(':reply'),
})
