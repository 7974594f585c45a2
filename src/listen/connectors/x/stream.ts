import { z } from 'zod'
import { failed, unanswered, type Trouble } from '../answers.ts'
import type { Charge, Cursor, Fetched, SourceIo, SourceToRead } from '../connector.ts'
import { problem, tell, type Problem } from '../problems.ts'
import { origin, readX } from './ask.ts'
import { billed, fields, firstVersion, Includes, nameOf, usersIn, XPost, xToPost } from './post.ts'
import { Prepaid } from './prepaid.ts'
import { authoredPostMicros } from './price.ts'
import { keepRules, rulesOf } from './rules.ts'
import { notPaid, searchPage, type XWalk } from './search.ts'
import { isLater, isPostId } from './snowflake.ts'
import type { XConfig } from './x.ts'

const Event = z.object({
  data: z.unknown(),
  includes: Includes,
  matching_rules: z.array(z.object({ tag: z.string().nullish() })).nullish(),
})
const Broken = z.object({
  errors: z.array(z.object({ title: z.string().nullish(), detail: z.string().nullish() })).min(1),
})

const portion = 25 * authoredPostMicros
// X sends an empty line every twenty seconds; somewhat more is for the way.
const quietMs = 30_000
const farewellMs = 5000
const rulesEveryMs = 60_000

/**
 * What X sends of itself, by rules made of one query or of the words of the project's topics. What was posted between
 * two connections is searched for with the same rules, so a pause of up to seven days loses nothing.
 */
export async function* listenToX(
  source: SourceToRead<XConfig>,
  rule: string | null,
  io: SourceIo,
): AsyncGenerator<Fetched> {
  const token = source.secrets['token'] ?? ''
  const tag = `heed ${source.id}`
  const made = await rulesFor(source, rule)
  if (made.rules.length === 0) return yield failed('x.no-words')
  const kept = await keepRules({ rules: made.rules, tag, token }, io)
  if ('trouble' in kept) return yield kept.trouble
  const opened = await Prepaid.open(io.pay, portion, io.now)
  if ('refused' in opened) return yield notPaid(opened.refused)
  const { meter } = opened
  try {
    const stream = await io.stream(`${origin}/2/tweets/search/stream?${new URLSearchParams(fields).toString()}`, {
      headers: { authorization: `Bearer ${token}` },
      quietMs,
      signal: io.signal,
    })
    if (stream.kind !== 'open') return yield unanswered(stream)
    if (stream.status !== 200) return yield await refusalOf(stream, io)
    try {
      const page = reader(source, kept.refused, io)
      let newest = newestIn(source)
      yield { kind: 'unchanged', next: cursorOf(source, newest), health: page.health }
      // A new source shows the newest ten; the past costs.
      for (const missed of newest === '' ? made.rules.slice(0, 1) : made.rules) {
        for await (const brought of searched({ query: missed, newest: newestIn(source), token }, io)) {
          if ('trouble' in brought) return yield brought.trouble
          // The place stays where it was until every rule has been searched for.
          if (brought.items.length > 0)
            yield page.of(brought.items, brought.includes, cursorOf(source, newestIn(source)))
          if (isLater(brought.next.newest, newest)) newest = brought.next.newest
        }
      }
      let rulesAt = io.now().getTime()
      for await (const line of linesOf(stream.chunks)) {
        if (io.signal.aborted) return
        if (io.now().getTime() - rulesAt >= rulesEveryMs) {
          rulesAt = io.now().getTime()
          const now = await rulesFor(source, rule)
          const changed = now.rules.length > 0 ? await keepRules({ rules: now.rules, tag, token }, io) : null
          if (changed !== null && 'trouble' in changed) return yield changed.trouble
        }
        if (line === '') {
          yield { kind: 'unchanged', next: cursorOf(source, newest), health: page.health }
          continue
        }
        const event = eventIn(line)
        if ('trouble' in event) return yield event.trouble
        const refused = await meter.count(event.charges)
        if (event.isOurs(tag)) {
          if (isPostId(event.id) && isLater(event.id, newest)) newest = event.id
          yield page.of([event.item], event.includes, cursorOf(source, newest))
        }
        if (refused !== null) return yield notPaid(refused)
      }
    } finally {
      stream.close()
    }
  } finally {
    await meter.close()
    // What is only tried, paused or removed leaves no rules behind that others of the same app would pay for.
    if (io.signal.aborted || source.id === 0)
      await keepRules({ rules: [], tag, token }, { ...io, signal: AbortSignal.timeout(farewellMs) })
  }
}

async function rulesFor(
  source: SourceToRead<XConfig>,
  rule: string | null,
): Promise<{ rules: string[]; left: number }> {
  return rule === null ? rulesOf((await source.topics?.()) ?? []) : { rules: [rule], left: 0 }
}

async function* searched({ query, newest, token }: { query: string; newest: string; token: string }, io: SourceIo) {
  let walk: XWalk = { newest, top: '', before: '' }
  for (let more = true; more;) {
    const found = await searchPage({ query, walk, token }, io)
    yield found
    if ('trouble' in found) return
    ;({ next: walk, more } = found)
  }
}

/** Maps what comes; a post that is told twice is saved once, for it has one id. */
function reader({ config }: SourceToRead<XConfig>, refused: string[], io: SourceIo) {
  let told: Problem[] = refused.map((value) => problem('x.rule-refused', { rule: value }))
  const health = {
    title: config.url === 'topics' ? 'X' : `X: ${config.url}`,
    newestAt: null as Date | null,
    requests: 0,
    pollAfterMs: null,
  }
  return {
    health,
    of(items: unknown[], includes: z.infer<typeof Includes>, next: Cursor): Fetched {
      const users = usersIn(includes)
      const read = items.map((item) => ({ item, raw: XPost.safeParse(item).data }))
      const mapped = read.flatMap(({ raw }) => (raw ? [{ raw, ...xToPost(raw, users, io.now()) }] : []))
      const unread = read.filter(({ raw }) => !raw).map(() => problem('entry.unreadable', { field: 'data' }))
      const problems = [...told, ...unread, ...mapped.flatMap((one) => one.problems)]
      told = []
      const posts = mapped.flatMap(({ post }) => post ?? [])
      for (const { postedAt } of posts)
        if (postedAt !== null && (health.newestAt === null || postedAt > health.newestAt)) health.newestAt = postedAt
      return {
        kind: 'page',
        items: posts,
        edited: mapped.filter(({ raw }) => firstVersion(raw) !== raw.id).map(({ raw }) => nameOf(firstVersion(raw))),
        next,
        more: false,
        problems: problems.map((one) => ({ item: config.url, reason: tell(one, 'en'), problem: one })),
        health: { ...health },
      }
    },
  }
}

function eventIn(line: string):
  | {
      item: unknown
      id: unknown
      includes: z.infer<typeof Includes>
      charges: Charge[]
      isOurs: (tag: string) => boolean
    }
  | { trouble: Trouble } {
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch {
    return { trouble: failed('site.unreadable', { reason: 'broken JSON' }) }
  }
  const broken = Broken.safeParse(json)
  const event = Event.safeParse(json)
  if (broken.success && (!event.success || event.data.data === undefined)) {
    const { title, detail } = broken.data.errors[0]!
    return { trouble: failed('x.ended', { reason: detail ?? title ?? '' }) }
  }
  if (!event.success) return { trouble: failed('site.unexpected', { what: 'stream' }) }
  const { data, includes, matching_rules: rules } = event.data
  return {
    item: data,
    id: (data as { id?: unknown } | null)?.id,
    includes,
    charges: billed([data], includes),
    isOurs: (tag) => rules == null || rules.some((rule) => rule.tag === tag),
  }
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const utf8 = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + utf8.decode(chunk, { stream: true })).split(/\r?\n/)
    rest = lines.pop() ?? ''
    // One post has a hundred fields at most; whatever has no end is none.
    if (rest.length > 5_000_000) return
    yield* lines
  }
}

async function refusalOf(
  stream: { status: number; headers: { [name: string]: string }; chunks: AsyncIterable<Uint8Array> },
  io: SourceIo,
): Promise<Fetched> {
  const parts: Uint8Array[] = []
  for await (const part of stream.chunks) {
    parts.push(part)
    if (parts.length > 100) break
  }
  const answer = { ...stream, kind: 'ok' as const, body: Buffer.concat(parts), url: origin, movedTo: null, requests: 1 }
  const read = readX(answer, io.now())
  return 'trouble' in read ? read.trouble : failed('site.unexpected', { what: 'stream' })
}

function newestIn({ cursor, config }: SourceToRead<XConfig>): string {
  return cursor?.['url'] === config.url && isPostId(cursor['newest']) ? cursor['newest'] : ''
}

function cursorOf({ config }: SourceToRead<XConfig>, newest: string): Cursor {
  return { url: config.url, newest }
}
