import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import { createConnect, type Connected } from './socket.ts'
import { createStream } from './stream.ts'

let server: Server
let base = ''
let onSocket: (socket: WebSocket, asked: IncomingMessage) => void = () => {}
const connect = createConnect({ allowPrivate: true, contact: 'ops@heed.test' })
const stream = createStream({ allowPrivate: true })
const never = new AbortController().signal

beforeAll(async () => {
  server = createServer((asked, answer) => {
    if (asked.url === '/refused') return void answer.writeHead(400, { 'x-why': 'old' }).end('CursorTooOld')
    answer.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
    if (asked.url === '/broken') setTimeout(() => answer.destroy(), 50)
    if (asked.url === '/two') setTimeout(() => answer.end('data: 2\n\n'), 50)
  }).listen(0, '127.0.0.1')
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: (names) => [...names][0] ?? false })
  server.on('upgrade', (asked, socket, head) => {
    if (asked.url === '/refused')
      return void socket.end('HTTP/1.1 400 Bad Request\r\nx-why: old\r\ncontent-length: 12\r\n\r\nCursorTooOld')
    sockets.handleUpgrade(asked, socket, head, (opened) => onSocket(opened, asked))
  })
  await new Promise((resolve) => server.once('listening', resolve))
  base = `127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await stream.close()
  server.closeAllConnections()
  server.close()
})

async function open(path: string, options: Partial<Parameters<typeof connect>[1]> = {}) {
  const connected = await connect(`ws://${base}${path}`, { signal: never, ...options })
  if (connected.kind !== 'open') throw new Error(connected.kind)
  return connected
}

async function readAll({ frames }: Extract<Connected, { kind: 'open' }>) {
  const all: (string | Uint8Array)[] = []
  for await (const frame of frames) all.push(frame)
  return all
}

test('frames come in order, text as text, also those that come with the handshake, and the code of the end is told', async () => {
  onSocket = (socket) => {
    for (let index = 0; index < 10_000; index += 1) socket.send(String(index))
    socket.send(new Uint8Array([1, 2]))
    socket.close(1001)
  }
  const opened = await open('/', { protocols: ['xrpc.v1.json'] })
  expect([opened.protocol, opened.endedWith()]).toEqual(['xrpc.v1.json', null])
  const frames = await readAll(opened)
  expect(frames.slice(0, -1)).toEqual(Array.from({ length: 10_000 }, (_, index) => String(index)))
  expect([...(frames.at(-1) as Uint8Array)]).toEqual([1, 2])
  expect(opened.endedWith()).toBe(1001)
})

test('a reader that is slow makes the server wait instead of filling the memory', async () => {
  let most = 0
  onSocket = (socket) => {
    const large = 'x'.repeat(10_000)
    for (let index = 0; index < 20_000; index += 1) socket.send(large)
    const watching = setInterval(() => (most = Math.max(most, socket.bufferedAmount)), 10)
    socket.on('close', () => clearInterval(watching))
  }
  const opened = await open('/')
  let read = 0
  for await (const _ of opened.frames) {
    if (read === 0) await new Promise((resolve) => setTimeout(resolve, 1500))
    read += 1
    if (read === 20_000) break
  }
  // Of 200 MB, most still waited at the server while nobody read.
  expect(most).toBeGreaterThan(100_000_000)
  expect(read).toBe(20_000)
})

test('a server that answers without opening is told with its answer', async () => {
  const answered = await connect(`ws://${base}/refused`, { signal: never })
  expect(answered).toMatchObject({ kind: 'answered', status: 400, headers: { 'x-why': 'old' } })
  expect(answered.kind === 'answered' && new TextDecoder().decode(answered.body)).toBe('CursorTooOld')
})

test('a frame that is too large ends the connection', async () => {
  onSocket = (socket) => {
    socket.send('small')
    socket.send('x'.repeat(2000))
  }
  expect(await readAll(await open('/', { maxBytes: 1000 }))).toEqual(['small'])
})

test('stopping ends the frames', async () => {
  onSocket = (socket) => socket.send('first')
  const stop = new AbortController()
  const opened = await open('/', { signal: stop.signal })
  setTimeout(() => stop.abort(), 50)
  expect(await readAll(opened)).toEqual(['first'])
})

test('a connection that gives no sign of life is ended, and one that is only quiet stays', async () => {
  onSocket = (socket) => socket.pause()
  expect(await readAll(await open('/', { keepAliveMs: 100 }))).toEqual([])
  onSocket = (socket) => {
    setTimeout(() => {
      socket.send('late')
      socket.close()
    }, 600)
  }
  expect(await readAll(await open('/', { keepAliveMs: 100 }))).toEqual(['late'])
})

test('addresses that may not be reached and servers that are not there are data', async () => {
  const guarded = createConnect({
    allowPrivate: false,
    resolve: (_name, _all, done) => done(null, [{ address: '10.0.0.1', family: 4 }]),
  })
  expect(await guarded(`ws://${base}/`, { signal: never })).toMatchObject({ kind: 'refused', reason: 'address' })
  expect(await guarded('wss://inside.example/', { signal: never })).toMatchObject({
    kind: 'refused',
    reason: 'address',
  })
  expect(await connect('http://x.example/', { signal: never })).toMatchObject({ kind: 'refused', reason: 'scheme' })
  expect(await connect('ws://127.0.0.1:1/', { signal: never })).toMatchObject({ kind: 'unreachable' })
  expect(await connect('ws://x.example/', { signal: AbortSignal.abort() })).toMatchObject({ kind: 'aborted' })
})

test('an answer without an end is read as it comes, and a broken or quiet one just ends', async () => {
  const read = async (path: string, quietMs = 1000) => {
    const streamed = await stream(`http://${base}${path}`, { signal: never, quietMs })
    if (streamed.kind !== 'open') throw new Error(streamed.kind)
    let text = ''
    for await (const chunk of streamed.chunks) text += new TextDecoder().decode(chunk)
    return [streamed.status, text]
  }
  expect(await read('/two')).toEqual([200, 'data: 1\n\ndata: 2\n\n'])
  expect(await read('/broken')).toEqual([200, 'data: 1\n\n'])
  expect(await read('/quiet', 200)).toEqual([200, 'data: 1\n\n'])
  expect(await read('/refused')).toEqual([400, 'CursorTooOld'])
  expect(await stream('http://127.0.0.1:1/', { signal: never })).toMatchObject({ kind: 'unreachable' })
  const guarded = createStream({ allowPrivate: false })
  expect(await guarded(`http://${base}/`, { signal: never })).toMatchObject({ kind: 'refused', reason: 'address' })
  await guarded.close()
})
