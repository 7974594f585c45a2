import { setTimeout as sleep } from 'node:timers/promises'
import type { Connected } from '../../../base/http/socket.ts'
import { contentOf, failed, unanswered, why, type Trouble } from '../answers.ts'
import type { Cursor, Fetched, ItemProblem, SourceIo } from '../connector.ts'
import { isPlausible } from '../dates.ts'
import { problem, tell, type Problem } from '../problems.ts'
import { readFrame, type Mark, type StreamEvent } from './jetstream-frame.ts'
import { idOf, postCollection, recordToPost, uriOf } from './record.ts'
import { publicServers, type Target } from './target.ts'

type Network = Extract<Target, { kind: 'network' }>

/**
 * Everything that is posted, changed and deleted on the network, from the cursor on, until the connection ends. Both
 * versions of Jetstream are understood. Nothing is ever sent to the server, which would end the connection.
 */
export async function* followNetwork(target: Network, cursor: Cursor | null, io: SourceIo): AsyncGenerator<Fetched> {
  const known = readPlace(cursor, target)
  const opened = await openAny(target, known, io)
  if ('trouble' in opened) return yield opened.trouble
  const { server, socket } = opened
  const asked = known?.server === server && known.seq !== null ? known.seq : -1
  let gapFrom = known?.timeUs ?? null
  let lastUs = known?.timeUs ?? null
  let told = 0
  let isBroken = false
  for await (const text of untilSilent(socket, target, io)) {
    const frame = typeof text === 'string' ? readFrame(text) : ({ kind: 'unreadable' } as const)
    if (frame.kind === 'error') return yield ended(frame.name)
    if (frame.kind === 'unreadable') {
      // Told once, for it would be the same of every frame that follows.
      if (isBroken) continue
      isBroken = true
      yield pageOf(target, {}, known === null ? {} : cursor, problem('bluesky.frame', { server }))
    }
    if (frame.kind !== 'event' || (frame.event.at.seq ?? Infinity) <= asked) continue
    const event = plausible(frame.event, lastUs, io.now())
    lastUs = event.at.timeUs
    const next: Cursor = { url: target.url, server, seq: event.at.seq, timeUs: event.at.timeUs }
    if (gapFrom !== null && event.at.timeUs - gapFrom > gapUs) yield pageOf(target, {}, next, gapOf(gapFrom, event.at))
    gapFrom = null
    const brought = broughtBy(event)
    // Where nothing of interest comes, the place to go on from still moves.
    if (brought === null && event.at.timeUs - told < 1_000_000) continue
    told = event.at.timeUs
    const page = pageOf(target, brought ?? {}, next, null)
    yield brought === null
      ? { kind: 'unchanged', next, health: page.health }
      : { ...page, more: io.now().getTime() - event.at.timeUs / 1000 > pastMs }
  }
}

/** A moment that cannot be true neither dates a post nor moves the place: it counts as that of the event before. */
function plausible(event: StreamEvent, lastUs: number | null, now: Date): StreamEvent {
  if (isPlausible(new Date(event.at.timeUs / 1000), now)) return event
  return { ...event, at: { ...event.at, timeUs: lastUs ?? now.getTime() * 1000 } }
}

/** The last event that was saved: on which server, and where it stands there. */
type Known = Mark & { server: string }

// Servers keep some 36 hours; a reader who comes later is set forward without a word by version 1.
const gapUs = 600 * 1_000_000
const pastMs = 60_000
// Servers number events in their own way and see them at slightly different times.
const overlapUs = 10 * 1_000_000
const newCollections = /^(404|405|501)$/

function readPlace(cursor: Cursor | null, target: Network): Known | null {
  const { url, server, seq, timeUs } = cursor ?? {}
  if (url !== target.url || typeof server !== 'string' || typeof timeUs !== 'number' || !(timeUs > 0)) return null
  return { server, timeUs, seq: typeof seq === 'number' && seq >= 0 ? seq : null }
}

type Opened = { server: string; socket: Extract<Connected, { kind: 'open' }> }

/** The server that was read last, and the others when it does not answer. */
async function openAny(target: Network, known: Known | null, io: SourceIo): Promise<Opened | { trouble: Trouble }> {
  const servers = [...target.servers].sort((a, b) => Number(b === known?.server) - Number(a === known?.server))
  let trouble: Trouble = failed('site.stopped')
  for (const server of servers) {
    const opened = await open(server, known, io)
    if (!('trouble' in opened) || io.signal.aborted) return opened
    trouble = opened.trouble
  }
  return { trouble }
}

async function open(server: string, known: Known | null, io: SourceIo): Promise<Opened | { trouble: Trouble }> {
  const own = known?.server === server ? known.seq : null
  const byTime = known === null ? null : known.timeUs - (own === null && known.server !== server ? overlapUs : 0)
  const connect = (path: string, cursor: number | null) =>
    io.connect(`${server}${path}${cursor === null ? '' : `&cursor=${cursor}`}`, { signal: io.signal })

  let socket = await connect(second, own ?? byTime)
  if (socket.kind === 'answered' && refusalOf(socket.body) === 'CursorTooOld') socket = await connect(second, byTime)
  if (socket.kind === 'answered' && newCollections.test(String(socket.status)))
    socket = await connect(first, own ?? byTime)
  if (socket.kind === 'open') return { server, socket }
  if (socket.kind !== 'answered') return { trouble: unanswered(socket) }
  const answer = contentOf({ ...socket, kind: 'ok', movedTo: null, requests: 1 }, io.now())
  return 'trouble' in answer ? answer : { trouble: failed('site.unexpected', { what: 'no WebSocket' }) }
}

const second = `/xrpc/network.bsky.jetstream.subscribeEvents?collections=${postCollection}&kinds=commit&kinds=account`
const first = `/subscribe?wantedCollections=${postCollection}`

function refusalOf(body: Uint8Array): string {
  return /"error"\s*:\s*"(\w+)"/.exec(new TextDecoder().decode(body))?.[1] ?? ''
}

/** The whole network is never silent for half a minute; a server of somebody's own may be. */
async function* untilSilent(socket: Opened['socket'], target: Network, io: SourceIo) {
  const longestMs = target.servers === publicServers ? 30_000 : 600_000
  const frames = socket.frames[Symbol.asyncIterator]()
  let heardAt = performance.now()
  const watch = setInterval(() => {
    if (performance.now() - heardAt > longestMs) socket.close()
  }, 5000)
  try {
    for (;;) {
      const { value, done } = await frames.next()
      if (done === true || io.signal.aborted) return
      heardAt = performance.now()
      yield value
      // While what was read is being saved nobody is silent but us.
      heardAt = performance.now()
    }
  } finally {
    clearInterval(watch)
    socket.close()
    // The iteration ends with its connection.
    await Promise.race([frames.return?.(), sleep(1000, null, { ref: false })])
  }
}

type Brought = Pick<Extract<Fetched, { kind: 'page' }>, 'removed' | 'removedAuthors' | 'edited'> & {
  items?: Extract<Fetched, { kind: 'page' }>['items']
}

function broughtBy(event: StreamEvent): Brought | null {
  switch (event.kind) {
    case 'said': {
      const post = recordToPost(event.record, event.place, new Date(event.at.timeUs / 1000))
      return post && { items: [post], ...(event.again && { edited: [post.id] }) }
    }
    case 'removed':
      return { removed: [idOf(uriOf(event.place))] }
    case 'left':
      return { removedAuthors: [event.did] }
    case 'other':
      return null
  }
}

function pageOf(target: Network, { items = [], ...followed }: Brought, next: Cursor | null, what: Problem | null) {
  const problems: ItemProblem[] = what === null ? [] : [{ item: target.title, reason: tell(what, 'en'), problem: what }]
  const newestAt = items[0]?.postedAt ?? null
  const health = { title: target.title, newestAt, requests: 0, pollAfterMs: null }
  return { kind: 'page' as const, items, ...followed, next: next ?? {}, more: false, problems, health }
}

function gapOf(fromUs: number, { timeUs }: Mark): Problem {
  const told = (us: number) => new Date(us / 1000).toISOString().slice(0, 16).replace('T', ' ')
  return problem('bluesky.gap', { from: told(fromUs), to: told(timeUs) })
}

function ended(name: string): Fetched {
  return name === 'ConsumerTooSlow'
    ? failed('bluesky.too-slow')
    : { kind: 'failed', retryAt: null, ...why('bluesky.ended', { reason: name }) }
}
