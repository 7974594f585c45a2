import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addProject } from '../src/base/team/project.ts'
import { pollSource } from '../src/listen/collect/poll.ts'
import { addSource, askToCheckNow, changeSource, type Source } from '../src/listen/collect/source.ts'
import { collectWorld } from '../src/listen/collect/world.ts'
import { feedConnector } from '../src/listen/connectors/feeds/feed.ts'
import { addTopic } from '../src/listen/topics/topic.ts'
import { createApi } from '../src/serve/api/api.ts'
import type { Api } from '../src/serve/api/door.ts'
import { openTestHouse, type TestHouse } from './house.ts'

// A publisher and its hub on this machine, by https://www.w3.org/TR/websub: what is published comes without being asked for.

let house: TestHouse
let api: Api
let source: Source
let base = ''
/** What the hub was asked, and where it may push. */
let subscription: URLSearchParams | null = null
let verified: { status: number; body: string } | null = null
let items = [1]

const feed = (
  numbers: number[],
) => `<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>News</title>
  <atom:link rel="hub" href="${base}/hub"/><atom:link rel="self" href="${base}/feed.xml?full=1"/>
  ${numbers.map((n) => `<item><guid isPermaLink="false">n${n}</guid><link>${base}/${n}</link><title>Owlbank ${n}</title><description>The owl bank is down again, ${n}</description></item>`).join('')}</channel></rss>`

const server = createServer((request, response) => {
  if (request.url !== '/hub')
    return void response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feed(items))
  void text(request).then(async (body) => {
    subscription = new URLSearchParams(body)
    // This hub asks back before it answers, when nothing of the reading is saved yet.
    verified = await ask({
      'hub.mode': 'subscribe',
      'hub.topic': subscription.get('hub.topic') ?? '',
      'hub.challenge': 'c-1',
    })
    response.writeHead(202).end()
  })
})

/** Calls back as the hub does, with these words in the address. */
async function ask(words: { [name: string]: string }): Promise<{ status: number; body: string }> {
  const { pathname, searchParams } = new URL(subscription?.get('hub.callback') ?? '')
  for (const [name, value] of Object.entries(words)) searchParams.set(name, value)
  const answer = await api.request(`${pathname}?${searchParams}`)
  return { status: answer.status, body: await answer.text() }
}

async function push(body: string, more: { secret?: string | null; method?: string } = {}): Promise<number> {
  const { pathname, search } = new URL(subscription?.get('hub.callback') ?? '')
  const { secret = subscription?.get('hub.secret') ?? '', method = 'sha256' } = more
  const headers = new Headers({ 'content-type': 'application/rss+xml' })
  if (secret !== null)
    headers.set('x-hub-signature', `${method}=${createHmac(method, secret).update(body).digest('hex')}`)
  return (await api.request(`${pathname}${search}`, { method: 'POST', headers, body })).status
}

async function titles(): Promise<string[]> {
  const rows = await house.clickhouse.rows<{ title: string }>('select title from mention final order by title')
  return rows.map(({ title }) => title)
}

const poll = async () => {
  await askToCheckNow(house.postgres.db, source.id, house.now())
  await pollSource(collectWorld(house), source.id, new AbortController().signal)
}

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  house = await openTestHouse()
  api = await createApi(house)
  const { db } = house.postgres
  const who = { kind: 'member', id: 'test', name: 'Test', email: 'test@heed.test', locale: 'en', isHead: true } as const
  const { id } = await addProject(db, who, { name: 'Owlbank', timeZone: 'UTC' })
  house.topics.set(await addTopic(db, id, { name: 'Owlbank', group: null, query: 'owlbank' }, null))
  const settings = { url: `${base}/feed.xml` }
  source = await addSource({ db, secrets: house.secrets }, id, feedConnector, { settings, secrets: {}, name: null })
})
afterAll(async () => {
  await house?.[Symbol.asyncDispose]()
  server.closeAllConnections()
  server.close()
})

test('a feed with a hub is subscribed to, and the hub learns that it was us', async () => {
  await poll()
  expect(Object.fromEntries(subscription ?? [])).toMatchObject({
    'hub.mode': 'subscribe',
    'hub.topic': `${base}/feed.xml?full=1`,
    'hub.secret': expect.stringMatching(/^[\w-]{43}$/),
  })
  expect(subscription?.get('hub.callback')).toMatch(/^http:\/\/heed\.test\/push\/\d+\/[\w-]{43}\?topic=/)
  expect(verified).toEqual({ status: 200, body: 'c-1' })
  expect(await titles()).toEqual(['Owlbank 1'])
})

test('what is pushed is a mention at once, and once', async () => {
  for (const method of ['sha256', 'sha1', 'sha512']) expect(await push(feed([2]), { method })).toBe(200)
  expect(await titles()).toEqual(['Owlbank 1', 'Owlbank 2'])
  items = [1, 2]
  await poll()
  expect(await titles()).toEqual(['Owlbank 1', 'Owlbank 2'])
})

test('what is not signed with our secret, or is no feed, changes nothing and is told nothing', async () => {
  expect(await push(feed([7]), { secret: 'guessed' })).toBe(200)
  expect(await push(feed([7]), { secret: null })).toBe(200)
  for (const body of ['', '{"cut', feed([7]).slice(0, -30), '<!doctype html>']) expect(await push(body)).toBe(200)
  expect(await titles()).toEqual(['Owlbank 1', 'Owlbank 2'])
})

test('only our own subscriptions are confirmed, and only at our own address', async () => {
  const topic = `${base}/feed.xml?full=1`
  expect(
    (await ask({ 'hub.mode': 'subscribe', 'hub.topic': 'https://other.example/', 'hub.challenge': 'x' })).status,
  ).toBe(404)
  expect((await ask({ 'hub.mode': 'unsubscribe', 'hub.topic': topic, 'hub.challenge': 'x' })).status).toBe(404)
  expect((await ask({ 'hub.mode': 'denied', 'hub.topic': topic, 'hub.reason': 'no' })).status).toBe(200)
  for (const path of [`/push/${source.id}/${'a'.repeat(43)}`, `/push/${source.id}/x`, '/push/999999/x', '/push/x/y'])
    expect((await api.request(`${path}?hub.mode=subscribe&hub.topic=a&topic=a&hub.challenge=x`)).status, path).toBe(404)
})

test('a subscription is renewed in time and not at every reading', async () => {
  subscription = null
  await poll()
  expect(subscription).toBeNull()
  const { now } = house
  house.now = () => new Date(now().getTime() + 13 * 3_600_000)
  await poll()
  house.now = now
  expect(new URLSearchParams(subscription ?? '').get('hub.mode')).toBe('subscribe')
})

test('a paused source takes nothing', async () => {
  await changeSource(house.postgres.db, source.id, { state: 'paused' }, house.now())
  expect(await push(feed([8]))).toBe(200)
  expect(await titles()).toEqual(['Owlbank 1', 'Owlbank 2'])
})
