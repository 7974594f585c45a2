import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { askJson, contentOf, failed, unanswered, type Trouble } from '../answers.ts'
import type { Cursor, Fetched, FetchedPage, Health, SourceIo, SourceToRead } from '../connector.ts'
import { tell } from '../problems.ts'
import { readSentEvents, type SentEvent } from './sent-events.ts'
import { idOf, Status, statusToPost } from './status.ts'
import { fetchTimeline, lateMs, newestOf, type MastodonConfig } from './timeline.ts'
import { readTimeline, type Timeline } from './timeline-address.ts'

// Mastodon sends a sign of life every quarter of a minute.
const quietMs = 90_000
// Deletions name the number of a status at this server. Most come soon after the status.
const mostRemembered = 20_000
const pollEveryMs = 60_000
const notOffered = /^(400|403|404|405|501)$/

/**
 * What comes to a timeline, as it comes, with edits and deletions; before that what came since the last time, by the same
 * pages as polling. Where the server has no streaming, or none of this timeline, it is polled once a minute instead.
 */
export async function* followTimeline(source: SourceToRead<MastodonConfig>, io: SourceIo): AsyncGenerator<Fetched> {
  const timeline = readTimeline(source.config.url)
  if (timeline === null) return yield failed('mastodon.url')
  // The connection stands before the timeline is read, so that nothing falls between the two.
  const opened = await open(timeline, source.secrets['token'] ?? '', io)
  if ('trouble' in opened) return yield opened.trouble
  const caughtUp = { cursor: source.cursor }
  try {
    for await (const fetched of catchUp(source, caughtUp, io)) {
      yield fetched
      if (fetched.kind !== 'page' && fetched.kind !== 'unchanged') return
    }
    if (opened.stream === null) return yield* pollOn(source, caughtUp, io)
    const session: Session = { timeline, cursor: caughtUp.cursor ?? {}, addresses: new Map(), recent: [], io }
    for await (const event of readSentEvents(opened.stream.chunks)) {
      const told = toldBy(event, session)
      if (told !== null) yield told
    }
  } finally {
    opened.stream?.close()
  }
}

type Opened = { stream: { chunks: AsyncIterable<Uint8Array>; close: () => void } | null }

async function open(timeline: Timeline, token: string, io: SourceIo): Promise<Opened | { trouble: Trouble }> {
  const path = streamOf(timeline)
  if (path === null || token === '') return { stream: null }
  const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' }
  const address = `${await streamingServer(timeline, io)}/api/v1/streaming/${path}`
  const answer = await io.stream(address, { headers, signal: io.signal, quietMs })
  if (answer.kind !== 'open') return { trouble: unanswered(answer) }
  const isStream = /^text\/event-stream\b/i.test(answer.headers['content-type'] ?? '')
  if (answer.status === 200 && isStream) return { stream: answer }
  answer.close()
  if (answer.status === 200 || notOffered.test(String(answer.status))) return { stream: null }
  if (answer.status === 401) return { trouble: { ...failed('mastodon.stream-token'), kind: 'signed-out' } }
  const body = new Uint8Array()
  const asked = contentOf(
    { kind: 'ok', status: answer.status, headers: answer.headers, body, url: address, movedTo: null, requests: 1 },
    io.now(),
  )
  return 'trouble' in asked ? asked : { stream: null }
}

function streamOf(timeline: Timeline): string | null {
  switch (timeline.kind) {
    case 'tag':
      return `hashtag?tag=${encodeURIComponent(timeline.tag)}`
    case 'local':
      return 'public/local'
    case 'account':
      return null
  }
}

const Instance = z.object({ configuration: z.object({ urls: z.object({ streaming: z.string() }) }) })

/** Large servers stream from a host of its own, which they name as that of a WebSocket. */
async function streamingServer({ server }: Timeline, io: SourceIo): Promise<string> {
  const asked = await askJson(io, `${server}/api/v2/instance`, Instance)
  const named = 'value' in asked ? asked.value.configuration.urls.streaming.replace(/^ws/i, 'http') : ''
  if (!URL.canParse(named)) return server
  const { origin, protocol } = new URL(named)
  // The token was given for this server, and is not sent in the open where the server itself is not.
  return protocol === 'https:' || server.startsWith('http:') ? origin : server
}

type Kept = { cursor: Cursor | null }

async function* catchUp(source: SourceToRead<MastodonConfig>, kept: Kept, io: SourceIo): AsyncGenerator<Fetched> {
  for (let more = true; more && !io.signal.aborted;) {
    const fetched = await fetchTimeline({ ...source, cursor: kept.cursor }, io)
    yield fetched
    if (fetched.kind !== 'page' && fetched.kind !== 'unchanged') return
    kept.cursor = fetched.next
    more = fetched.kind === 'page' && fetched.more
  }
}

async function* pollOn(source: SourceToRead<MastodonConfig>, kept: Kept, io: SourceIo): AsyncGenerator<Fetched> {
  for (;;) {
    await sleep(pollEveryMs, null, { signal: io.signal }).catch(() => null)
    if (io.signal.aborted) return
    for await (const fetched of catchUp(source, kept, io)) {
      yield fetched
      if (fetched.kind !== 'page' && fetched.kind !== 'unchanged') return
    }
  }
}

type Session = {
  timeline: Timeline
  cursor: Cursor
  /** Where the statuses stand whose numbers came by. */
  addresses: Map<string, string>
  recent: { id: string; atMs: number }[]
  io: SourceIo
}

/**
 * One event as a page. The place to go on from follows some minutes behind: after a break those minutes are read again,
 * which brings also what came late, and nothing is there twice.
 */
function toldBy(event: SentEvent, session: Session): Fetched | null {
  const { timeline, addresses, io } = session
  const cursor = followBehind(session)
  const health: Health = { title: timeline.title, newestAt: null, requests: 0, pollAfterMs: null }
  if (event.kind === 'heartbeat') return { kind: 'unchanged', next: cursor, health }
  const page: FetchedPage = { kind: 'page', items: [], next: cursor, more: false, problems: [], health }
  if (event.name === 'delete') {
    const address = addresses.get(event.data.trim())
    return address === undefined ? null : { ...page, removed: [address] }
  }
  if (event.name !== 'update' && event.name !== 'status.update') return null
  const read = readStatus(event.data)
  if (!('status' in read)) return { ...page, problems: [{ item: timeline.title, ...failedReading(read.field) }] }
  const { post, problems } = statusToPost(read.status, timeline, io.now())
  if (post === null) return null
  remember(addresses, read.status.id, idOf(read.status))
  if (event.name === 'update') session.recent.push({ id: read.status.id, atMs: io.now().getTime() })
  return {
    ...page,
    items: [post],
    ...(event.name === 'status.update' && { edited: [post.id] }),
    problems: problems.map((one) => ({ item: post.id, reason: tell(one, 'en'), problem: one })),
    health: { ...health, newestAt: post.postedAt },
  }
}

function followBehind(session: Session): Cursor {
  const { recent, io } = session
  const old = recent.findIndex(({ atMs }) => atMs > io.now().getTime() - lateMs)
  const passed = recent.splice(0, old < 0 ? recent.length : old)
  const known = session.cursor['minId']
  const minId = newestOf(passed, typeof known === 'string' ? known : null)
  if (passed.length > 0) session.cursor = { ...session.cursor, minId, settled: minId }
  return session.cursor
}

function readStatus(data: string): { status: Status } | { field: string } {
  try {
    const read = Status.safeParse(JSON.parse(data))
    return read.success ? { status: read.data } : { field: read.error.issues[0]?.path.join('.') || '—' }
  } catch {
    return { field: 'JSON' }
  }
}

function failedReading(field: string) {
  const { hint: reason, problem } = failed('entry.unreadable', { field })
  return { reason, ...(problem && { problem }) }
}

function remember(addresses: Map<string, string>, number: string, address: string): void {
  addresses.delete(number)
  addresses.set(number, address)
  if (addresses.size > mostRemembered) addresses.delete(addresses.keys().next().value ?? '')
}
