import { z } from 'zod'
import { askJson, typed, wrong } from '../answers.ts'
import type { Connector, Fetched, LookedUp, SourceIo } from '../connector.ts'
import { freshOf, type Mapped } from '../fresh.ts'
import { readLists, type List } from '../read-lists.ts'
import { readSiteAddress } from '../site-address.ts'
import type { LookBack, Stretch } from '../stretch.ts'
import { findSite, restUrl } from './rest.ts'
import {
  Article,
  articleFields,
  articleToPost,
  Comment,
  commentFields,
  commentToPost,
  greenwich,
  idOf,
  numbersIn,
  type Site,
} from './shown.ts'

export type WordPressConfig = { url: string }

const pageSize = 50
// Comments are approved and articles published later than they were written; a moderator may take days.
const back: LookBack = { firstS: 30 * 86_400, alwaysS: 3600, sweepS: 7 * 86_400, sweepEveryS: 3600 }

const Items = z.array(z.unknown())
const Timed = z.object({ date_gmt: z.string().nullish(), modified_gmt: z.string().nullish() })

function listsOf(site: Site, io: SourceIo): List[] {
  const articles: Pick<List, 'read'> = {
    read: (items, seen) => freshOf(items, Article, (one): Mapped => articleToPost(one, site, io.now()), seen),
  }
  return [
    {
      name: 'comments',
      ask: (stretch) => askList(site, comments, { ...stretch, by: 'date_gmt' }, io),
      at: (item) => secondsOf(Timed.safeParse(item).data?.date_gmt),
      read: (items, seen) => freshOf(items, Comment, (one) => commentToPost(one, site, io.now()), seen),
      without: 'wordpress.comments-closed',
    },
    {
      ...articles,
      name: 'posts',
      ask: (stretch) => askList(site, posts, { ...stretch, by: 'date' }, io),
      at: (item) => secondsOf(Timed.safeParse(item).data?.date_gmt),
    },
    // An article that was planned appears with the date it was planned for, and one that was edited with a new time of change.
    {
      ...articles,
      name: 'changes',
      ask: (stretch) => askList(site, posts, { ...stretch, by: 'modified' }, io),
      at: (item) => secondsOf(Timed.safeParse(item).data?.modified_gmt),
      changed: (items) => changedIn(items, site),
    },
  ]
}

type Route = { path: string; params: { [name: string]: string } }
const comments: Route = { path: '/wp/v2/comments', params: { _fields: commentFields } }
const posts: Route = {
  path: '/wp/v2/posts',
  params: { _fields: articleFields, _embed: 'author,wp:term,wp:featuredmedia' },
}

/** Articles and comments of a site that runs WordPress, with edits and, where a mention came of them, deletions. */
export const wordpressConnector: Connector<WordPressConfig> = {
  platform: 'wordpress',
  capabilities: {
    collects: ['poll'],
    replies: true,
    follows: { edits: true, deletions: true },
    cost: null,
    needs: 'nothing',
    looksUp: pageSize,
  },

  parseConfig(input) {
    const url = readSiteAddress(typed(input, 'url'))
    if (url === null) throw wrong('site.any-page', {}, 'url')
    return { url }
  },

  async fetch(source, io): Promise<Fetched> {
    const { url } = source.config
    const cursor = source.cursor?.['url'] === url ? source.cursor : {}
    const known = typeof cursor['title'] === 'string' ? { site: url, title: cursor['title'], requests: 0 } : null
    const found = known ?? (await findSite(url, io))
    if ('trouble' in found) return found.trouble
    if (found.site !== url) return { kind: 'moved', to: found.site, permanent: true }
    const site = { url, title: found.title }
    const left = (await source.left?.()) ?? []
    const { title, requests } = found
    const reading = { kept: { ...site }, title, requests, pageSize, back, now: io.now(), left }
    return readLists(listsOf(site, io), cursor, reading)
  },

  lookUp: (ids, source, io) => lookUp(ids, source.config.url, io),
}

async function askList(
  site: Site,
  { path, params }: Route,
  { by, from, before, page }: Stretch & { by: 'date_gmt' | 'date' | 'modified' },
  io: SourceIo,
) {
  const bound = by === 'modified' ? 'modified_' : ''
  const asked = await askJson(
    io,
    restUrl(site.url, path, {
      ...params,
      ...{ orderby: by, order: 'desc', per_page: pageSize, page },
      // WordPress leaves out the second that a bound names.
      [`${bound}after`]: isoOf(from - 1),
      ...(before > 0 && { [`${bound}before`]: isoOf(before + 1) }),
    }),
    Items,
  )
  return 'trouble' in asked ? asked : { items: asked.value }
}

/** Articles that were changed after they were published, also those whose earlier words are long forgotten here. */
function changedIn(items: unknown[], site: Site): string[] {
  return items.flatMap((item) => {
    const { data } = Article.safeParse(item)
    return data && data.modified_gmt !== data.date_gmt ? [idOf(site.url, data.id)] : []
  })
}

async function lookUp(ids: string[], url: string, io: SourceIo): Promise<LookedUp> {
  const host = numbersIn(idOf(url, 1))?.site
  const own = ids.flatMap((id) => {
    const numbers = numbersIn(id)
    return numbers !== null && numbers.site === host ? [{ id, ...numbers }] : []
  })
  const found = await findSite(url, io)
  if ('trouble' in found) return found.trouble
  const lists = listsOf({ url, title: found.title }, io)
  const looked: Extract<LookedUp, { kind: 'found' }> = { kind: 'found', posts: [], missing: [] }
  for (const [route, list] of [[comments, lists[0]!] as const, [posts, lists[1]!] as const]) {
    const wanted = own.filter(({ comment }) => (comment === null) === (route === posts))
    if (wanted.length === 0) continue
    const include = wanted.map(({ post, comment }) => comment ?? post).join(',')
    const asked = await askJson(io, restUrl(url, route.path, { ...route.params, per_page: pageSize, include }), Items)
    if ('trouble' in asked) return asked.trouble
    looked.posts.push(...list.read(asked.value, null).items)
    // Whatever is not public any more has left: deleted, taken for spam, or taken back into moderation.
    const there = new Set(asked.value.map((one) => z.object({ id: z.int() }).safeParse(one).data?.id))
    looked.missing.push(...wanted.filter(({ post, comment }) => !there.has(comment ?? post)).map(({ id }) => id))
  }
  return looked
}

function secondsOf(time: string | null | undefined): number {
  return Math.floor(Date.parse(greenwich(time) ?? '') / 1000)
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19) + 'Z'
}
