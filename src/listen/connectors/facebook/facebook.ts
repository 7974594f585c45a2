import { z } from 'zod'
import { failed, typed, wrong, type Trouble } from '../answers.ts'
import type { Connector, Cursor, Fetched, ItemProblem, SourceIo, SourceToRead } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { afterOf, askGraph, graph, graphMoment, GraphPage, slowDownMs, type GraphKeys } from '../meta/graph.ts'
import { renewMeta } from '../meta/renew.ts'
import { grown, printTodo, readTodo } from '../meta/todo.ts'
import { keepSubscribed, readWebhook } from '../meta/webhook.ts'
import { secondsOf } from '../moments.ts'
import { tell } from '../problems.ts'
import { isUnderWay, printStretch, readStretch, stepDown } from '../stretch.ts'
import { changesToPosts } from './changes.ts'
import { lookUpFacebook } from './look-up.ts'
import { readPage } from './page-address.ts'
import {
  commentFields,
  PageComment,
  pageCommentToPost,
  PagePost,
  pagePostToPost,
  postFields,
  postName,
} from './post.ts'

export type FacebookConfig = { url: string }

const dayS = 86_400
// Comments are found by the counts of the posts that are read again.
const back = { firstS: 30 * dayS, alwaysS: 3 * dayS, sweepS: 30 * dayS, sweepEveryS: dayS / 2 }
const pageSize = 50

const Page = z.object({ id: z.string().min(1), name: z.string().nullish() })
const Moment = z.object({ created_time: z.string() })
const Counted = z.object({
  id: z.string(),
  comments: z.object({ summary: z.object({ total_count: z.int().nullish() }).nullish() }).nullish(),
})

/** Posts of a page and posts that name it, with the comments below them; Meta also pushes them when an app is given. */
export const facebookConnector: Connector<FacebookConfig> = {
  platform: 'facebook',
  capabilities: {
    collects: ['poll', 'push'],
    replies: true,
    follows: { edits: true, deletions: true },
    cost: null,
    needs: 'approval',
    looksUp: 49,
  },

  parseConfig(input) {
    const wanted = readPage(typed(input, 'url'))
    if (wanted === null) throw wrong('facebook.url', {}, 'url')
    return { url: wanted.url }
  },

  async fetch(source, io): Promise<Fetched> {
    const cursor = source.cursor?.['url'] === source.config.url ? source.cursor : {}
    const keys = keysOf(source)
    const page = await pageOf(source, cursor, keys, io)
    if ('trouble' in page) return page.trouble
    const [todo] = readTodo(cursor)
    const fetched = todo ? await readComments(page, cursor, keys, io) : await readPosts(page, cursor, keys, io)
    if (fetched.kind !== 'page' && fetched.kind !== 'unchanged') return fetched
    const known = { askedAt: cursor['subscribedAt'], push: source.push, appId: source.secrets['appId'], keys }
    const subscribedAt = await keepSubscribed({ object: 'page', fields: 'feed,mention', page: page.id }, known, io)
    const next = { ...fetched.next, url: source.config.url, page: page.id, name: page.name, subscribedAt }
    return { ...fetched, next }
  },

  async receive(source, request) {
    const read = readWebhook(request, { push: source.push, appSecret: source.secrets['appSecret'] })
    if ('pushed' in read) return read.pushed
    const told = changesToPosts(read.changes, source.cursor ?? {}, request.at)
    return { kind: 'items', ...told, reply: { status: 200, body: '' } }
  },

  renew: renewMeta,

  lookUp: (ids, source, io) => lookUpFacebook(ids, keysOf(source), io),
}

function keysOf({ secrets }: SourceToRead<FacebookConfig>): GraphKeys {
  return { token: secrets['token'] ?? '', appSecret: secrets['appSecret'] }
}

type KnownPage = { id: string; name: string }

async function pageOf(
  { config }: SourceToRead<FacebookConfig>,
  cursor: Cursor,
  keys: GraphKeys,
  io: SourceIo,
): Promise<KnownPage | { trouble: Trouble }> {
  const { page: id, name } = cursor
  if (typeof id === 'string' && typeof name === 'string' && /^\d+$/.test(id)) return { id, name }
  const wanted = readPage(config.url)
  if (wanted === null) return { trouble: failed('facebook.url') }
  const asked = await askGraph(`${graph}/${encodeURIComponent(wanted.page)}`, { fields: 'id,name' }, keys, Page, io)
  return 'trouble' in asked ? asked : { id: asked.value.id, name: asked.value.name || wanted.page }
}

/** A page of posts: first those of the page itself, then those that name it. Posts with more comments than before wait for these. */
async function readPosts(page: KnownPage, cursor: Cursor, keys: GraphKeys, io: SourceIo): Promise<Fetched> {
  const list = cursor['list'] === 'tagged' ? 'tagged' : 'feed'
  const now = io.now()
  const stretch = readStretch(cursor, list, now, back)
  const kept = cursor['after']
  const after: { [name: string]: string } =
    isUnderWay(stretch) && typeof kept === 'string' && kept !== '' ? { after: kept } : {}
  const parameters = { fields: postFields, limit: String(pageSize), since: String(stretch.from), ...after }
  const asked = await askGraph(`${graph}/${page.id}/${list}`, parameters, keys, GraphPage, io)
  if ('trouble' in asked && list === 'feed') return asked.trouble
  const left: ItemProblem[] = []
  if ('trouble' in asked) {
    // Many tokens may read the page and not who names it; what the page itself has goes on.
    if (asked.trouble.kind !== 'signed-out') return asked.trouble
    const { problem } = asked.trouble
    if (problem) left.push({ item: 'tagged', reason: tell(problem, 'en'), problem })
  }
  const { data, headers, afterThis } =
    'trouble' in asked
      ? { data: [], headers: {}, afterThis: null }
      : { data: asked.value.data, headers: asked.content.headers, afterThis: afterOf(asked.value) }
  const fresh = freshOf(data, PagePost, (raw) => pagePostToPost(raw, page.name, now), cursor['seen'])
  const counted = data.flatMap((item) => Counted.safeParse(item).data ?? [])
  const { ids, counts } = grown(
    counted.map(({ id, comments }) => ({ id, comments: comments?.summary?.total_count ?? null })),
    cursor,
  )
  const moments = secondsOf(
    data.map((item) => graphMoment(Moment.safeParse(item).data?.created_time)),
    now,
  )
  const next = stepDown(stretch, { moments, isLast: afterThis === null }, back)
  const isOver = !isUnderWay(next)
  const place = {
    ...cursor,
    [list]: printStretch(next),
    after: isOver ? '' : (afterThis ?? ''),
    list: isOver ? (list === 'feed' ? 'tagged' : 'feed') : list,
    counts,
    todo: printTodo([...readTodo(cursor), ...ids.map((id) => ({ id, after: '' }))]),
  }
  const health = { title: page.name, requests: 1, pollAfterMs: slowDownMs(headers) }
  const told = { ...fresh, problems: [...fresh.problems, ...left] }
  return toldOf(told, { cursor: place, more: ids.length > 0 || !isOver || list === 'feed', health })
}

/** A page of comments of the post that waits longest, from the newest down to one that holds nothing new. */
async function readComments(page: KnownPage, cursor: Cursor, keys: GraphKeys, io: SourceIo): Promise<Fetched> {
  const [first, ...rest] = readTodo(cursor)
  const { id, after } = first!
  const parameters = {
    fields: commentFields,
    filter: 'stream',
    order: 'reverse_chronological',
    limit: '100',
    ...(after !== '' && { after }),
  }
  const asked = await askGraph(`${graph}/${encodeURIComponent(id)}/comments`, parameters, keys, GraphPage, io)
  const isGone =
    'trouble' in asked && asked.trouble.kind === 'failed' && asked.trouble.problem?.key === 'meta.not-found'
  if ('trouble' in asked && !isGone) return asked.trouble
  const { data, headers, afterThis } =
    'trouble' in asked
      ? { data: [], headers: {}, afterThis: null }
      : { data: asked.value.data, headers: asked.content.headers, afterThis: afterOf(asked.value) }
  const items = data.map((item) => (typeof item === 'object' && item !== null ? { ...item, post: id } : item))
  const fresh = freshOf(items, PageComment, (raw) => pageCommentToPost(raw, page.name, io.now()), cursor['seen'])
  const goesOn = afterThis !== null && fresh.items.length > 0
  const todo = goesOn ? [{ id, after: afterThis }, ...rest] : rest
  const health = { title: page.name, requests: 1, pollAfterMs: slowDownMs(headers) }
  // A post that is gone takes its comments with it.
  const removed = isGone ? { removed: [postName(id)] } : {}
  const told = toldOf(fresh, { cursor: { ...cursor, todo: printTodo(todo) }, more: true, health })
  return told.kind === 'page' ? { ...told, ...removed } : told
}
