import { z } from 'zod'
import { failed, typed, wrong } from '../answers.ts'
import type { Connector, Cursor, Fetched, LookedUp, SourceToRead } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { secondsOf } from '../moments.ts'
import { isUnderWay, printStretch, readStretch, stepDown } from '../stretch.ts'
import { askReddit, slowDownMs, type RedditApp } from './ask.ts'
import { isDeleted, nameOfThing, Thing, thingName, thingToPost } from './thing.ts'
import { readWanted, type Wanted } from './wanted.ts'

export type RedditConfig = { url: string; owner: string }

const dayS = 86_400
// A listing ends after a thousand things, and the search finds some late.
const back = { firstS: 7 * dayS, alwaysS: 2 * 3600, sweepS: dayS, sweepEveryS: dayS / 4 }
const minuteMs = 60_000

const Listing = z.object({ data: z.object({ children: z.array(z.unknown()), after: z.string().nullish() }) })
const Made = z.object({ data: z.object({ created_utc: z.number() }) })

/** Posts of Reddit by words, or the posts and comments of a subreddit. */
export const redditConnector: Connector<RedditConfig> = {
  platform: 'reddit',
  capabilities: {
    collects: ['poll'],
    replies: true,
    follows: { edits: true, deletions: true },
    cost: null,
    needs: 'approval',
    looksUp: 100,
    quotas: [{ name: 'requests', units: 100, per: minuteMs }],
  },

  parseConfig(input) {
    const wanted = readWanted(typed(input, 'url'))
    if (wanted === null) throw wrong('reddit.url', {}, 'url')
    const owner = typed(input, 'owner').replace(/^\/?u\//i, '')
    if (!/^[\w-]{3,20}$/.test(owner)) throw wrong('reddit.owner', {}, 'owner')
    return { url: wanted.url, owner }
  },

  async fetch(source, io): Promise<Fetched> {
    const { url } = source.config
    const wanted = readWanted(url)
    if (wanted === null) return failed('reddit.url')
    const cursor = source.cursor?.['url'] === url ? source.cursor : {}
    const list = wanted.kind === 'subreddit' && cursor['list'] === 'comments' ? 'comments' : 'posts'
    const spent = await io.spend('requests')
    if (spent.kind === 'refused') return { kind: 'rate-limited', retryAt: spent.until }
    const stretch = readStretch(cursor, list, io.now(), back)
    const kept = cursor['after']
    const after = isUnderWay(stretch) && typeof kept === 'string' && /^t[13]_\w+$/.test(kept) ? kept : null
    const asked = await askReddit(pathOf(wanted, list, after), appOf(source), Listing, io)
    if ('trouble' in asked) return asked.trouble
    const { children, after: following } = asked.value.data
    const fresh = freshOf(children, Thing, (thing) => thingToPost(thing, io.now()), cursor['seen'])
    const moments = secondsOf(
      children.map((item) => Made.safeParse(item).data?.data.created_utc),
      io.now(),
    )
    const next = stepDown(stretch, { moments, isLast: following == null }, back)
    const isOver = !isUnderWay(next)
    const place: Cursor = {
      ...cursor,
      url,
      [list]: printStretch(next),
      after: isOver ? '' : (following ?? ''),
      list: isOver && wanted.kind === 'subreddit' ? (list === 'posts' ? 'comments' : 'posts') : list,
    }
    const more = !isOver || (wanted.kind === 'subreddit' && list === 'posts')
    const health = {
      title: wanted.title,
      requests: asked.content.requests,
      pollAfterMs: slowDownMs(asked.content.headers) ?? minuteMs,
    }
    const told = toldOf(fresh, { cursor: place, more, health })
    const removed = children.flatMap((item) => {
      const thing = Thing.safeParse(item).data
      return thing && isDeleted(thing) ? [thingName(thing.data.name)] : []
    })
    return told.kind === 'page' && removed.length > 0 ? { ...told, removed } : told
  },

  async lookUp(ids, source, io): Promise<LookedUp> {
    const names = ids.flatMap((id) => nameOfThing(id) ?? [])
    if (names.length === 0) return { kind: 'found', posts: [], missing: [] }
    const spent = await io.spend('requests')
    if (spent.kind === 'refused') return { kind: 'rate-limited', retryAt: spent.until }
    const asked = await askReddit(`/api/info?raw_json=1&id=${names.join(',')}`, appOf(source), Listing, io)
    if ('trouble' in asked) return asked.trouble
    const things = asked.value.data.children.flatMap((item) => Thing.safeParse(item).data ?? [])
    const posts = things.flatMap((thing) => thingToPost(thing, io.now()).post ?? [])
    // Reddit wants what is deleted there to be deleted everywhere.
    return { kind: 'found', posts, missing: things.filter(isDeleted).map(({ data }) => thingName(data.name)) }
  },
}

function appOf({ config, secrets }: SourceToRead<RedditConfig>): RedditApp {
  return { clientId: secrets['clientId'] ?? '', clientSecret: secrets['clientSecret'] ?? '', owner: config.owner }
}

function pathOf(wanted: Wanted, list: 'posts' | 'comments', after: string | null): string {
  const common = { limit: '100', raw_json: '1', ...(after !== null && { after }) }
  if (wanted.kind === 'subreddit')
    return `/r/${wanted.name}/${list === 'posts' ? 'new' : 'comments'}?${new URLSearchParams(common).toString()}`
  const within = wanted.in === null ? '' : `/r/${wanted.in}`
  const query = {
    q: wanted.words,
    sort: 'new',
    type: 'link',
    t: 'week',
    ...(wanted.in !== null && { restrict_sr: '1' }),
    ...common,
  }
  return `${within}/search?${new URLSearchParams(query).toString()}`
}
