import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { readCorpus, toPost } from './corpus.ts'

/** In a process of its own: a Jetstream that sends so many events, so many a second or as fast as they are read. */
const [count = 0, perSecond = 0] = process.argv.slice(2).map(Number)
// One event of twenty deletes what came so many events before, which was a post.
const back = 1001
const texts = readCorpus().lines.map((line) => toPost(line).text.slice(0, 300))
const frames = Array.from({ length: count }, (_, index) => frameOf(index))

const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
server.on('connection', (socket, request) => {
  const cursor = new URL(request.url ?? '/', 'http://localhost').searchParams.get('cursor')
  const from = cursor === null ? 0 : Number(cursor) - 1
  if (perSecond > 0) sendPaced(socket, from)
  else sendAll(socket, from)
})
server.on('listening', () => process.send?.({ url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` }))
process.once('disconnect', () => process.exit(0))

function frameOf(index: number): string {
  const isDeletion = index % 20 === 19 && index > back
  const rkey = `3k${(isDeletion ? index - back : index).toString(36).padStart(11, '2')}`
  const did = `did:plc:${((index * 7919) % 5000).toString(36).padStart(24, 'a')}`
  const record = {
    $type: 'app.bsky.feed.post',
    text: texts[index % texts.length],
    createdAt: '2026-11-22T11:59:59.000Z',
    langs: ['ru'],
    facets: [],
  }
  const more = isDeletion ? {} : { cid: 'bafyreidwaivazkwu67xztlmuobx35hs2lnfh3kolmgfmucldvhd3sgzcqi', record }
  return JSON.stringify({
    $type: 'message',
    payload: {
      $type: 'network.bsky.jetstream.subscribeEvents#commit',
      seq: index + 1,
      did: isDeletion ? `did:plc:${(((index - back) * 7919) % 5000).toString(36).padStart(24, 'a')}` : did,
      time: new Date().toISOString().replace('Z', '000Z'),
      rev: '3l3qo2vutsw2b',
      operation: isDeletion ? 'delete' : 'create',
      collection: 'app.bsky.feed.post',
      rkey,
      ...more,
    },
  })
}

function sendPaced(socket: WebSocket, from: number): void {
  const begun = performance.now()
  let next = from
  const timer = setInterval(() => {
    const due = Math.min(frames.length, from + Math.floor(((performance.now() - begun) * perSecond) / 1000))
    for (; next < due; next += 1) socket.send(frames[next] ?? '')
    if (next < frames.length && socket.readyState === socket.OPEN) return
    clearInterval(timer)
    process.send?.({ sent: Date.now() })
  }, 10)
}

function sendAll(socket: WebSocket, from: number): void {
  let next = from
  const timer = setInterval(() => {
    for (; next < frames.length && socket.bufferedAmount < 1_000_000; next += 1) socket.send(frames[next] ?? '')
    if (next < frames.length && socket.readyState === socket.OPEN) return
    clearInterval(timer)
    process.send?.({ sent: Date.now() })
  }, 5)
}
