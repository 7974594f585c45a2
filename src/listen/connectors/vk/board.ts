import { z } from 'zod'
import { why } from '../answers.ts'
import { readBelow, type ReadBelow } from '../below-posts.ts'
import type { Cursor, Fetched, SourceIo } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { people, readAuthors } from './authors.ts'
import { Topic, TopicComment, topicCommentToPost, topicToPost } from './board-post.ts'
import { callForSource } from './call.ts'
import type { Reading } from './item.ts'
import { namesOf } from './names.ts'
import { topicIdOf } from './place.ts'
import type { Asked } from './search.ts'
import type { Target } from './target.ts'

const pageSize = 100
// A topic that is written in meanwhile moves up, and those below move down.
const step = 90
const mostPages = { first: 3, later: 20 }
const overlapS = 900
const mostCommentPages = 10

const Page = z.object({ items: z.array(z.unknown()), ...people })

/**
 * The discussions of a community from the one written in last back to where the last walk ended, each with what is said in it; or one of
 * them. What is said is read where the number of comments changed, and else less and less often.
 */
export async function readBoard(
  target: Extract<Target, { kind: 'board' }>,
  { token, cursor, url }: Asked,
  io: SourceIo,
): Promise<Fetched> {
  const { group, topic } = target
  const walk = readWalk(cursor)
  const parameters = {
    group_id: group,
    ...(topic === null ? { order: 1, offset: walk.pages * step, count: pageSize } : { topic_ids: [topic] }),
    ...{ extended: 1, preview: 1, preview_length: 0 },
  }
  const got = await callForSource('board.getTopics', parameters, token, Page, io)
  if ('trouble' in got) return got.trouble
  const topics = got.value.items.flatMap((item) => Topic.safeParse(item).data ?? [])
  const known = await titled(group, cursor, token, io)
  const writers = topics.map(({ created_by: by }) => by)
  const { authors, requests } = await namesOf(writers, readAuthors(got.value), token, io)
  const reading: Reading = { authors, now: io.now(), source: known.title }
  const openings = freshOf(got.value.items, Topic, (one) => topicToPost(one, group, reading), cursor['seen'])
  const listed = topics.map((one) => ({
    id: one.id,
    postedAtS: one.updated ?? one.created,
    comments: one.comments ?? 0,
  }))
  const given = { cursor, before: openings, now: io.now() }
  const readPage = commentsOf(group, topics, reading, token, io)
  const below = await readBelow(listed, given, { readPage, signal: io.signal })
  if ('trouble' in below) return below.trouble
  // A pinned topic stands first whenever it was written in.
  const updated = topics.filter(({ is_fixed: fixed }) => fixed !== 1).map((one) => one.updated ?? one.created)
  const isLast = topic !== null || got.value.items.length < pageSize
  const { next, more } = below.isDone ? stepDown(walk, updated, isLast, io.now()) : { next: walk, more: true }
  return toldOf(below.fresh, {
    cursor: { url, title: known.title, ...below.kept, ...next },
    more,
    health: {
      title: known.title,
      requests: got.requests + requests + known.requests + below.requests,
      pollAfterMs: null,
    },
  })
}

/** `reached` is the newest moment of a finished walk, `top` of the one under way; in unix seconds. */
type BoardWalk = { reached: number; top: number; pages: number }

function readWalk(cursor: Cursor): BoardWalk {
  const [reached = 0, top = 0, pages = 0] = ['reached', 'top', 'pages'].map((name) => {
    const kept = cursor[name]
    return typeof kept === 'number' && Number.isSafeInteger(kept) && kept > 0 ? kept : 0
  })
  return { reached, top, pages }
}

function stepDown(walk: BoardWalk, updated: number[], isLast: boolean, now: Date): { next: BoardWalk; more: boolean } {
  const past = updated.filter((at) => at * 1000 <= now.getTime())
  const top = past.reduce((a, b) => Math.max(a, b), walk.top)
  const pages = walk.pages + 1
  const meetsKnown = updated.some((at) => at < walk.reached - overlapS)
  const isOver = isLast || meetsKnown || pages >= (walk.reached === 0 ? mostPages.first : mostPages.later)
  return isOver
    ? { next: { reached: Math.max(top, walk.reached), top: 0, pages: 0 }, more: false }
    : { next: { ...walk, top, pages }, more: true }
}

function commentsOf(group: number, topics: Topic[], reading: Reading, token: string, io: SourceIo): ReadBelow {
  return async (topic, from) => {
    const offset = Number(from)
    const parameters = { group_id: group, topic_id: topic, need_likes: 1, extended: 1, sort: 'desc' }
    const asked = await callForSource('board.getComments', { ...parameters, offset, count: pageSize }, token, Page, io)
    if ('trouble' in asked) {
      const key = 'problem' in asked.trouble ? asked.trouble.problem?.key : undefined
      const isOfTopic = key === 'vk.closed' || key === 'vk.gone' || key === 'vk.refused'
      const { hint, problem } = why('vk.comments-closed')
      const item = topicIdOf({ group, topic, comment: null })
      return isOfTopic ? { closed: { item, reason: hint, problem } } : asked
    }
    const { items } = asked.value
    const opening = topics.find(({ id }) => id === topic)
    const known = { ...reading, authors: new Map([...reading.authors, ...readAuthors(asked.value)]) }
    return {
      read: (seen) =>
        freshOf(items, TopicComment, (comment) => topicCommentToPost(comment, { group, topic, opening }, known), seen),
      removed: [],
      next: items.length < pageSize || offset / pageSize + 1 >= mostCommentPages ? null : String(offset + pageSize),
      requests: asked.requests,
    }
  }
}

async function titled(group: number, cursor: Cursor, token: string, io: SourceIo) {
  const kept = cursor['title']
  if (typeof kept === 'string' && kept !== '') return { title: kept, requests: 0 }
  const { authors, requests } = await namesOf([-group], new Map(), token, io)
  return { title: authors.get(-group)?.name ?? `club${group}`, requests }
}
