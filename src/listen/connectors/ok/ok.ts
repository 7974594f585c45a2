import { z } from 'zod'
import { failed, typed, why, wrong, type Trouble } from '../answers.ts'
import { readBelow, type ReadBelow } from '../below-posts.ts'
import type { Connector, Cursor, SourceIo, SourceSecrets } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { readWalk, stepBack } from '../walk.ts'
import { callOk } from './call.ts'
import { readGroup } from './group-address.ts'
import { Comment, commentToPost, Topic, topicId, topicToPost, type Group, type Reading } from './topic.ts'

export type OkConfig = { url: string }

const pageSize = 50
const commentsAtOnce = 100
// A new source begins with about the last 150 topics.
const firstPages = 3

const Named = z.object({
  uid: z.union([z.string(), z.number().transform(String)]),
  name: z.string().nullish().catch(null),
})
const entities = z
  .object({ users: z.array(z.unknown()).nullish().catch(null) })
  .nullish()
  .catch(null)
const Topics = z.object({
  // A group without topics has no list.
  media_topics: z.array(z.unknown()).nullish(),
  anchor: z.string().nullish().catch(null),
  has_more: z.boolean().nullish().catch(null),
  entities,
})
const Comments = z.object({
  comments: z.array(z.unknown()).nullish(),
  anchor: z.string().nullish().catch(null),
  has_more: z.boolean().nullish().catch(null),
  entities,
})
const Info = z.array(
  z.object({
    uid: z.union([z.string(), z.number().transform(String)]),
    name: z.string().nullish(),
    members_count: z.int().nullish().catch(null),
  }),
)
const Address = z.object({ type: z.string(), objectId: z.union([z.string(), z.number().transform(String)]).nullish() })

/**
 * A group on Odnoklassniki: its topics from the newest back to where the last reading ended, and what is said below them.
 * The platform has no search for words, and no documented way for programs to answer.
 */
export const okConnector: Connector<OkConfig> = {
  platform: 'ok',
  capabilities: {
    collects: ['poll'],
    replies: false,
    follows: { edits: true, deletions: false },
    cost: null,
    needs: 'approval',
  },

  parseConfig(input) {
    const group = readGroup(typed(input, 'url'))
    if (group === null) throw wrong('ok.group', {}, 'url')
    return { url: group.url }
  },

  async fetch({ config, secrets, cursor: kept }, io) {
    const cursor = kept?.['url'] === config.url ? kept : {}
    const found = await groupOf(config.url, cursor, secrets, io)
    if ('trouble' in found) return found.trouble
    const { group } = found
    const walk = readWalk(cursor)
    const anchor = walk.before > 0 && typeof cursor['anchor'] === 'string' ? cursor['anchor'] : undefined
    const asked = await callOk(
      'mediatopic.getTopics',
      { gid: group.number, count: pageSize, anchor, fields: 'media_topic.*,user.uid,user.name' },
      secrets,
      Topics,
      io,
    )
    if ('trouble' in asked) return asked.trouble
    const topics = asked.value.media_topics ?? []
    const reading: Reading = { group, names: namesIn(asked.value.entities), now: io.now() }
    const fresh = freshOf(topics, Topic, (topic) => topicToPost(topic, reading), cursor['seen'])
    const listed = topics.map((topic) => Topic.safeParse(topic).data).filter((topic) => topic !== undefined)
    const below = await readBelow(
      listed.map((topic) => ({
        id: Number(topic.id),
        postedAtS: (topic.created_ms ?? 0) / 1000,
        comments: topic.discussion_summary?.comments_count ?? 0,
      })),
      { cursor, before: fresh, now: io.now() },
      { readPage: commentsOf(reading, secrets, io), signal: io.signal },
    )
    if ('trouble' in below) return below.trouble
    const { next, more } = below.isDone
      ? stepBack(walk, inOrder(listed.map((topic) => Number(topic.id))), firstPages)
      : { next: walk, more: true }
    const health = { title: group.title, requests: asked.requests + found.requests + below.requests, pollAfterMs: null }
    const isLast = asked.value.has_more !== true || asked.value.anchor == null
    return toldOf(below.fresh, {
      cursor: {
        ...{ url: config.url, group: group.number, title: group.title, members: group.members, ...below.kept },
        ...(more && isLast && below.isDone ? stepBack(next, [], 1).next : next),
        anchor: below.isDone ? (asked.value.anchor ?? null) : (anchor ?? null),
      },
      more: more && !(isLast && below.isDone),
      health,
    })
  },
}

/** A pinned topic stands first however old it is. */
function inOrder(numbers: number[]): number[] {
  const [first, second] = numbers
  return first !== undefined && second !== undefined && first < second ? numbers.slice(1) : numbers
}

function commentsOf(reading: Reading, secrets: SourceSecrets, io: SourceIo): ReadBelow {
  return async (post, from) => {
    const asked = await callOk(
      'discussions.getComments',
      {
        discussionId: post,
        discussionType: 'GROUP_TOPIC',
        count: commentsAtOnce,
        anchor: from === '' ? undefined : from,
        direction: 'FORWARD',
        fields: 'comment.*,user.uid,user.name',
      },
      secrets,
      Comments,
      io,
    )
    if ('trouble' in asked) {
      const key = 'problem' in asked.trouble ? asked.trouble.problem?.key : undefined
      const { hint, problem } = why('ok.comments-closed')
      const item = topicId(reading.group.number, String(post))
      return key === 'ok.not-found' || key === 'ok.refused' ? { closed: { item, reason: hint, problem } } : asked
    }
    const { comments, anchor, has_more: hasMore } = asked.value
    const names = new Map([...reading.names, ...namesIn(asked.value.entities)])
    const map = (comment: Comment) => commentToPost(comment, String(post), { ...reading, names })
    return {
      read: (seen) => freshOf(comments ?? [], Comment, map, seen),
      removed: [],
      // An anchor that repeats would never end.
      next: hasMore === true && anchor != null && anchor !== from ? anchor : null,
      requests: asked.requests,
    }
  }
}

async function groupOf(
  url: string,
  cursor: Cursor,
  secrets: SourceSecrets,
  io: SourceIo,
): Promise<{ group: Group; requests: number } | { trouble: Trouble }> {
  const { group, title, members } = cursor
  if (typeof group === 'string' && /^\d+$/.test(group) && typeof title === 'string')
    return { group: { number: group, title, members: typeof members === 'number' ? members : null }, requests: 0 }
  let number = readGroup(url)?.number ?? null
  let requests = 1
  if (number === null) {
    const asked = await callOk('url.getInfo', { url }, secrets, Address, io)
    if ('trouble' in asked) return asked
    requests += 1
    number = asked.value.type.startsWith('GROUP') ? (asked.value.objectId ?? null) : null
    if (number === null) return { trouble: failed('ok.not-found') }
  }
  const asked = await callOk('group.getInfo', { uids: number, fields: 'uid,name,members_count' }, secrets, Info, io)
  if ('trouble' in asked) return asked
  const info = asked.value[0]
  if (info === undefined) return { trouble: failed('ok.not-found') }
  return { group: { number, title: info.name ?? null, members: info.members_count ?? null }, requests }
}

function namesIn(told: z.infer<typeof entities>): Map<string, string> {
  const named = (told?.users ?? []).map((user) => Named.safeParse(user).data).filter((user) => user?.name != null)
  return new Map(named.map((user) => [user?.uid ?? '', user?.name ?? '']))
}
