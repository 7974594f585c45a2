import { z } from 'zod'
import { failed, typed, wrong } from '../answers.ts'
import type { Connector, Fetched, LookedUp, SourceIo, SourceSecrets } from '../connector.ts'
import { freshOf } from '../fresh.ts'
import { readLists, type List } from '../read-lists.ts'
import { readSiteAddress } from '../site-address.ts'
import type { LookBack, Stretch } from '../stretch.ts'
import { askGhost, findGhost, type Ghost } from './admin-api.ts'
import { readKey } from './key.ts'
import { commentToPost, GhostComment, GhostPost, idOf, namedBy, placeOf, postToPost, type GhostSite } from './shown.ts'

export type GhostConfig = { url: string }

const pageSize = 50
// Comments tell that they were edited or hidden where they stand, so they are looked at again for a week; a deleted one stands
// nowhere, which a look-up tells.
const back: LookBack = { firstS: 30 * 86_400, alwaysS: 3600, sweepS: 7 * 86_400, sweepEveryS: 3600 }

/** Articles and the comments of members of a site that runs Ghost, with likes, edits and deletions. */
export const ghostConnector: Connector<GhostConfig> = {
  platform: 'ghost',
  capabilities: {
    collects: ['poll'],
    replies: true,
    follows: { edits: true, deletions: true },
    cost: null,
    needs: 'free-key',
    looksUp: pageSize,
  },

  parseConfig(input) {
    const url = readSiteAddress(typed(input, 'url'), { secretly: true })
    if (url === null) throw wrong('site.secretly', {}, 'url')
    return { url: url.replace(/\/ghost(\/.*)?$/, '') }
  },

  async fetch(source, io): Promise<Fetched> {
    const { url } = source.config
    const ghost = opened(url, source.secrets)
    if (ghost === null) return { ...failed('ghost.key'), kind: 'signed-out' }
    const cursor = source.cursor?.['url'] === url ? source.cursor : {}
    const known = typeof cursor['title'] === 'string' ? { title: cursor['title'], requests: 0 } : null
    const found = known ?? (await findGhost(ghost, io))
    if ('trouble' in found) return found.trouble
    const site = { url, title: found.title }
    const left = (await source.left?.()) ?? []
    const { title, requests } = found
    const reading = { kept: { ...site }, title, requests, pageSize, back, now: io.now(), left }
    const fetched = await readLists(listsOf(ghost, site, io), cursor, reading)
    return fetched.kind === 'signed-out' ? { ...failed('ghost.key'), kind: 'signed-out' } : fetched
  },

  lookUp: (ids, source, io) => lookUp(ids, source.config.url, source.secrets, io),
}

function opened(site: string, secrets: SourceSecrets): Ghost | null {
  const key = readKey(secrets['key'] ?? '')
  return key === null ? null : { site, key }
}

const Posts = z.object({ posts: z.array(z.unknown()) })
const Comments = z.object({ comments: z.array(z.unknown()) })
const Timed = z.object({ updated_at: z.string().nullish(), created_at: z.string().nullish() })
const posts = { path: 'posts', params: { formats: 'html', include: 'authors,tags' } }
const comments = { path: 'comments', params: { include_nested: 'true' } }

function listsOf(ghost: Ghost, site: GhostSite, io: SourceIo): List[] {
  return [
    {
      name: 'comments',
      async ask(stretch) {
        const asked = await askGhost(ghost, paged(comments, 'created_at', stretch), Comments, io)
        return 'trouble' in asked ? asked : { items: asked.value.comments }
      },
      at: (item) => secondsOf(Timed.safeParse(item).data?.created_at),
      read: (items, seen) => freshOf(items, GhostComment, (one) => commentToPost(one, site, io.now()), seen),
      changed: (items) => commentsIn(items, site, ({ edited_at }) => edited_at != null),
      removed: (items) => commentsIn(items, site, ({ status }) => status !== 'published'),
      without: 'ghost.comments-hidden',
    },
    {
      name: 'posts',
      async ask(stretch) {
        const asked = await askGhost(ghost, paged(posts, 'updated_at', stretch, 'status:published'), Posts, io)
        return 'trouble' in asked ? asked : { items: asked.value.posts }
      },
      at: (item) => secondsOf(Timed.safeParse(item).data?.updated_at),
      read: (items, seen) => freshOf(items, GhostPost, (one) => postToPost(one, site, io.now()), seen),
      changed: (items) =>
        items.flatMap((item) => {
          const { data } = GhostPost.safeParse(item)
          return data && data.updated_at !== data.published_at ? [idOf(site.url, 'post', data.id)] : []
        }),
    },
  ]
}

type Asked = { path: string; params: { [name: string]: string } }

function paged({ path, params }: Asked, by: string, { from, before, page }: Stretch, also = ''): Asked {
  const bounds = [`${by}:>='${momentIn(from)}'`, ...(before > 0 ? [`${by}:<='${momentIn(before)}'`] : [])]
  const filter = [...(also === '' ? [] : [also]), ...bounds].join('+')
  return { path, params: { ...params, filter, order: `${by} desc`, limit: String(pageSize), page: String(page) } }
}

function commentsIn(items: unknown[], site: GhostSite, fits: (comment: GhostComment) => boolean): string[] {
  return items.flatMap((item) => {
    const { data } = GhostComment.safeParse(item)
    return data && fits(data) ? [idOf(site.url, 'comment', data.id)] : []
  })
}

async function lookUp(ids: string[], url: string, secrets: SourceSecrets, io: SourceIo): Promise<LookedUp> {
  const ghost = opened(url, secrets)
  if (ghost === null) return { ...failed('ghost.key'), kind: 'signed-out' }
  const own = ids.map(namedBy).filter((named) => named?.place === placeOf(url))
  const found = await findGhost(ghost, io)
  if ('trouble' in found) return found.trouble
  const lists = listsOf(ghost, { url, title: found.title }, io)
  const looked: Extract<LookedUp, { kind: 'found' }> = { kind: 'found', posts: [], missing: [] }
  for (const [kind, list] of [['comment', lists[0]!] as const, ['post', lists[1]!] as const]) {
    const wanted = own.flatMap((named) => (named?.kind === kind ? [named.id] : []))
    if (wanted.length === 0) continue
    const filter = `id:[${wanted.join(',')}]+status:published`
    const { path, params } = kind === 'comment' ? comments : posts
    const shape = z.object({ [path]: z.array(z.unknown()) })
    const asked = await askGhost(ghost, { path, params: { ...params, filter, limit: pageSize } }, shape, io)
    if ('trouble' in asked) return asked.trouble
    const items = asked.value[path] ?? []
    looked.posts.push(...list.read(items, null).items)
    const there = new Set(items.map((one) => z.object({ id: z.string() }).safeParse(one).data?.id))
    looked.missing.push(...wanted.filter((id) => !there.has(id)).map((id) => idOf(url, kind, id)))
  }
  return looked
}

function secondsOf(time: string | null | undefined): number {
  return Math.floor(Date.parse(time ?? '') / 1000)
}

/** A moment as Ghost keeps it and compares it, letter by letter: in Greenwich, to the second. */
function momentIn(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')
}
