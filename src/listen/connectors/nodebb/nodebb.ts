import { z } from 'zod'
import { askJson, failed, typed, wrong, type Trouble } from '../answers.ts'
import type { Connector, ConnectorIo, Cursor, Fetched, LookedUp } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { htmlToText } from '../html-to-text.ts'
import { readSiteAddress } from '../site-address.ts'
import { idOf, NodebbPost, nodebbToPost, numberIn } from './shown.ts'

export type NodebbConfig = { url: string }

// What a page of recent posts holds in every version.
const pageSize = 20
const firstPages = 5
const mostPages = 500
// Each is a request of its own.
const mostLookedUp = 10

const Posts = z.array(z.unknown())
const Placed = z.object({ pid: z.int().positive() })
const Config = z.object({ siteTitle: z.string(), relative_path: z.string() })

/**
 * A forum that runs NodeBB, with everything that is posted on it publicly. Its newest posts come in pages by place, so a
 * reading goes down until it meets what the last one began with; what shifts meanwhile comes twice and is known.
 */
export const nodebbConnector: Connector<NodebbConfig> = {
  platform: 'nodebb',
  capabilities: {
    collects: ['poll'],
    replies: true,
    follows: { edits: true, deletions: true },
    cost: null,
    needs: 'nothing',
    looksUp: mostLookedUp,
  },

  parseConfig(input) {
    const url = readSiteAddress(typed(input, 'url'))
    if (url === null) throw wrong('site.any-page', {}, 'url')
    return {
      url: url.replace(
        /\/(topic|category|recent|popular|unread|tags|users|groups|post|user|login|register)(\/.*)?$/,
        '',
      ),
    }
  },

  async fetch(source, io): Promise<Fetched> {
    const { url } = source.config
    const cursor = source.cursor?.['url'] === url ? source.cursor : {}
    const named = typeof cursor['title'] === 'string' ? { title: cursor['title'], requests: 0 } : await titleOf(url, io)
    if ('trouble' in named) return named.trouble
    const { newest, top, page } = placeIn(cursor)
    // The longest term, for a forum may be silent for weeks.
    const asked = await askJson(io, `${url}/api/recent/posts/month?page=${page}`, Posts)
    if ('trouble' in asked) return noneHere(asked.trouble).trouble
    const forum = { url, title: named.title }
    const fresh = freshOf(asked.value, NodebbPost, (one) => nodebbToPost(one, forum, io.now()), cursor['seen'])
    const numbers = asked.value.flatMap((one) => Placed.safeParse(one).data?.pid ?? [])
    const reached = Math.max(top, ...numbers)
    // A page that lies altogether in what is known ends the reading: it shows edits, and what was taken down and put back.
    const isKnown = numbers.length > 0 && numbers.every((number) => number <= newest)
    const isOver = asked.value.length < pageSize || isKnown || page >= (newest === 0 ? firstPages : mostPages)
    const next = isOver
      ? { newest: Math.max(reached, newest), top: 0, page: 1 }
      : { newest, top: reached, page: page + 1 }
    const health = { title: named.title, requests: asked.content.requests + named.requests, pollAfterMs: null }
    return toldOf(fresh, { cursor: { ...forum, ...next }, more: !isOver, health })
  },

  async lookUp(ids, source, io): Promise<LookedUp> {
    const { url } = source.config
    const named = await titleOf(url, io)
    if ('trouble' in named) return named.trouble
    const looked: Extract<LookedUp, { kind: 'found' }> = { kind: 'found', posts: [], missing: [] }
    for (const id of ids) {
      const pid = numberIn(id, url)
      if (pid === null) continue
      const asked = await askPost(url, pid, io)
      if ('trouble' in asked) return asked.trouble
      if (asked.post === null) looked.missing.push(idOf(url, pid))
      else {
        const { post } = nodebbToPost(asked.post, { url, title: named.title }, io.now())
        if (post !== null) looked.posts.push(post)
      }
    }
    return looked
  },
}

/** One post as it is now; null where the forum has or shows it no more. */
export async function askPost(
  forum: string,
  pid: number,
  io: ConnectorIo,
): Promise<{ post: NodebbPost | null } | { trouble: Trouble }> {
  const asked = await askJson(io, `${forum}/api/v3/posts/${pid}/summary`, z.object({ response: NodebbPost.nullable() }))
  if (!('trouble' in asked)) return { post: asked.value.response?.deleted ? null : asked.value.response }
  const { trouble } = asked
  const isGone = trouble.kind === 'gone' || ('problem' in trouble && trouble.problem?.key === 'site.not-found')
  return isGone ? { post: null } : asked
}

/** What the forum calls itself. */
export async function titleOf(
  forum: string,
  io: ConnectorIo,
): Promise<{ title: string; requests: number } | { trouble: Trouble }> {
  const asked = await askJson(io, `${forum}/api/config`, Config)
  if ('trouble' in asked) return noneHere(asked.trouble)
  return { title: htmlToText(asked.value.siteTitle).text || new URL(forum).host, requests: asked.content.requests }
}

function noneHere(trouble: Trouble): { trouble: Trouble } {
  const key = 'problem' in trouble ? trouble.problem?.key : undefined
  const isOther = key === 'site.page' || key === 'site.unexpected' || key === 'site.not-found'
  return { trouble: isOther ? failed('nodebb.none') : trouble }
}

/** `newest` is what the last reading began with, `top` what this one did, and `page` where it goes on. */
function placeIn(cursor: Cursor): { newest: number; top: number; page: number } {
  const [newest, top, page] = [cursor['newest'], cursor['top'], cursor['page']].map((value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0,
  )
  return { newest: newest ?? 0, top: top ?? 0, page: Math.max(1, page ?? 1) }
}
