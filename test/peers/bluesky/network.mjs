import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TestPds, TestPlc, mockNetworkUtilities } from '@atproto/dev-env'
import { IdResolver } from '@atproto/identity'
import { Firehose } from '@atproto/sync'
import { WebSocketServer } from 'ws'

// A Bluesky network in a process of its own: the registry of accounts, and the server where they live, are Bluesky's own
// programs. Jetstream exists in Go only, so a small one of ours stands in front of the server's firehose and speaks
// version 2 by its documentation. The parent says what to stop and start; when it is gone, so are we.

const dir = await mkdtemp(join(tmpdir(), 'heed-bluesky-'))
const plc = await TestPlc.create({})

let pds = null
let pdsPort
async function startPds() {
  const kept = { dataDirectory: join(dir, 'data'), blobstoreDiskLocation: join(dir, 'blobs') }
  await mkdir(kept.dataDirectory, { recursive: true })
  pds = await TestPds.create({ didPlcUrl: plc.url, ...(pdsPort && { port: pdsPort }), ...kept })
  pdsPort = pds.port
  mockNetworkUtilities(pds)
  return pds.url
}

/** Every event of the network, in the order in which they came; its place plus one is its number. */
const events = []
const readers = new Set()
let seen

function follow(service) {
  const firehose = new Firehose({
    service,
    idResolver: new IdResolver({ plcUrl: plc.url }),
    unauthenticatedCommits: true,
    unauthenticatedHandles: true,
    // What it says of names would be looked up at a registry with https only.
    excludeIdentity: true,
    maxReconnectSeconds: 1,
    getCursor: () => seen ?? 0,
    handleEvent(event) {
      // After a break the firehose says its last event once more.
      if (seen !== undefined && event.seq <= seen && events.some((one) => one.of === nameOf(event))) return
      seen = event.seq
      events.push({ of: nameOf(event), ...framed(event, events.length + 1) })
      for (const tell of readers) tell()
    },
    onError: (error) => console.error(String(error)),
  })
  void firehose.start()
}

const nameOf = ({ seq, event, collection, rkey }) => [seq, event, collection, rkey].join()

function framed(event, seq) {
  const { did, time } = event
  const known = { seq, did, time: new Date(time).toISOString().replace('Z', '000Z') }
  const of = (name, more) => ({ $type: `network.bsky.jetstream.subscribeEvents#${name}`, ...known, ...more })
  const { rev, event: operation, collection, rkey, cid, record } = event
  if (rkey !== undefined)
    return {
      kind: 'commit',
      collection,
      payload: of('commit', { rev, operation, collection, rkey, cid: cid?.toString(), record }),
    }
  const { active, status } = event
  const account = { did, time, seq: event.seq, active, ...(status && { status }) }
  return operation === 'account'
    ? { kind: 'account', payload: of('account', { account }) }
    : { kind: operation, payload: of(operation, {}) }
}

let jetstream = null
let jetstreamPort = 0
async function startJetstream() {
  const http = createServer((_request, response) => response.writeHead(404).end())
  const sockets = new WebSocketServer({ server: http })
  sockets.on('connection', (socket, request) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost')
    if (pathname !== '/xrpc/network.bsky.jetstream.subscribeEvents') return socket.close(1008)
    const [kinds, collections] = [searchParams.getAll('kinds'), searchParams.getAll('collections')]
    let next = searchParams.has('cursor') ? Math.max(0, Number(searchParams.get('cursor')) - 1) : events.length
    const tell = () => {
      for (; next < events.length; next += 1) {
        const { kind, collection, payload } = events[next]
        if (kinds.length > 0 && !kinds.includes(kind)) continue
        if (kind === 'commit' && collections.length > 0 && !collections.includes(collection)) continue
        socket.send(JSON.stringify({ $type: 'message', payload }))
      }
    }
    readers.add(tell)
    socket.on('close', () => readers.delete(tell))
    socket.on('message', () => socket.close(1008, 'clients must not send'))
    tell()
  })
  http.listen(jetstreamPort, '127.0.0.1')
  await once(http, 'listening')
  jetstreamPort = http.address().port
  jetstream = { http, sockets }
}

/** Ends it as a crash would: whoever reads is cut off. */
async function stopJetstream() {
  if (jetstream === null) return
  const { http, sockets } = jetstream
  jetstream = null
  for (const socket of sockets.clients) socket.terminate()
  http.closeAllConnections()
  http.close()
  await once(http, 'close')
}

const commands = {
  startPds,
  startJetstream,
  stopJetstream,
  stopPds: async () => pds?.close(),
}

process.on('message', ({ id, command }) => {
  commands[command]().then(
    () => process.send({ id }),
    (error) => process.send({ id, error: String(error) }),
  )
})
process.once('disconnect', () => {
  void rm(dir, { recursive: true, force: true }).finally(() => process.exit(0))
})

follow((await startPds()).replace('http', 'ws'))
await startJetstream()
process.send({ pds: pds.url, jetstream: `ws://127.0.0.1:${jetstreamPort}` })
