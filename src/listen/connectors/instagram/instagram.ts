import { z } from 'zod'
import { failed, typed, wrong, type Trouble } from '../answers.ts'
import type { Connector, Cursor, Fetched, LookedUp, SourceIo, SourceToRead } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { askBatch } from '../meta/batch.ts'
import { afterOf, askGraph, graph, graphMoment, GraphPage, slowDownMs, type GraphKeys } from '../meta/graph.ts'
import { renewMeta } from '../meta/renew.ts'
import { grown, printTodo, readTodo } from '../meta/todo.ts'
import { keepSubscribed } from '../meta/webhook.ts'
import { secondsOf } from '../moments.ts'
import { isUnderWay, printStretch, readStretch, stepDown } from '../stretch.ts'
import { ownAccount, type OwnAccount } from './account.ts'
import {
  commentFields,
  commentName,
  foreignFields,
  idOfName,
  Media,
  MediaComment,
  mediaCommentToPost,
  mediaFields,
  mediaName,
  mediaToPost,
} from './post.ts'
import { receiveInstagram } from './pushed.ts'
import { readWanted } from './wanted.ts'

export type InstagramConfig = { url: string }

const dayS = 86_400
const back = { firstS: 30 * dayS, alwaysS: 3 * dayS, sweepS: 30 * dayS, sweepEveryS: dayS / 2 }
// Of a hashtag Meta shows one day.
const hashtagBack = { firstS: dayS, alwaysS: 3600, sweepS: dayS, sweepEveryS: dayS }
const weekMs = 7 * dayS * 1000

const Hashtags = z.object({ data: z.array(z.object({ id: z.string().min(1) })) })
const Discovered = z.object({
  business_discovery: z.object({
    username: z.string(),
    followers_count: z.int().nonnegative().nullish(),
    media: GraphPage.nullish(),
  }),
})
const Moment = z.object({ timestamp: z.string() })
const Counted = z.object({ id: z.string(), comments_count: z.int().nullish() })
const Answered = z.object({ replies: z.object({ data: z.array(z.unknown()) }).nullish() })

/**
 * What a professional account posted with all comments, and what it is tagged in; what another professional account posted;
 * or a hashtag of the last day.
 */
export const instagramConnector: Connector<InstagramConfig> = {
  platform: 'instagram',
  capabilities: {
    collects: ['poll', 'push'],
    replies: true,
    follows: { edits: true, deletions: true },
    cost: null,
    needs: 'approval',
    looksUp: 49,
    // https://developers.facebook.com/docs/instagram-platform/instagram-api-with-facebook-login/hashtag-search
    quotas: [{ name: 'hashtags', units: 30, per: weekMs }],
  },

  parseConfig(input) {
    const wanted = readWanted(typed(input, 'url'))
    if (wanted === null) throw wrong('instagram.url', {}, 'url')
    return { url: wanted.url }
  },

  async fetch(source, io): Promise<Fetched> {
    const wanted = readWanted(source.config.url)
    if (wanted === null) return failed('instagram.url')
    const cursor = source.cursor?.['url'] === source.config.url ? source.cursor : {}
    const keys = keysOf(source)
    const own = await ownAccount(cursor, keys, io)
    if ('trouble' in own) return own.trouble
    const fetched = await readWhat(wanted, own, cursor, keys, io)
    if (fetched.kind !== 'page' && fetched.kind !== 'unchanged') return fetched
    const known = { askedAt: cursor['subscribedAt'], push: source.push, appId: source.secrets['appId'], keys }
    const subscribedAt = await keepSubscribed(
      { object: 'instagram', fields: 'comments,mentions', page: 'me' },
      known,
      io,
    )
    return {
      ...fetched,
      next: { ...fetched.next, url: source.config.url, ig: own.id, username: own.username, subscribedAt },
    }
  },

  receive: (source, request, io) => receiveInstagram(source, keysOf(source), request, io),

  renew: renewMeta,

  async lookUp(ids, source, io): Promise<LookedUp> {
    const wanted = ids.flatMap((id) => idOfName(id) ?? [])
    if (wanted.length === 0) return { kind: 'found', posts: [], missing: [] }
    const fields = { media: mediaFields, comment: 'id,text,timestamp,username,from,like_count,parent_id,media{id}' }
    const paths = wanted.map(({ kind, id }) => `${id}?fields=${encodeURIComponent(fields[kind])}`)
    const asked = await askBatch('me?fields=id', paths, keysOf(source), io)
    if ('trouble' in asked) return asked.trouble
    const posts = wanted.flatMap(({ kind }, index) => {
      const part = asked.parts[index]
      if (part?.kind !== 'json') return []
      const now = io.now()
      if (kind === 'comment') {
        const media = WithMedia.safeParse(part.json).data?.media.id
        const { data } = MediaComment.safeParse({ ...(part.json as object), media })
        return (data && mediaCommentToPost(data, data.username ?? 'Instagram', now).post) ?? []
      }
      const { data } = Media.safeParse(part.json)
      return (data && mediaToPost(data, { source: data.username ?? 'Instagram', handle: null }, now).post) ?? []
    })
    // Only what stands at the own account can be seen by itself, so nothing else is proved gone.
    const gone = wanted.filter(({ kind }, index) => kind === 'comment' && asked.parts[index]?.kind === 'gone')
    return { kind: 'found', posts, missing: gone.map(({ id }) => commentName(id)) }
  },
}

const WithMedia = z.object({ media: z.object({ id: z.string().min(1) }) })

function keysOf({ secrets }: SourceToRead<InstagramConfig>): GraphKeys {
  return { token: secrets['token'] ?? '', appSecret: secrets['appSecret'] }
}

async function readWhat(
  wanted: NonNullable<ReturnType<typeof readWanted>>,
  own: OwnAccount,
  cursor: Cursor,
  keys: GraphKeys,
  io: SourceIo,
): Promise<Fetched> {
  if (wanted.kind === 'hashtag') return readHashtag(wanted.name, own, cursor, keys, io)
  if (wanted.name !== own.username.toLowerCase()) return readForeign(wanted.name, own, cursor, keys, io)
  return readTodo(cursor).length > 0 ? readComments(own, cursor, keys, io) : readOwn(own, cursor, keys, io)
}

/** A page of what the account posted, then of what it is tagged in. */
async function readOwn(own: OwnAccount, cursor: Cursor, keys: GraphKeys, io: SourceIo): Promise<Fetched> {
  const list = cursor['list'] === 'tags' ? 'tags' : 'media'
  const read = await readList(
    `${own.id}/${list}`,
    { name: list, fields: mediaFields, back, parameters: {} },
    cursor,
    keys,
    io,
  )
  if ('trouble' in read) return read.trouble
  const known = { source: `@${own.username}`, handle: list === 'media' ? own.username : null }
  const fresh = freshOf(read.items, Media, (raw) => mediaToPost(raw, known, io.now()), cursor['seen'])
  const counted = list === 'media' ? read.items.flatMap((item) => Counted.safeParse(item).data ?? []) : []
  const { ids, counts } = grown(
    counted.map(({ id, comments_count: comments }) => ({ id, comments: comments ?? null })),
    cursor,
  )
  const place = {
    ...cursor,
    ...read.place,
    list: read.isOver ? (list === 'media' ? 'tags' : 'media') : list,
    ...(list === 'media' && { counts }),
    todo: printTodo(ids.map((id) => ({ id, after: '' }))),
  }
  const health = { title: `@${own.username}`, requests: 1, pollAfterMs: read.pollAfterMs }
  return toldOf(fresh, { cursor: place, more: ids.length > 0 || !read.isOver || list === 'media', health })
}

/** A page of comments of the media that waits longest, with their answers, down to a page that holds nothing new. */
async function readComments(own: OwnAccount, cursor: Cursor, keys: GraphKeys, io: SourceIo): Promise<Fetched> {
  const [first, ...rest] = readTodo(cursor)
  const { id, after } = first!
  const parameters = { fields: commentFields, limit: '50', ...(after !== '' && { after }) }
  const asked = await askGraph(`${graph}/${id}/comments`, parameters, keys, GraphPage, io)
  const isGone =
    'trouble' in asked && asked.trouble.kind === 'failed' && asked.trouble.problem?.key === 'meta.not-found'
  if ('trouble' in asked && !isGone) return asked.trouble
  const data = 'trouble' in asked ? [] : asked.value.data
  const below = (item: unknown, parent: object) =>
    typeof item === 'object' && item !== null ? { ...item, media: id, ...parent } : item
  const items = data.flatMap((item) => {
    const parent = Counted.safeParse(item).data?.id
    const answers = Answered.safeParse(item).data?.replies?.data ?? []
    return [below(item, {}), ...answers.map((answer) => below(answer, { parent_id: parent }))]
  })
  const fresh = freshOf(
    items,
    MediaComment,
    (raw) => mediaCommentToPost(raw, `@${own.username}`, io.now()),
    cursor['seen'],
  )
  const following = 'trouble' in asked ? null : afterOf(asked.value)
  const todo = following !== null && fresh.items.length > 0 ? [{ id, after: following }, ...rest] : rest
  const pollAfterMs = 'trouble' in asked ? null : slowDownMs(asked.content.headers)
  const health = { title: `@${own.username}`, requests: 1, pollAfterMs }
  const told = toldOf(fresh, { cursor: { ...cursor, todo: printTodo(todo) }, more: true, health })
  return told.kind === 'page' && isGone ? { ...told, removed: [mediaName(id)] } : told
}

/** What another professional account posted; its comments are not shown to us. */
async function readForeign(
  name: string,
  own: OwnAccount,
  cursor: Cursor,
  keys: GraphKeys,
  io: SourceIo,
): Promise<Fetched> {
  const stretch = readStretch(cursor, 'media', io.now(), back)
  const kept = cursor['after']
  const after = isUnderWay(stretch) && typeof kept === 'string' && /^[\w=-]+$/.test(kept) ? `.after(${kept})` : ''
  const fields = `business_discovery.username(${name}){username,followers_count,media${after}.limit(50){${foreignFields}}}`
  const asked = await askGraph(`${graph}/${own.id}`, { fields }, keys, Discovered, io)
  if ('trouble' in asked) return asked.trouble
  const { followers_count: followers, media } = asked.value.business_discovery
  const items = media?.data ?? []
  // Here the mark of the next page comes without its address.
  const following = media?.paging?.cursors?.after ?? null
  const known = { source: `@${name}`, handle: name, followers: followers ?? null }
  const fresh = freshOf(items, Media, (raw) => mediaToPost(raw, known, io.now()), cursor['seen'])
  const next = stepDown(
    stretch,
    { moments: momentsOf(items, io.now()), isLast: following === null || items.length === 0 },
    back,
  )
  const place = { ...cursor, media: printStretch(next), after: isUnderWay(next) ? (following ?? '') : '' }
  const health = { title: `@${name}`, requests: 1, pollAfterMs: slowDownMs(asked.content.headers) }
  return toldOf(fresh, { cursor: place, more: isUnderWay(next), health })
}

async function readHashtag(
  name: string,
  own: OwnAccount,
  cursor: Cursor,
  keys: GraphKeys,
  io: SourceIo,
): Promise<Fetched> {
  const found = await hashtagOf(name, own, cursor, keys, io)
  if ('trouble' in found) return found.trouble
  const list = { name: 'hashtag', fields: foreignFields, back: hashtagBack, parameters: { user_id: own.id } }
  const read = await readList(`${found.id}/recent_media`, list, cursor, keys, io)
  if ('trouble' in read) return read.trouble
  const fresh = freshOf(
    read.items,
    Media,
    (raw) => mediaToPost(raw, { source: `#${name}`, handle: null }, io.now()),
    cursor['seen'],
  )
  const place = { ...cursor, ...read.place, tag: found.id, countedAt: found.countedAt }
  return toldOf(fresh, {
    cursor: place,
    more: !read.isOver,
    health: { title: `#${name}`, requests: 1, pollAfterMs: read.pollAfterMs },
  })
}

/** The number of a hashtag, of which an account may ask for thirty different ones in seven days. */
async function hashtagOf(
  name: string,
  own: OwnAccount,
  cursor: Cursor,
  keys: GraphKeys,
  io: SourceIo,
): Promise<{ id: string; countedAt: number } | { trouble: Trouble }> {
  const { tag, countedAt } = cursor
  const now = io.now().getTime()
  const isKnown = typeof tag === 'string' && /^\d+$/.test(tag)
  if (isKnown && typeof countedAt === 'number' && countedAt <= now && now - countedAt < weekMs)
    return { id: tag, countedAt }
  const spent = await io.spend('hashtags')
  if (spent.kind === 'refused') return { trouble: { kind: 'rate-limited', retryAt: spent.until } }
  if (isKnown) return { id: tag, countedAt: now }
  const asked = await askGraph(`${graph}/ig_hashtag_search`, { user_id: own.id, q: name }, keys, Hashtags, io)
  if ('trouble' in asked) return asked
  const id = asked.value.data[0]?.id
  return id === undefined ? { trouble: failed('meta.not-found') } : { id, countedAt: now }
}

/** A page of a list that begins with its newest media. */
async function readList(
  path: string,
  {
    name,
    fields,
    back: lookBack,
    parameters,
  }: { name: string; fields: string; back: typeof back; parameters: { [name: string]: string } },
  cursor: Cursor,
  keys: GraphKeys,
  io: SourceIo,
): Promise<{ items: unknown[]; isOver: boolean; place: Cursor; pollAfterMs: number | null } | { trouble: Trouble }> {
  const stretch = readStretch(cursor, name, io.now(), lookBack)
  const kept = cursor['after']
  const after: { [name: string]: string } =
    isUnderWay(stretch) && typeof kept === 'string' && kept !== '' ? { after: kept } : {}
  const asked = await askGraph(
    `${graph}/${path}`,
    { ...parameters, fields, limit: '50', ...after },
    keys,
    GraphPage,
    io,
  )
  if ('trouble' in asked) return asked
  const following = afterOf(asked.value)
  const next = stepDown(
    stretch,
    { moments: momentsOf(asked.value.data, io.now()), isLast: following === null },
    lookBack,
  )
  const isOver = !isUnderWay(next)
  return {
    items: asked.value.data,
    isOver,
    place: { [name]: printStretch(next), after: isOver ? '' : (following ?? '') },
    pollAfterMs: slowDownMs(asked.content.headers),
  }
}

function momentsOf(items: unknown[], now: Date): number[] {
  return secondsOf(
    items.map((item) => graphMoment(Moment.safeParse(item).data?.timestamp)),
    now,
  )
}
