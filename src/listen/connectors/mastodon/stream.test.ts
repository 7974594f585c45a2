import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createRequest } from '../../../base/http/request.ts'
import { createStream } from '../../../base/http/stream.ts'
import { badFrames } from '../bad-frames.contract.ts'
import type { Cursor, Fetched } from '../connector.ts'
import { plainIo } from '../reader.testing.ts'
import { mastodonConnector } from './mastodon.ts'
import { readSentEvents, type SentEvent } from './sent-events.ts'

const request = createRequest({ allowPrivate: true })
const stream = createStream({ allowPrivate: true })
let server: Server
let base = ''
/** What the server has, and what it does with whoever wants to listen. */
let statuses: object[] = []
let streaming: (answer: ServerResponse) => void = () => {}
let asked: IncomingMessage[] = []

const status = (number: number, more: object = {}) => ({
  id: `11000000000000000${number}`,
  uri: `${base}/users/anna/statuses/11000000000000000${number}`,
  url: `${base}/@anna/11000000000000000${number}`,
  created_at: '2026-11-22T11:00:00.000Z',
  content: `<p>Карта ${number}</p>`,
  visibility: 'public',
  account: { id: '7', acct: 'anna', username: 'anna' },
  ...more,
})
const said = (name: string, data: unknown) =>
  `event: ${name}\ndata: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`

beforeAll(async () => {
  server = createServer((question, answer) => {
    asked.push(question)
    const { pathname, searchParams } = new URL(question.url ?? '', 'http://x')
    const json = (value: unknown) =>
      void answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    if (pathname === '/api/v2/instance')
      return json({ configuration: { urls: { streaming: base.replace('http', 'ws') } } })
    if (pathname.startsWith('/api/v1/timelines/')) {
      const after = searchParams.get('min_id') ?? ''
      return json(statuses.filter((one) => (one as { id: string }).id > after).toReversed())
    }
    if (pathname.startsWith('/api/v1/statuses/')) {
      const found = statuses.find((one) => pathname.endsWith((one as { id: string }).id))
      return found ? json(found) : void answer.writeHead(404).end('{"error":"Record not found"}')
    }
    streaming(answer)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
beforeEach(() => {
  asked = []
  statuses = []
})
afterAll(async () => {
  await Promise.all([request.close(), stream.close()])
  server.closeAllConnections()
  server.close()
})

const begin = (answer: ServerResponse) => answer.writeHead(200, { 'content-type': 'text/event-stream' }).write(':)\n')

/** Everything that is told until the connection ends, or until it was enough. */
async function hear(cursor: Cursor | null = null, enough: (all: Fetched[]) => boolean = () => false) {
  const stop = new AbortController()
  const io = { ...plainIo({ request, now: () => new Date('2026-11-22T12:00:00Z'), signal: stop.signal }), stream }
  const config = mastodonConnector.parseConfig({ url: `${base}/tags/heed` })
  const all: Fetched[] = []
  for await (const told of mastodonConnector.listen!({ id: 1, config, secrets: { token: 'secret-1' }, cursor }, io)) {
    all.push(told)
    if (enough(all)) break
  }
  stop.abort()
  return all
}
const pagesIn = (all: Fetched[]) => all.filter((one) => one.kind === 'page')

describe('listening to a Mastodon server', () => {
  test('what came before comes first, then what is posted, edited and deleted, as an account', async () => {
    statuses = [status(1)]
    streaming = (answer) => {
      begin(answer)
      const text = [
        said('update', status(2)),
        ':thump\n',
        said('notification', { id: '1' }),
        said('status.update', status(2, { content: '<p>Карта работает</p>', edited_at: '2026-11-22T12:00:00Z' })),
        said('delete', '110000000000000002'),
        said('delete', '99'),
        said('update', '{"id":'),
        said('update', status(3, { visibility: 'private' })),
      ].join('')
      // Cut in the middle of everything, letters too.
      const bytes = Buffer.from(text)
      for (let at = 0; at < bytes.length; at += 37) answer.write(bytes.subarray(at, at + 37))
      answer.end()
    }
    const all = await hear()
    const pages = pagesIn(all)
    expect(pages.map(({ items }) => items.map(({ text }) => text))).toEqual([
      ['Карта 1'],
      ['Карта 2'],
      ['Карта работает'],
      [],
      [],
    ])
    expect(pages[2]?.edited).toEqual([`${base}/@anna/110000000000000002`])
    expect(pages[3]?.removed).toEqual([`${base}/@anna/110000000000000002`])
    expect(pages[4]?.problems).toMatchObject([{ problem: { key: 'entry.unreadable' } }])
    expect(all.filter(({ kind }) => kind === 'unchanged').length).toBeGreaterThan(0)
    const listening = asked.find(({ url }) => url?.startsWith('/api/v1/streaming/'))
    expect(listening?.url).toBe('/api/v1/streaming/hashtag?tag=heed')
    expect(listening?.headers).toMatchObject({ authorization: 'Bearer secret-1', accept: 'text/event-stream' })
    expect(JSON.stringify(all)).not.toContain('secret-1')
  })

  test('after a break it goes on from what was read, and nothing in between is lost', async () => {
    statuses = [status(1)]
    streaming = (answer) => begin(answer) && answer.end(said('update', status(2)))
    const first = await hear()
    const last = pagesIn(first).at(-1)
    statuses = [status(1), status(2), status(3)]
    streaming = (answer) => begin(answer) && answer.end()
    const again = pagesIn(await hear(last?.next))
    expect(again.flatMap(({ items }) => items.map(({ text }) => text)).toSorted()).toEqual(['Карта 2', 'Карта 3'])
  })

  test('a server without streaming is polled, and one that takes the token back says so', async () => {
    statuses = [status(1)]
    streaming = (answer) => void answer.writeHead(404).end()
    const polled = await hear(null, (all) => all.length === 1)
    expect(pagesIn(polled)[0]?.items).toHaveLength(1)
    streaming = (answer) => void answer.writeHead(401).end('{"error":"The access token is invalid"}')
    expect(await hear()).toMatchObject([{ kind: 'signed-out', problem: { key: 'mastodon.stream-token' } }])
    streaming = (answer) => void answer.writeHead(429, { 'retry-after': '90' }).end()
    expect(await hear()).toMatchObject([{ kind: 'rate-limited', retryAt: new Date('2026-11-22T12:01:30Z') }])
    streaming = (answer) => void answer.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>')
    expect(pagesIn(await hear(null, (all) => all.length === 1))).toHaveLength(1)
  })

  badFrames({
    frames: () => ({
      good: JSON.stringify(status(1)),
      next: JSON.stringify(status(2)),
      nextId: `${base}/@anna/110000000000000002`,
    }),
    now: new Date('2026-11-22T12:00:00Z'),
    hear: (frames) => {
      streaming = (answer) => {
        begin(answer)
        for (const frame of frames) answer.write(said('update', frame))
        answer.end()
      }
      return hear()
    },
  })

  test('it listens only with a token, and not to one account', () => {
    const way = (url: string, secrets: { [name: string]: string }) => mastodonConnector.way?.({ url }, secrets)
    expect(way('https://social.example/tags/heed', { token: 'x' })).toBe('stream')
    expect(way('https://social.example/tags/heed', {})).toBe('poll')
    expect(way('https://social.example/@anna', { token: 'x' })).toBe('poll')
  })

  test('a status is looked up at its own server: its counts, its words, or that it is gone', async () => {
    statuses = [status(1, { favourites_count: 5, content: '<p>Иначе</p>' })]
    const io = plainIo({ request, now: () => new Date('2026-11-22T12:00:00Z'), signal: new AbortController().signal })
    const config = mastodonConnector.parseConfig({ url: `${base}/tags/heed` })
    const ids = [
      `${base}/@anna/110000000000000001`,
      `${base}/@anna/110000000000000009`,
      'https://other.example/notes/x',
    ]
    const looked = await mastodonConnector.lookUp!(ids, { id: 1, config, secrets: {}, cursor: null }, io)
    expect(looked).toMatchObject({ kind: 'found', posts: [{ id: ids[0], text: 'Иначе', likes: 5 }], missing: [ids[1]] })
  })
})

async function allOf(chunks: AsyncIterable<Uint8Array>): Promise<SentEvent[]> {
  const all: SentEvent[] = []
  for await (const event of readSentEvents(chunks)) all.push(event)
  return all
}

test('events are read however they are cut, and a line without an end ends the reading', async () => {
  const text = 'event: a\r\ndata: 1\r\ndata: 2\r\n\r\n: beat\r\ndata:3\n\nid: 7\n\nevent: b\n\ndata: ж\n\n'
  const bytes = Buffer.from(text)
  const read = async (size: number) => {
    const chunks = (async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    })()
    return allOf(chunks)
  }
  for (const size of [1, 2, 3, 7, 1000])
    expect(await read(size), String(size)).toEqual([
      { kind: 'event', name: 'a', data: '1\n2' },
      { kind: 'heartbeat' },
      { kind: 'event', name: 'message', data: '3' },
      { kind: 'event', name: 'message', data: 'ж' },
    ])
  let given = 0
  const endless = (async function* () {
    for (;;) {
      given += 1
      yield Buffer.alloc(100_000, 0x61)
    }
  })()
  expect(await allOf(endless)).toEqual([])
  expect(given).toBeLessThan(20)
})
