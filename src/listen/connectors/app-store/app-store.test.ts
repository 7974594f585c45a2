import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { connectorContract, type PlatformAnswer } from '../connector.contract.ts'
import { readerOf } from '../reader.testing.ts'
import { replyContract, type Asked, type ReplyPlatform } from '../reply-channel.contract.ts'
import { appStoreConnector } from './app-store.ts'
import { appStoreReplies } from './reply.ts'
import { countryOf } from './territory.ts'

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const secrets = { issuer: '57246542-96fe-1a63-e053-0824d011072a', keyId: '2X9R4HXF34', privateKey }
const app = '1234567890'
const url = `https://apps.apple.com/app/id${app}`

const json = (body: unknown, status = 200): PlatformAnswer => ({ status, body: JSON.stringify(body) })
const refuse = (status: number, code: string, headers = {}): PlatformAnswer => ({
  ...json({ errors: [{ status: String(status), code, title: 'No', detail: `${code} happened` }] }, status),
  headers,
})

/** Whether the token is one that Apple would take: signed by the key, for Apple, valid for twenty minutes at most. */
function isSigned(authorization: string | undefined): boolean {
  const [header = '', claims = '', signature = ''] = (authorization ?? '').replace('Bearer ', '').split('.')
  const read = (part: string) =>
    JSON.parse(Buffer.from(part, 'base64url').toString() || '{}') as { [name: string]: unknown }
  const { alg, kid } = read(header)
  const { iss, aud, iat, exp } = read(claims)
  const isOurs = alg === 'ES256' && kid === secrets.keyId && iss === secrets.issuer && aud === 'appstoreconnect-v1'
  const key = createPublicKey(pair.publicKey.export({ type: 'spki', format: 'pem' }))
  return (
    isOurs &&
    Number(exp) - Number(iat) <= 1200 &&
    verify(
      'sha256',
      Buffer.from(`${header}.${claims}`),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    )
  )
}

const review = (number: number, more: object = {}) => ({
  type: 'customerReviews',
  id: `00000000-${number}`,
  attributes: {
    rating: 2,
    title: `Отзыв ${number}`,
    body: `Не открывается ${number}`,
    reviewerNickname: 'anna',
    createdDate: new Date(Date.parse('2026-11-22T10:00:00Z') - number * 3_600_000)
      .toISOString()
      .replace('.000Z', '-00:00'),
    territory: 'RUS',
    ...more,
  },
})

/** App Store Connect with these reviews, two hundred a page. */
const connect =
  (reviews: object[]) =>
  (asked: URL): PlatformAnswer => {
    if (asked.pathname === `/v1/apps/${app}`) return json({ data: { attributes: { name: 'Acme Банк' } } })
    if (asked.pathname !== `/v1/apps/${app}/customerReviews`) return refuse(404, 'NOT_FOUND')
    if (asked.searchParams.get('sort') !== '-createdDate') return refuse(400, 'PARAMETER_ERROR.INVALID')
    const from = Number(asked.searchParams.get('cursor') ?? 0)
    const next = `https://api.appstoreconnect.apple.com/v1/apps/${app}/customerReviews?sort=-createdDate&limit=200&cursor=${from + 200}`
    return json({ data: reviews.slice(from, from + 200), links: from + 200 < reviews.length ? { next } : {} })
  }
const many = Array.from({ length: 450 }, (_, index) => review(index))

connectorContract('app store', {
  connector: appStoreConnector,
  origin: 'https://api.appstoreconnect.apple.com',
  settings: () => ({ url }),
  secrets,
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'https://apps.apple.com/app/acme' }, field: 'url' },
  ],
  answer: (request, base) =>
    isSigned(request.headers.authorization)
      ? connect(many)(new URL(request.url ?? '', base))
      : refuse(401, 'NOT_AUTHORIZED'),
  posts: 450,
})

describe('app store', () => {
  const reader = (own: { [name: string]: string } = secrets) =>
    readerOf(appStoreConnector, { url: `${url}?l=ru` }, '2026-11-22T12:00:00Z', own)

  test('a review has its stars, its title and its country', async () => {
    expect((await reader().page(connect([review(1)]))).items).toMatchObject([
      {
        id: 'app-store:00000000-1',
        kind: 'review',
        media: 'review',
        source: 'Acme Банк',
        rating: 2,
        title: 'Отзыв 1',
        text: 'Не открывается 1',
        place: { country: 'RU' },
        author: { name: 'anna' },
        postedAt: new Date('2026-11-22T09:00:00Z'),
        url,
      },
    ])
    expect(countryOf('XXX')).toBeNull()
  })

  test('later readings ask for the newest, and a changed review is an edit', async () => {
    const one = reader()
    const { next } = await one.page(connect([review(1)]))
    one.asked.length = 0
    const changed = await one.page(connect([review(0), review(1, { body: 'Починили' })]), next)
    expect(changed).toMatchObject({
      items: [{ text: 'Не открывается 0' }, { text: 'Починили' }],
      edited: ['app-store:00000000-1'],
      more: false,
    })
    expect(one.asked).toHaveLength(1)
  })

  test('a key that was pasted into one line is the same key', async () => {
    const one = reader({ ...secrets, privateKey: privateKey.replaceAll('\n', '') })
    expect((await one.read(connect([review(1)]))).kind).toBe('page')
    expect(appStoreReplies.parseAccount({ ...secrets, privateKey: privateKey.replaceAll('\n', '\\n') })).toMatchObject({
      keyId: secrets.keyId,
    })
  })

  test('a cursor leads nowhere but to Apple', async () => {
    const one = reader()
    const first = await one.page(connect(many))
    expect(first.more).toBe(true)
    one.asked.length = 0
    await one.read(connect(many), { ...first.next, next: 'https://evil.example/v1/apps/1' })
    expect(one.asked[0]?.host).toBe('api.appstoreconnect.apple.com')
  })

  test('every refusal says what to do', async () => {
    const refusals: [PlatformAnswer, object][] = [
      [refuse(401, 'NOT_AUTHORIZED'), { kind: 'signed-out', problem: { key: 'app-store.signed-out' } }],
      [
        refuse(403, 'FORBIDDEN_ERROR'),
        { kind: 'signed-out', problem: { key: 'app-store.forbidden', values: { reason: 'FORBIDDEN_ERROR happened' } } },
      ],
      [refuse(404, 'NOT_FOUND'), { kind: 'failed', problem: { key: 'app-store.not-found' } }],
      [refuse(400, 'PARAMETER_ERROR'), { kind: 'failed', problem: { key: 'app-store.refused' } }],
      [refuse(429, 'RATE_LIMIT_EXCEEDED'), { kind: 'rate-limited', retryAt: new Date('2026-11-22T13:00:00Z') }],
    ]
    for (const [answer, told] of refusals) expect(await reader().read(() => answer)).toMatchObject(told)
    expect(await reader({ ...secrets, privateKey: 'none' }).read(connect([]))).toMatchObject({
      kind: 'signed-out',
      problem: { key: 'app-store.private-key' },
    })
  })

  test('what is broken in one review is told and does not hide the others', async () => {
    const { items, problems } = await reader().page(
      connect([
        review(1, { createdDate: '1970-01-01T00:00:00Z' }),
        review(2, { createdDate: '2050-01-01T00:00:00Z' }),
        review(3, { rating: 9, territory: 'XXX' }),
        { id: 5 },
        review(4, { body: null, title: null }),
      ]),
    )
    expect(items.map(({ postedAt, rating }) => [postedAt === null, rating])).toEqual([
      [true, 2],
      [true, 2],
      [false, null],
    ])
    expect(problems.map(({ problem }) => problem?.key)).toEqual(['entry.date', 'entry.date', 'entry.unreadable'])
  })
})

/** One review with room for one answer. */
function start(): ReplyPlatform {
  let made: { id: string; text: string } | null = null
  return {
    published: () => (made === null ? [] : [made]),
    answer({ method, url: asked, headers, body }: Asked) {
      if (!isSigned(headers['authorization'])) return refuse(401, 'NOT_AUTHORIZED')
      const shown = () =>
        json({
          data: {
            type: 'customerReviewResponses',
            id: made?.id,
            attributes: { responseBody: made?.text, state: 'PUBLISHED' },
          },
        })
      if (asked.pathname === '/v1/apps') return json({ data: [{ attributes: { name: 'Acme Банк' } }] })
      if (asked.pathname === '/v1/customerReviews/r-1/response')
        return made === null ? refuse(404, 'NOT_FOUND') : shown()
      if (method === 'DELETE') {
        if (made === null || asked.pathname !== `/v1/customerReviewResponses/${made.id}`)
          return refuse(404, 'NOT_FOUND')
        made = null
        return { status: 204, body: '' }
      }
      const { data } = JSON.parse(body) as {
        data: {
          type: string
          attributes: { responseBody: string }
          relationships: { review: { data: { type: string; id: string } } }
        }
      }
      if (data.type !== 'customerReviewResponses' || data.relationships.review.data.id !== 'r-1')
        return refuse(409, 'ENTITY_ERROR')
      made = { id: 'response-1', text: data.attributes.responseBody }
      return { ...shown(), status: 201 }
    },
  }
}

replyContract('app store', {
  channel: appStoreReplies,
  settings: secrets,
  wrongSettings: [
    { input: null, field: 'issuer' },
    { input: { ...secrets, keyId: 'x' }, field: 'keyId' },
    { input: { ...secrets, privateKey: '-----BEGIN PRIVATE KEY-----' }, field: 'privateKey' },
  ],
  name: 'Acme Банк',
  to: { id: 'app-store:r-1', url, title: null, parent: null, root: null, author: null },
  start,
  publishes: ({ method, url: asked }) => method === 'POST' && asked.pathname === '/v1/customerReviewResponses',
})
