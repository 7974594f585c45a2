import { z } from 'zod'
import { askJson, failed, type Trouble } from '../answers.ts'
import type { ConnectorIo, Cursor, Fetched, SourceToRead } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { signedIn } from './account.ts'
import { idOf, Status, statusToPost } from './status.ts'
import { readTimeline, type Timeline } from './timeline-address.ts'

export type MastodonConfig = { url: string }

const pageSize = 40
// Statuses of other servers come late, and then stand among the older ones of a hashtag.
export const lateMs = 10 * 60_000

const Statuses = z.array(z.unknown())
const Account = z.object({ id: z.string().min(1) })
const Placed = z.object({ id: z.string().min(1), created_at: z.string().nullish() })

/** The next page of a timeline, upwards from what is known. */
export async function fetchTimeline(source: SourceToRead<MastodonConfig>, io: ConnectorIo): Promise<Fetched> {
  const { url } = source.config
  const timeline = readTimeline(url)
  if (timeline === null) return failed('mastodon.url')
  const { token } = source.secrets
  const ours = token ? signedIn(io, { token }) : io
  const cursor = source.cursor?.['url'] === url ? source.cursor : {}
  const found = await pathOf(timeline, cursor, ours)
  if ('trouble' in found) return found.trouble
  const minId = textOr(cursor['minId'])
  const after = minId === null ? '' : `&min_id=${encodeURIComponent(minId)}`
  const asked = await askJson(ours, `${timeline.server}${found.path}limit=${pageSize}${after}`, Statuses)
  if ('trouble' in asked) return closed(asked.trouble)

  const statuses = asked.value
  const fresh = freshOf(statuses, Status, (status) => statusToPost(status, timeline, io.now()), cursor['seen'])
  fresh.edited = [...new Set([...fresh.edited, ...editedIn(statuses, fresh.items)])]
  const newest = newestOf(statuses, minId)
  // The first page is the newest one, and the past has no end; later pages follow upwards until one brings nothing.
  const more = minId !== null && newest !== minId && statuses.length > 0
  const settled = timeline.kind === 'tag' ? settledIn(statuses, textOr(cursor['settled']), io.now()) : newest
  const health = { title: timeline.title, requests: asked.content.requests + found.requests, pollAfterMs: null }
  return toldOf(fresh, {
    cursor: { url, minId: more ? newest : (settled ?? newest), settled, account: found.account },
    more,
    health,
  })
}

/** The newest that nothing is expected before any more. */
function settledIn(statuses: unknown[], known: string | null, now: Date): string | null {
  const old = statuses.filter((status) => {
    const at = Date.parse(Placed.safeParse(status).data?.created_at ?? '')
    return at <= now.getTime() - lateMs
  })
  return newestOf(old, known)
}

/** What was edited, also of what the marks of what was read do not know any more. */
function editedIn(statuses: unknown[], items: { id: string }[]): string[] {
  const there = new Set(items.map(({ id }) => id))
  return statuses.flatMap((status) => {
    const { data } = Status.safeParse(status)
    return data?.edited_at != null && there.has(idOf(data)) ? [idOf(data)] : []
  })
}

function textOr(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

type Path = { path: string; account: string | null; requests: number }

async function pathOf(timeline: Timeline, cursor: Cursor, io: ConnectorIo): Promise<Path | { trouble: Trouble }> {
  if (timeline.kind === 'tag')
    return { path: `/api/v1/timelines/tag/${encodeURIComponent(timeline.tag)}?`, account: null, requests: 0 }
  if (timeline.kind === 'local') return { path: '/api/v1/timelines/public?local=true&', account: null, requests: 0 }
  const known = typeof cursor['account'] === 'string' && cursor['account'] !== '' ? cursor['account'] : null
  const path = (id: string) => `/api/v1/accounts/${encodeURIComponent(id)}/statuses?`
  if (known !== null) return { path: path(known), account: known, requests: 0 }
  const address = `${timeline.server}/api/v1/accounts/lookup?acct=${encodeURIComponent(timeline.account)}`
  const asked = await askJson(io, address, Account)
  if ('trouble' in asked) return { trouble: closed(asked.trouble) }
  return { path: path(asked.value.id), account: asked.value.id, requests: asked.content.requests }
}

/** Servers may close their timelines to whoever is not signed in; some say so with 422. */
function closed(trouble: Trouble): Trouble {
  const { problem } = 'problem' in trouble ? trouble : {}
  const isClosed = trouble.kind === 'signed-out' || (problem?.key === 'site.status' && problem.values['status'] === 422)
  return isClosed ? { ...failed('mastodon.closed'), kind: 'signed-out' } : trouble
}

/** Ids are opaque, but longer ones are newer and equally long ones are ordered, on every server of the family. */
export function newestOf(statuses: unknown[], known: string | null): string | null {
  return statuses.reduce<string | null>((newest, status) => {
    const id = Placed.safeParse(status).data?.id
    if (id === undefined) return newest
    return newest === null || id.length > newest.length || (id.length === newest.length && id > newest) ? id : newest
  }, known)
}
