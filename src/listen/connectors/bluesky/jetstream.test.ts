import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import { createRequest } from '../../../base/http/request.ts'
import { createConnect } from '../../../base/http/socket.ts'
import { createStream } from '../../../base/http/stream.ts'
import { badFrames } from '../bad-frames.contract.ts'
import type { Cursor, Fetched, SourceIo } from '../connector.ts'
import { blueskyConnector } from './bluesky.ts'

/** A Jetstream server that says what a test wants, by its documentation; it ends the connection of whoever sends it a frame. */
type Played = {
  url: string
  /** The addresses that were asked, without their host. */
  asked: URL[]
  opened: (socket: WebSocket, asked: URL) => void
  refuse: (asked: URL) => { status: number; body: object } | null
}

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

async function play(more: Partial<Played>): Promise<Played> {
  const http = createServer((_request: IncomingMessage, response: ServerResponse) => response.writeHead(404).end())
  const sockets = new WebSocketServer({ noServer: true })
  const played: Played = { url: '', asked: [], opened: () => {}, refuse: () => null, ...more }
  http.on('upgrade', (request, socket, head) => {
    const asked = new URL(request.url ?? '/', 'http://jetstream.test')
    played.asked.push(asked)
    const refused = played.refuse(asked)
    if (refused) {
      const body = JSON.stringify(refused.body)
      return void socket.end(
        `HTTP/1.1 ${refused.status} No\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
      )
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      opened.on('message', () => opened.close(1008, 'clients must not send'))
      played.opened(opened, asked)
    })
  })
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
  played.url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`
  closers.push(() => {
    for (const client of sockets.clients) client.terminate()
    http.closeAllConnections()
    http.close()
  })
  return played
}

/** Reads until `enough` fetched are there or the connection has ended; sleeps `restMs` after the first. */
async function listen(server: Played, cursor: Cursor | null, enough = Infinity, restMs = 0): Promise<Fetched[]> {
  const request = createRequest({ allowPrivate: true })
  const stream = createStream({ allowPrivate: true })
  closers.push(
    () => request.close(),
    () => stream.close(),
  )
  const stop = new AbortController()
  const io: SourceIo = {
    request,
    stream,
    connect: createConnect({ allowPrivate: true }),
    now: () => new Date('2026-11-22T12:00:00Z'),
    signal: stop.signal,
    spend: async () => ({ kind: 'spent' }),
    pay: async () => ({ kind: 'reserved', settle: async () => {} }),
  }
  const config = blueskyConnector.parseConfig({ url: server.url })
  const found: Fetched[] = []
  for await (const fetched of blueskyConnector.listen!({ id: 1, config, secrets: {}, cursor }, io)) {
    found.push(fetched)
    if (found.length >= enough) break
    if (found.length === 1) await sleep(restMs)
  }
  stop.abort()
  return found
}

const did = 'did:plc:eygmaihciaxprqvxpfvl6flk'
const at = (seconds: number) => Date.parse('2026-11-22T11:59:00Z') * 1000 + seconds * 1_000_000
const record = (text: string) => ({
  $type: 'app.bsky.feed.post',
  text,
  createdAt: '2026-11-22T11:58:00.000Z',
  langs: ['ru'],
})
const commit = (n: number, operation: string, text = `Пост ${n}`) => ({
  rev: '3l3qo2vutsw2b',
  operation,
  collection: 'app.bsky.feed.post',
  rkey: `3l3qo2vuowo${n}b`,
  ...(operation !== 'delete' && {
    cid: 'bafyreidwaivazkwu67xztlmuobx35hs2lnfh3kolmgfmucldvhd3sgzcqi',
    record: record(text),
  }),
})
const first = (n: number, operation = 'create', more: object = {}) =>
  JSON.stringify({ did, time_us: at(n), kind: 'commit', commit: commit(n, operation), ...more })
const second = (n: number, operation = 'create', text?: string) =>
  JSON.stringify({
    $type: 'message',
    payload: {
      $type: 'network.bsky.jetstream.subscribeEvents#commit',
      seq: 1000 + n,
      did,
      time: new Date(at(n) / 1000).toISOString().replace('Z', '000Z'),
      ...commit(n, operation, text),
    },
  })
const idOf = (n: number) => `bluesky:at://${did}/app.bsky.feed.post/3l3qo2vuowo${n}b`
const onlyFirst = (asked: URL) =>
  asked.pathname === '/subscribe' ? null : { status: 404, body: { error: 'NotFound' } }
const say = (socket: WebSocket, ...frames: string[]) => {
  for (const frame of frames) socket.send(frame)
}
const itemsOf = (fetched: Fetched[]) =>
  fetched.flatMap((one) => (one.kind === 'page' ? one.items.map(({ id }) => id) : []))
const problemsOf = (fetched: Fetched[]) =>
  fetched.flatMap((one) => (one.kind === 'page' ? one.problems.map(({ problem }) => problem?.key) : []))
const cursorOf = (fetched: Fetched[]) => {
  const last = fetched.findLast((one) => one.kind === 'page' || one.kind === 'unchanged')
  if (last === undefined) throw new Error('Nothing was fetched')
  return last.next
}

test('version 2 is asked for posts and accounts and goes on after the last event it has sent', async () => {
  const server = await play({
    opened: (socket, asked) => {
      const from = Number(asked.searchParams.get('cursor') ?? 1001)
      // The cursor is inclusive.
      for (let n = from - 1000; n <= 4; n += 1) say(socket, second(n))
    },
  })
  const begun = await listen(server, null, 2)
  expect(server.asked[0]?.pathname).toBe('/xrpc/network.bsky.jetstream.subscribeEvents')
  expect(server.asked[0]?.searchParams.getAll('collections')).toEqual(['app.bsky.feed.post'])
  expect(server.asked[0]?.searchParams.getAll('kinds')).toEqual(['commit', 'account'])
  const then = await listen(server, cursorOf(begun), 2)
  expect(server.asked[1]?.searchParams.get('cursor')).toBe('1002')
  expect(itemsOf([...begun, ...then])).toEqual([1, 2, 3, 4].map(idOf))
})

test('a server that knows version 1 only is read by it, and the moment is its cursor', async () => {
  const server = await play({ refuse: onlyFirst, opened: (socket) => say(socket, first(1), first(2)) })
  const begun = await listen(server, null, 2)
  expect(itemsOf(begun)).toEqual([1, 2].map(idOf))
  expect(server.asked.at(-1)?.searchParams.get('wantedCollections')).toBe('app.bsky.feed.post')
  await listen(server, cursorOf(begun), 1)
  expect(server.asked.at(-1)?.searchParams.get('cursor')).toBe(String(at(2)))
})

test('a version 1 server that counts is asked by its count', async () => {
  const server = await play({
    refuse: onlyFirst,
    opened: (socket, asked) => say(socket, first(3, 'create', { cursor: asked.searchParams.has('cursor') ? 78 : 77 })),
  })
  await listen(server, cursorOf(await listen(server, null, 1)), 1)
  expect(server.asked.at(-1)?.searchParams.get('cursor')).toBe('77')
})

test('a deletion, an edit and a closed account are followed; trouble of a server is none', async () => {
  const account = (active: boolean, status: string | null) =>
    JSON.stringify({
      $type: 'message',
      payload: {
        $type: 'network.bsky.jetstream.subscribeEvents#account',
        seq: 1010,
        did,
        time: '2026-11-22T11:59:10.000000Z',
        account: { active, did, seq: 5, time: '2026-11-22T11:59:10Z', ...(status !== null && { status }) },
      },
    })
  const server = await play({
    opened: (socket) => {
      say(
        socket,
        second(1, 'delete'),
        second(2, 'update', 'Исправлено'),
        account(false, 'throttled'),
        account(true, null),
      )
      say(socket, account(false, 'deleted'))
      socket.close()
    },
  })
  const pages = (await listen(server, null)).filter((one) => one.kind === 'page')
  expect(pages).toMatchObject([
    { items: [], removed: [idOf(1)] },
    { items: [{ id: idOf(2), text: 'Исправлено' }], edited: [idOf(2)] },
    { items: [], removedAuthors: [did] },
  ])
})

test('a cursor that is too old is replaced by its moment, and the gap is told', async () => {
  const server = await play({
    refuse: (asked) =>
      asked.searchParams.get('cursor') === '5'
        ? { status: 400, body: { error: 'CursorTooOld', message: 'floor is 900' } }
        : null,
    opened: (socket) => {
      const info = { $type: 'network.bsky.jetstream.subscribeEvents#info', name: 'OutdatedCursor', message: 'from 900' }
      say(socket, JSON.stringify({ $type: 'message', payload: info }), second(1))
      socket.close()
    },
  })
  const cursor = { url: server.url, server: server.url, seq: 5, timeUs: at(-3 * 86_400) }
  const found = await listen(server, cursor)
  expect(server.asked[1]?.searchParams.get('cursor')).toBe(String(at(-3 * 86_400)))
  expect(problemsOf(found)).toEqual(['bluesky.gap'])
  expect(itemsOf(found)).toEqual([idOf(1)])
})

test('a server that sets an old cursor forward without a word is found out', async () => {
  const server = await play({ refuse: onlyFirst, opened: (socket) => (say(socket, first(1)), socket.close()) })
  const cursor = { url: server.url, server: server.url, seq: null, timeUs: at(-3 * 86_400) }
  expect(problemsOf(await listen(server, cursor))).toEqual(['bluesky.gap'])
  expect(problemsOf(await listen(server, { ...cursor, timeUs: at(-5) }))).toEqual([])
})

test('the last word of a server is told, and events before it are not lost', async () => {
  for (const [name, key] of [
    ['ConsumerTooSlow', 'bluesky.too-slow'],
    ['Whatever', 'bluesky.ended'],
  ]) {
    const server = await play({
      opened: (socket) => say(socket, second(1), JSON.stringify({ $type: 'error', error: name, message: 'bye' })),
    })
    const found = await listen(server, null)
    expect(itemsOf(found)).toEqual([idOf(1)])
    expect(found.at(-1)).toMatchObject({ kind: 'failed', problem: { key } })
  }
})

test('a server that is busy, closed or not there is told', async () => {
  for (const [status, kind] of [
    [503, 'failed'],
    [429, 'rate-limited'],
    [401, 'signed-out'],
    [400, 'failed'],
  ] as const) {
    const server = await play({ refuse: () => ({ status, body: { error: 'No', message: 'no' } }) })
    expect((await listen(server, null)).map((one) => one.kind)).toEqual([kind])
  }
  const gone = await play({})
  for (const close of closers.splice(0)) await close()
  expect(await listen(gone, null)).toMatchObject([{ kind: 'failed', problem: { key: 'site.unreachable' } }])
})

test('what cannot be read is told once and does not hide the rest', async () => {
  const server = await play({
    opened: (socket) => {
      say(
        socket,
        '{"did":',
        '[]',
        'null',
        '"x"',
        JSON.stringify({ did, time_us: 'x', kind: 'commit' }),
        '{"$type":"message"}',
      )
      socket.send(Buffer.from([1, 2, 3]))
      say(socket, second(1, 'create', ' '), second(2), JSON.stringify({ did: 5 }))
      socket.close()
    },
  })
  const found = await listen(server, null)
  expect(problemsOf(found)).toEqual(['bluesky.frame'])
  expect(itemsOf(found)).toEqual([idOf(2)])
})

badFrames({
  frames: () => ({ good: second(1), next: second(2), nextId: idOf(2) }),
  now: new Date('2026-11-22T12:00:00Z'),
  async hear(frames) {
    const server = await play({
      opened: (socket) => {
        say(socket, ...frames)
        socket.close()
      },
    })
    return listen(server, null)
  },
})

test('a slow reader makes the server wait and loses nothing', async () => {
  const many = 20_000
  const server = await play({
    opened: (socket) => {
      for (let n = 1; n <= many; n += 1) socket.send(second(n))
      socket.close()
    },
  })
  const found = await listen(server, null, Infinity, 500)
  expect(new Set(itemsOf(found)).size).toBe(many)
})

test('another server is asked by the moment, a little before it', async () => {
  const server = await play({ opened: (socket) => say(socket, second(1)) })
  await listen(server, { url: server.url, server: 'ws://other.test', seq: 7, timeUs: at(0) }, 1)
  expect(server.asked[0]?.searchParams.get('cursor')).toBe(String(at(-10)))
})
