import { z } from 'zod'
import type { Connected } from '../../../base/http/socket.ts'
import type { Post } from '../../posts/post.ts'
import { failed, readJson, unanswered, type Trouble } from '../answers.ts'
import type { Cursor, Fetched, Health, ItemProblem, SourceIo, SourceToRead } from '../connector.ts'
import { problem, tell, type Problem } from '../problems.ts'
import { printStretch } from '../stretch.ts'
import { callForSource } from './call.ts'
import { isTagOf, keepRules, rulesOf, type StreamServer } from './rules.ts'
import { readSearch } from './search.ts'
import { eventToPost, idOfEvent, Message, StreamEvent } from './stream-event.ts'
import { withTicks } from './ticks.ts'
import type { VkConfig } from './vk.ts'

const keepAliveMs = 30_000
const tickMs = 20_000
const rulesEveryMs = 60_000
const farewellMs = 5000
// So many of the day’s thousand searches one reconnection may take.
const mostSearched = 20
const overlapS = 300
const longestGapS = 2 * 86_400

const Server = z.object({ endpoint: z.string().min(3), key: z.string().min(1) })

/**
 * What VK sends of itself, by rules made of some words or of those of the project's topics. A stream has no memory: what was said between
 * two connections is searched for with the same words, once the connection stands, so that nothing falls between the two.
 */
export async function* listenToVk(
  source: SourceToRead<VkConfig>,
  words: string | null,
  io: SourceIo,
): AsyncGenerator<Fetched> {
  const token = source.secrets['token'] ?? ''
  const asked = await callForSource('streaming.getServerUrl', {}, token, Server, io)
  if ('trouble' in asked) return yield asked.trouble
  const server: StreamServer = { ...asked.value, endpoint: asked.value.endpoint.replace(/^[a-z]+:\/\//i, '') }
  const first = await rulesFor(source, words)
  if (first.length === 0) return yield failed('vk.no-words')
  const kept = await keepRules(server, { rules: first, source: source.id }, io)
  if ('trouble' in kept) return yield kept.trouble
  const stream = await io.connect(`wss://${server.endpoint}/stream?key=${encodeURIComponent(server.key)}`, {
    signal: io.signal,
    keepAliveMs,
  })
  if (stream.kind !== 'open') return yield notOpened(stream)
  const told = reader(source, kept.refused, io)
  try {
    const sinceS = heardIn(source)
    yield { kind: 'unchanged', next: cursorOf(source, sinceS), health: told.health }
    for await (const missed of searched(source, first.slice(0, sinceS === 0 ? 1 : mostSearched), sinceS, token, io)) {
      if ('trouble' in missed) return yield missed.trouble
      // The place stays where it was until every word has been searched for.
      if (missed.items.length > 0)
        yield told.page(missed.items, [], cursorOf(source, sinceS), { edited: [], removed: [] })
    }
    let rulesAt = io.now().getTime()
    for await (const frame of withTicks(stream.frames, tickMs, io.signal)) {
      if (io.signal.aborted) return
      if (io.now().getTime() - rulesAt >= rulesEveryMs) {
        rulesAt = io.now().getTime()
        const now = await rulesFor(source, words)
        const changed = now.length > 0 ? await keepRules(server, { rules: now, source: source.id }, io) : null
        if (changed !== null && 'trouble' in changed) return yield changed.trouble
      }
      const next = cursorOf(source, Math.floor(io.now().getTime() / 1000))
      const read = frame === null ? null : messageIn(frame)
      if (read !== null && 'trouble' in read) return yield read.trouble
      const event = read === null ? null : told.event(read.event)
      yield event === null
        ? { kind: 'unchanged', next, health: told.health }
        : told.page(event.items, event.problems, next, event)
    }
  } finally {
    stream.close()
    // What is only tried, paused or removed leaves no rules behind: the app has three hundred.
    if (io.signal.aborted || source.id === 0)
      await keepRules(server, { rules: [], source: source.id }, { ...io, signal: AbortSignal.timeout(farewellMs) })
  }
}

async function rulesFor(source: SourceToRead<VkConfig>, words: string | null): Promise<string[]> {
  return words === null ? rulesOf((await source.topics?.()) ?? []) : [words]
}

/** What was said since, by the search; the first time a page of what is newest. */
async function* searched(
  { config }: SourceToRead<VkConfig>,
  rules: string[],
  sinceS: number,
  token: string,
  io: SourceIo,
): AsyncGenerator<{ items: Post[] } | { trouble: Trouble }> {
  const nowS = Math.floor(io.now().getTime() / 1000)
  const from = Math.max(sinceS - overlapS, nowS - longestGapS)
  for (const rule of rules) {
    let cursor: Cursor = { stretch: printStretch({ from, before: 0, page: 1, top: 0, sweptAt: nowS }) }
    for (let more = true; more && !io.signal.aborted;) {
      const found = await readSearch(rule, { token, cursor, url: config.url }, io)
      if (found.kind !== 'page' && found.kind !== 'unchanged') {
        if (found.kind !== 'moved') yield { trouble: found }
        return
      }
      yield { items: found.kind === 'page' ? found.items : [] }
      cursor = found.next
      more = sinceS > 0 && found.kind === 'page' && found.more
    }
  }
}

function messageIn(frame: string | Uint8Array): { event: unknown } | { trouble: Trouble } | null {
  let json: unknown
  try {
    json = JSON.parse(typeof frame === 'string' ? frame : new TextDecoder().decode(frame))
  } catch {
    return { trouble: failed('site.unreadable', { reason: 'broken JSON' }) }
  }
  const { data } = Message.safeParse(json)
  if (data === undefined) return { trouble: failed('site.unexpected', { what: 'stream' }) }
  if (data.code === 100) return { event: data.event }
  const { service_message: service, error } = data
  // 3000: the server is going; whoever stays hears nothing more.
  if (service?.service_code === 3000) return { trouble: failed('vk.stream-ended', { reason: service.message }) }
  return error == null ? null : { trouble: failed('vk.stream-ended', { reason: error.message }) }
}

/** Maps what comes, and tells once which rules VK refused. */
function reader(source: SourceToRead<VkConfig>, refused: { rule: string; reason: string }[], io: SourceIo) {
  let waiting: Problem[] = refused.map((one) => problem('vk.rule-refused', one))
  const health: Health = { title: titleOf(source), newestAt: null, requests: 0, pollAfterMs: null }
  const named = (what: Problem): ItemProblem => ({ item: source.config.url, reason: tell(what, 'en'), problem: what })
  return {
    health,
    event(given: unknown) {
      const { data, error } = StreamEvent.safeParse(given)
      const nothing = { items: [], removed: [], edited: [] }
      if (data === undefined) {
        const field = error?.issues[0]?.path.join('.') || 'event'
        return { ...nothing, problems: [problem('entry.unreadable', { field })] }
      }
      if (data.tags != null && !data.tags.some((tag) => isTagOf(source.id, tag))) return null
      const id = idOfEvent(data)
      if (data.action === 'delete') return id === null ? null : { ...nothing, removed: [id], problems: [] }
      const { post, problems } = eventToPost(data, io.now())
      if (post === null) return null
      return { ...nothing, items: [post], problems, edited: data.action === 'update' ? [post.id] : [] }
    },
    page(
      items: Post[],
      problems: Problem[],
      next: Cursor,
      { edited, removed }: { edited: string[]; removed: string[] },
    ): Fetched {
      for (const { postedAt } of items)
        if (postedAt !== null && (health.newestAt === null || postedAt > health.newestAt)) health.newestAt = postedAt
      const all = [...waiting, ...problems].map(named)
      waiting = []
      return { kind: 'page', items, edited, removed, next, more: false, problems: all, health: { ...health } }
    },
  }
}

/** Why a stream did not open; a key that VK has taken back is asked for anew at the next connection. */
function notOpened(answer: Exclude<Connected, { kind: 'open' }>): Trouble {
  if (answer.kind !== 'answered') return unanswered(answer)
  const read = readJson({ ...answer, kind: 'ok', movedTo: null, requests: 1 }, Message)
  const reason = 'value' in read && read.value.error ? read.value.error.message : `HTTP ${answer.status}`
  return failed('vk.stream-ended', { reason })
}

function titleOf({ config }: SourceToRead<VkConfig>): string {
  return config.url === 'topics' ? 'VK' : `VK: ${config.url.replace(/^stream: /, '')}`
}

function heardIn({ cursor, config }: SourceToRead<VkConfig>): number {
  const heard = cursor?.['url'] === config.url ? cursor['heard'] : 0
  return typeof heard === 'number' && Number.isSafeInteger(heard) && heard > 0 ? heard : 0
}

function cursorOf({ config }: SourceToRead<VkConfig>, heard: number): Cursor {
  return { url: config.url, heard }
}
