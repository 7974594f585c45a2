import { describe, expect, test } from 'vitest'
import { connectorContract, type PlatformAnswer } from '../connector.contract.ts'
import { accessToken, grantedToken, grantToken, person, refuse } from '../google/google.testing.ts'
import { readerOf } from '../reader.testing.ts'
import { replyContract, type Asked, type ReplyPlatform } from '../reply-channel.contract.ts'
import { googleBusinessConnector } from './google-business.ts'
import { googleBusinessReplies } from './reply.ts'

const location = 'accounts/1/locations/2'
const now = new Date('2026-11-22T12:00:00Z')
const json = (body: unknown): PlatformAnswer => ({ body: JSON.stringify(body) })
const review = (number: number, more: object = {}) => ({
  name: `${location}/reviews/r${number}`,
  reviewId: `r${number}`,
  reviewer: { displayName: 'Анна' },
  starRating: 'TWO',
  comment: `Долго ждали ${number}`,
  createTime: new Date(now.getTime() - number * 3_600_000).toISOString(),
  updateTime: new Date(now.getTime() - number * 3_600_000).toISOString(),
  ...more,
})

/** Google's reviews of a place, fifty a page, the last changed first. */
const reviews =
  (all: object[]) =>
  (asked: URL): PlatformAnswer => {
    if (asked.host === 'oauth2.googleapis.com') return grantedToken
    if (asked.pathname !== `/v4/${location}/reviews`) return refuse(404, 'NOT_FOUND')
    if (asked.searchParams.get('orderBy') !== 'updateTime desc' || asked.searchParams.get('pageSize') !== '50')
      return refuse(400, 'INVALID_ARGUMENT')
    const from = Number(asked.searchParams.get('pageToken') ?? 0)
    return json({
      reviews: all.slice(from, from + 50),
      ...(from + 50 < all.length && { nextPageToken: String(from + 50) }),
    })
  }
const many = Array.from({ length: 120 }, (_, index) => review(index))

connectorContract('google business', {
  connector: googleBusinessConnector,
  origin: ['https://mybusiness.googleapis.com', 'https://oauth2.googleapis.com'],
  settings: () => ({ url: location }),
  secrets: person,
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'https://maps.google.com/acme' }, field: 'url' },
  ],
  answer: (request, base) => {
    if (request.url === '/token') return grantedToken
    return request.headers.authorization === `Bearer ${accessToken}`
      ? reviews(many)(new URL(request.url ?? '', base))
      : refuse(401, 'UNAUTHENTICATED')
  },
  posts: 120,
})

describe('google business', () => {
  const reader = () => readerOf(googleBusinessConnector, { url: location }, now.toISOString(), person)

  test('a review has its stars and what was written, not what Google made of it', async () => {
    const { items } = await reader().page(
      reviews([
        review(1),
        review(2, {
          comment: '(Translated by Google) Good\n\n(Original)\nХорошо',
          reviewer: { isAnonymous: true, displayName: 'x' },
        }),
        review(3, { comment: 'Хорошо\n\n(Translated by Google)\nGood', starRating: 'STAR_RATING_UNSPECIFIED' }),
        review(4, { comment: undefined }),
      ]),
    )
    expect(items).toMatchObject([
      {
        id: `google-business:${location}/reviews/r1`,
        kind: 'review',
        rating: 2,
        text: 'Долго ждали 1',
        author: { name: 'Анна' },
        postedAt: new Date('2026-11-22T11:00:00Z'),
      },
      { text: 'Хорошо', author: null },
      { text: 'Хорошо', rating: null },
    ])
  })

  test('a changed review is met first and is an edit', async () => {
    const one = reader()
    const { next } = await one.page(reviews([review(1), review(2)]))
    const changed = review(2, { comment: 'Исправились', updateTime: now.toISOString() })
    expect(await one.page(reviews([changed, review(1)]), next)).toMatchObject({
      items: [{ text: 'Исправились' }],
      edited: [`google-business:${location}/reviews/r2`],
      more: false,
    })
  })

  test('every refusal says what to do', async () => {
    const zero =
      "Quota exceeded for quota metric 'Requests' and limit 'Requests per minute' of service with quota limit value 0"
    const refusals: [PlatformAnswer, object][] = [
      [
        refuse(429, 'RESOURCE_EXHAUSTED', zero),
        { kind: 'signed-out', problem: { key: 'google-business.not-approved' } },
      ],
      [refuse(429, 'RESOURCE_EXHAUSTED'), { kind: 'rate-limited', retryAt: new Date('2026-11-22T12:01:00Z') }],
      [refuse(403, 'PERMISSION_DENIED'), { kind: 'signed-out', problem: { key: 'google-business.forbidden' } }],
      [refuse(404, 'NOT_FOUND'), { kind: 'failed', problem: { key: 'google-business.not-found' } }],
      [refuse(400, 'INVALID_ARGUMENT'), { kind: 'failed', problem: { key: 'google-business.refused' } }],
    ]
    for (const [answer, told] of refusals)
      expect(
        await reader().read((asked) => (asked.host === 'oauth2.googleapis.com' ? grantedToken : answer)),
      ).toMatchObject(told)
  })

  test('what is broken in one review is told and does not hide the others', async () => {
    const { items, problems } = await reader().page(
      reviews([
        review(1, { createTime: '1970-01-01T00:00:00Z' }),
        review(2, { createTime: '2050-01-01T00:00:00Z' }),
        review(3, { name: '../other' }),
        review(4),
      ]),
    )
    expect(items.map(({ postedAt }) => postedAt === null)).toEqual([true, true, false])
    expect(problems.map(({ problem }) => problem?.key)).toEqual(['entry.date', 'entry.date', 'entry.unreadable'])
  })
})

/** One review with room for one answer. */
function start(): ReplyPlatform {
  const own = `${location}/reviews/r1`
  let text = ''
  return {
    published: () => (text === '' ? [] : [{ id: own, text }]),
    answer({ method, url, headers, body }: Asked) {
      if (url.host === 'oauth2.googleapis.com') return grantToken(body, now, '')
      if (headers['authorization'] !== `Bearer ${accessToken}`) return refuse(401, 'UNAUTHENTICATED')
      const path = url.pathname.replace('/v4/', '')
      if (path === 'accounts') return json({ accounts: [{ name: 'accounts/1', accountName: 'Acme Банк' }] })
      if (method === 'GET' && path === own)
        return json({ ...review(1), ...(text !== '' && { reviewReply: { comment: text } }) })
      if (path !== `${own}/reply`) return refuse(404, 'NOT_FOUND')
      if (method === 'DELETE') {
        if (text === '') return refuse(404, 'NOT_FOUND')
        text = ''
        return json({})
      }
      text = (JSON.parse(body) as { comment: string }).comment
      return json({ comment: text, updateTime: now.toISOString() })
    },
  }
}

replyContract('google business', {
  channel: googleBusinessReplies,
  settings: person,
  wrongSettings: [
    { input: null, field: 'clientId' },
    { input: { ...person, clientSecret: '' }, field: 'clientSecret' },
  ],
  name: 'Acme Банк',
  to: { id: `google-business:${location}/reviews/r1`, url: null, title: null, parent: null, root: null, author: null },
  start,
  publishes: ({ method }) => method === 'PUT',
})
