import { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import { contentOf, failed, readJson, typed, wrong, type Trouble } from '../answers.ts'
import type { Connector, Cursor, Fetched, SourceIo } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { readSpan, stepThrough, type Span } from '../span.ts'
import { outOfQuota, pollAfterMs } from './quota.ts'
import { Said, saidToPost, spread } from './said.ts'
import { readWanted, type Wanted } from './wanted.ts'

export type StackExchangeConfig = { url: string }

const api = 'https://api.stackexchange.com/2.3'
const pageSize = 100
const firstDays = 7
// Comments do not move a question in the order of activity, so whatever was active in the last day is read again.
const overlapS = 24 * 3600
const fields =
  'question.body;question.comments;question.answers;answer.body;answer.comments;comment.body;comment.link;answer.link'

const Page = z.object({
  items: z.array(z.unknown()),
  has_more: z.boolean().nullish(),
  backoff: z.number().nonnegative().nullish(),
  quota_remaining: z.int().nullish(),
})
const Filters = z.object({ items: z.tuple([z.object({ filter: z.string().min(1) })]) })
const Refusal = z.object({ error_id: z.int(), error_name: z.string(), error_message: z.string() })

/**
 * Questions of a site of Stack Exchange by tag or words, with their answers and all comments, as far as something
 * happened to them. What the platform asks for, `backoff` and a quota of the day, is kept to.
 */
export const stackExchangeConnector: Connector<StackExchangeConfig> = {
  platform: 'stackexchange',
  capabilities: {
    collects: ['poll'],
    replies: false,
    follows: { edits: true, deletions: false },
    cost: null,
    needs: 'nothing',
    // Without a key, for all programs of one address together (https://api.stackexchange.com/docs/throttle).
    quotas: [{ name: 'requests', units: 300, per: 'day', of: 'address' }],
  },

  parseConfig(input) {
    const wanted = readWanted(typed(input, 'url'))
    if (wanted === null) throw wrong('stackexchange.wanted', {}, 'url')
    return { url: wanted.url }
  },

  async fetch(source, io): Promise<Fetched> {
    const { url } = source.config
    const wanted = readWanted(url)
    if (wanted === null) return failed('stackexchange.wanted')
    const now = io.now()
    const cursor = source.cursor?.['url'] === url ? source.cursor : {}
    const filter = await filterOf(cursor, io)
    if ('trouble' in filter) return filter.trouble
    const span = readSpan(cursor, now, firstDays)
    const asked = await ask(io, question(wanted, span, filter.name), Page)
    if ('trouble' in asked) return asked.trouble

    const page = asked.value
    const fresh = freshOf(spread(page.items), Said, (said) => saidToPost(said, wanted, now), cursor['seen'])
    const moments = page.items.map((one) => Active.safeParse(one).data?.last_activity_date ?? 0)
    const { next, more } = stepThrough(span, { moments, isLast: page.has_more !== true }, { now, overlapS })
    const wait = pollAfterMs({ backoffS: page.backoff ?? 0, remaining: page.quota_remaining ?? null }, now)
    const health = { title: wanted.title, requests: asked.requests + filter.requests, pollAfterMs: wait.ms }
    // Where the platform asks for a pause the cursor keeps the place, and the next check goes on from there.
    return toldOf(fresh, { cursor: { url, filter: filter.name, ...next }, more: more && !wait.isUrgent, health })
  },
}

const Active = z.object({ last_activity_date: z.int() })

/** The form in which answers and comments come with their question; made once, and the platform keeps it for good. */
async function filterOf(
  cursor: Cursor,
  io: SourceIo,
): Promise<{ name: string; requests: number } | { trouble: Trouble }> {
  if (typeof cursor['filter'] === 'string' && cursor['filter'] !== '') return { name: cursor['filter'], requests: 0 }
  const parameters = new URLSearchParams({ include: fields, base: 'default', unsafe: 'false' })
  const asked = await ask(io, `${api}/filters/create?${parameters.toString()}`, Filters)
  return 'trouble' in asked ? asked : { name: asked.value.items[0].filter, requests: asked.requests }
}

async function ask<Value>(
  io: SourceIo,
  url: string,
  shape: z.ZodType<Value>,
): Promise<{ value: Value; requests: number } | { trouble: Trouble }> {
  const spent = await io.spend('requests')
  if (spent.kind === 'refused') return { trouble: { kind: 'rate-limited', retryAt: spent.until } }
  const answer = await io.request(url, { headers: { accept: 'application/json' }, signal: io.signal })
  const refused = refusalOf(answer, io.now())
  if (refused) return { trouble: refused }
  const asked = contentOf(answer, io.now())
  if ('trouble' in asked) return asked
  const read = readJson(asked.content, shape)
  return 'trouble' in read ? read : { value: read.value, requests: answer.requests }
}

/** The platform tells its reasons in an answer with status 400 and higher. */
function refusalOf(answer: Answer, now: Date): Trouble | null {
  if (answer.kind !== 'ok' || answer.status < 400) return null
  const read = readJson(answer, Refusal)
  if ('trouble' in read) return null
  const { error_id: id, error_name: name, error_message: message } = read.value
  if (id === 502) return { kind: 'rate-limited', retryAt: outOfQuota(message, now) }
  return failed('stackexchange.refused', { reason: `${name}: ${message}` })
}

function question(wanted: Wanted, span: Span, filter: string): string {
  const parameters = {
    site: wanted.site,
    ...(wanted.tags.length > 0 && { tagged: wanted.tags.join(';') }),
    ...(wanted.words !== '' && { q: wanted.words }),
    sort: 'activity',
    order: 'desc',
    min: String(span.from),
    ...(span.before > 0 && { max: String(span.before) }),
    pagesize: String(pageSize),
    filter,
  }
  return `${api}/search/advanced?${new URLSearchParams(parameters).toString()}`
}
