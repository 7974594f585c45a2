import { z } from 'zod'
import { askJson, failed, typed, wrong, type Trouble } from '../answers.ts'
import type { Connector, ConnectorIo, Cursor, Fetched } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { statusToPost, Status } from './status.ts'
import { readTimeline, type Timeline } from './timeline-address.ts'

export type MastodonConfig = { url: string }

const pageSize = 40

const Statuses = z.array(z.unknown())
const Account = z.object({ id: z.string().min(1) })

/**
 * Public timelines of Mastodon and of what speaks its API: a hashtag, everything local of a server, or one account
 * with its boosts. Each page holds what follows the newest known status, so a pause loses nothing.
 */
export const mastodonConnector: Connector<MastodonConfig> = {
  platform: 'mastodon',
  capabilities: {
    collects: ['poll'],
    replies: true,
    follows: { edits: false, deletions: false },
    cost: null,
    needs: 'nothing',
  },

  parseConfig(input) {
    const timeline = readTimeline(typed(input, 'url'))
    if (timeline === null) throw wrong('mastodon.url', {}, 'url')
    return { url: timeline.url }
  },

  async fetch(source, io): Promise<Fetched> {
    const { url } = source.config
    const timeline = readTimeline(url)
    if (timeline === null) return failed('mastodon.url')
    const cursor = source.cursor?.['url'] === url ? source.cursor : {}
    const found = await pathOf(timeline, cursor, io)
    if ('trouble' in found) return found.trouble
    const minId = typeof cursor['minId'] === 'string' ? cursor['minId'] : null
    const after = minId === null ? '' : `&min_id=${encodeURIComponent(minId)}`
    const asked = await askJson(io, `${timeline.server}${found.path}limit=${pageSize}${after}`, Statuses)
    if ('trouble' in asked) return closed(asked.trouble)

    const statuses = asked.value
    const fresh = freshOf(statuses, Status, (status) => statusToPost(status, timeline, io.now()), cursor['seen'])
    const newest = newestOf(statuses, minId)
    const health = { title: timeline.title, requests: asked.content.requests + found.requests, pollAfterMs: null }
    return toldOf(fresh, {
      cursor: { url, minId: newest, account: found.account },
      // The first page is the newest one, and the past has no end; later pages follow upwards until one brings nothing.
      more: minId !== null && newest !== minId && statuses.length > 0,
      health,
    })
  },
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
function newestOf(statuses: unknown[], known: string | null): string | null {
  return statuses.reduce<string | null>((newest, status) => {
    const id = z.object({ id: z.string().min(1) }).safeParse(status).data?.id
    if (id === undefined) return newest
    return newest === null || id.length > newest.length || (id.length === newest.length && id > newest) ? id : newest
  }, known)
}
