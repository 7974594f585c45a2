import { z } from 'zod'
import type { ConnectorIo } from '../connector.ts'
import { sinceOf } from '../own-words.ts'
import { problem } from '../problems.ts'
import type { Changed, Found, OutgoingReply, Published, Sent } from '../reply-channel.ts'
import { callVk } from './call.ts'
import { TopicComment } from './board-post.ts'
import { topicIdOf, type TopicPlace } from './place.ts'
import { change, changed, isFrom, isSame, problemOf, type VkAccount } from './publish.ts'

const pageSize = 100
const mostPages = 10

const Comments = z.object({ items: z.array(z.unknown()) })

/** Discussions have one floor: an answer stands at the end of its topic. VK lets people write there, and no community's own key. */
export async function sendToTopic(
  reply: OutgoingReply,
  { group, topic }: TopicPlace,
  account: VkAccount,
  io: ConnectorIo,
): Promise<Sent> {
  if (account.isGroupKey) return { kind: 'refused', problem: problem('vk.board-person') }
  const parameters = {
    group_id: group,
    topic_id: topic,
    message: reply.text,
    // Only the community of the board may speak there as one.
    from_group: account.group === group ? 1 : undefined,
    guid: reply.key,
  }
  const called = await change('board.createComment', parameters, account, z.int().positive(), io)
  if ('trouble' in called) return called.trouble
  return { kind: 'sent', ...publishedAs({ group, topic, comment: called.value }) }
}

/** Walks down to what is older than the reply; only then nothing of it can be there. */
export async function findInTopic(
  reply: OutgoingReply,
  { group, topic }: TopicPlace,
  { account, reader }: { account: VkAccount; reader: string },
  io: ConnectorIo,
): Promise<Found> {
  const since = sinceOf(reply).getTime() / 1000
  const speaker = { ...account, group: account.group === group ? group : 0 }
  for (let page = 0; page < mostPages; page += 1) {
    const parameters = {
      group_id: group,
      topic_id: topic,
      sort: 'desc',
      offset: page * pageSize,
      count: pageSize,
    }
    const asked = await callVk('board.getComments', parameters, reader, Comments, io)
    if (!('value' in asked)) return { kind: 'unknown', problem: problemOf(asked) }
    const comments = asked.value.items.flatMap((item) => TopicComment.safeParse(item).data ?? [])
    const mine = comments.find((one) => isFrom(one, speaker) && one.date >= since && isSame(one.text, reply.text))
    if (mine !== undefined) return { kind: 'sent', ...publishedAs({ group, topic, comment: mine.id }) }
    if (asked.value.items.length < pageSize || comments.some(({ date }) => date < since)) return { kind: 'absent' }
  }
  return { kind: 'unknown', problem: problem('reply.many-since') }
}

export async function changeInTopic(
  place: TopicPlace,
  message: string,
  account: VkAccount,
  io: ConnectorIo,
): Promise<Changed> {
  if (place.comment === null) return { kind: 'refused', problem: problem('reply.gone') }
  if (account.isGroupKey) return { kind: 'refused', problem: problem('vk.board-person') }
  return changed(await change('board.editComment', { ...parametersOf(place), message }, account, z.literal(1), io))
}

export async function removeFromTopic(place: TopicPlace, account: VkAccount, io: ConnectorIo): Promise<Changed> {
  if (place.comment === null) return { kind: 'refused', problem: problem('reply.gone') }
  return changed(await change('board.deleteComment', parametersOf(place), account, z.literal(1), io))
}

function parametersOf({ group, topic, comment }: TopicPlace) {
  return { group_id: group, topic_id: topic, comment_id: comment ?? 0 }
}

function publishedAs(place: TopicPlace & { comment: number }): Published {
  return { id: String(place.comment), mention: topicIdOf(place), url: topicIdOf(place) }
}
