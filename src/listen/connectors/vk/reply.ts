import { z } from 'zod'
import { typed, wrong } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { sinceOf } from '../own-words.ts'
import { problem } from '../problems.ts'
import type { Changed, Found, OutgoingReply, Published, ReplyChannel } from '../reply-channel.ts'
import { people, readAuthors } from './authors.ts'
import { callVk, type Parameters } from './call.ts'
import { Comment } from './item.ts'
import { idOf, placeOf, topicPlaceOf, urlOf, type WallPlace } from './place.ts'
import { change, changed, isFrom, isSame, problemOf, type VkAccount } from './publish.ts'
import { changeInTopic, findInTopic, removeFromTopic, sendToTopic } from './reply-board.ts'

const minuteMs = 60_000
const pageSize = 100
const mostPages = 10

const Made = z.object({ comment_id: z.int().positive() })
const Comments = z.object({ items: z.array(z.unknown()) })

/**
 * Answers of a community or a person as comments on VK, below posts and in discussions. Each carries `guid`, by which VK knows a comment that is sent again;
 * whether one arrived is read from the comments themselves, which a community’s own key may not read: then the app’s
 * service key does.
 */
export const vkReplies: ReplyChannel<VkAccount> = {
  platform: 'vk',
  settleMs: minuteMs,

  parseAccount(input) {
    const [token, service] = [typed(input, 'vkKey'), typed(input, 'serviceKey')]
    if (!isKey(token)) throw wrong('vk.token', {}, 'vkKey')
    if (service !== '' && !isKey(service)) throw wrong('vk.service', {}, 'serviceKey')
    const written = typed(input, 'community').replace(/^(https?:\/\/)?(m\.)?vk\.(com|ru)\//i, '')
    const group = /^(?:club|public|event|-)?(\d{1,15})$/i.exec(written)?.[1]
    if (written !== '' && group === undefined) throw wrong('vk.community', {}, 'community')
    return { token, service, group: Number(group ?? 0), user: 0, isGroupKey: false }
  },

  async greet(account, io) {
    // With a community's own key this names the community itself; with a person's it names nobody.
    const own = await callVk('groups.getById', {}, account.token, z.object(people), io)
    const [group, known] = 'value' in own ? ([...readAuthors(own.value)][0] ?? []) : []
    if (group !== undefined && known !== undefined) {
      const found = { ...account, group: -group, isGroupKey: true }
      if (account.group !== 0 && account.group !== found.group)
        return { kind: 'refused', problem: problem('vk.other-community') }
      return { kind: 'ready', name: known.name ?? `club${found.group}`, account: found }
    }
    const asked = await callVk('users.get', {}, account.token, z.array(z.unknown()), io)
    if (!('value' in asked)) {
      const what = problemOf(asked)
      return 'refusal' in asked ? { kind: 'refused', problem: what } : { kind: 'unknown', problem: what }
    }
    const [user, person] = [...readAuthors({ profiles: asked.value })][0] ?? []
    if (user === undefined) return { kind: 'refused', problem: problem('vk.token') }
    const name = person?.name ?? `id${user}`
    if (account.group === 0) return { kind: 'ready', name, account: { ...account, user } }
    const group_ids = [account.group]
    const named = await callVk('groups.getById', { group_ids }, account.token, z.object(people), io)
    const community = 'value' in named ? readAuthors(named.value).get(-account.group) : undefined
    if (community === undefined) return { kind: 'refused', problem: problem('vk.community') }
    return { kind: 'ready', name: community.name ?? `club${account.group}`, account: { ...account, user } }
  },

  // VK documents no length of a comment; one that it finds too long it refuses.
  limits: () => ({ length: null }),

  async send(reply, account, io) {
    const topic = topicPlaceOf(reply.to.id)
    if (topic !== null) return sendToTopic(reply, topic, account, io)
    const place = placeOf(reply.to)
    if (place === null) return { kind: 'refused', problem: problem('reply.gone') }
    const called = await change(
      'wall.createComment',
      { ...commentOf(reply, place, account), guid: reply.key },
      account,
      Made,
      io,
    )
    if ('trouble' in called) return called.trouble
    return { kind: 'sent', ...publishedAs(called.value.comment_id, place) }
  },

  async find(reply, account, io) {
    const reader = account.isGroupKey ? account.service : account.token
    if (reader === '') return { kind: 'unknown', problem: problem('vk.no-look-up') }
    const topic = topicPlaceOf(reply.to.id)
    if (topic !== null) return findInTopic(reply, topic, { account, reader }, io)
    const place = placeOf(reply.to)
    if (place === null) return { kind: 'absent' }
    return findComment(reply, place, { account, reader }, io)
  },

  async edit(published, text, account, io): Promise<Changed> {
    const topic = topicPlaceOf(published.mention)
    if (topic !== null) return changeInTopic(topic, text, account, io)
    const place = placeOf({ id: published.mention, url: published.url })
    if (place?.comment == null) return { kind: 'refused', problem: problem('reply.gone') }
    if (account.isGroupKey) return { kind: 'refused', problem: problem('vk.person-only') }
    const { owner, post, comment } = place
    const parameters = { owner_id: owner, post_id: post, comment_id: comment, message: text }
    return changed(await change('wall.editComment', parameters, account, z.literal(1), io))
  },

  async remove(published, account, io): Promise<Changed> {
    const topic = topicPlaceOf(published.mention)
    if (topic !== null) return removeFromTopic(topic, account, io)
    const place = placeOf({ id: published.mention, url: published.url })
    if (place?.comment == null) return { kind: 'refused', problem: problem('reply.gone') }
    if (account.isGroupKey) return { kind: 'refused', problem: problem('vk.person-only') }
    const parameters = { owner_id: place.owner, post_id: place.post, comment_id: place.comment }
    return changed(await change('wall.deleteComment', parameters, account, z.literal(1), io))
  },
}

function isKey(text: string): boolean {
  return /^[\w.-]{20,1000}$/.test(text)
}

function commentOf(reply: OutgoingReply, { owner, post, comment }: WallPlace, account: VkAccount): Parameters {
  return {
    owner_id: owner,
    post_id: post,
    message: reply.text,
    reply_to_comment: comment ?? undefined,
    from_group: account.group || undefined,
  }
}

function publishedAs(comment: number, answered: WallPlace): Published {
  // Threads have one level: what answers a comment of a thread hangs in the same.
  const place = { ...answered, comment, thread: answered.thread ?? answered.comment }
  return { id: `${place.owner}_${comment}`, mention: idOf(place), url: urlOf(place) }
}

/** Walks down to what is older than the reply; only then nothing of it can be there. */
async function findComment(
  reply: OutgoingReply,
  place: WallPlace,
  { account, reader }: { account: VkAccount; reader: string },
  io: ConnectorIo,
): Promise<Found> {
  const thread = place.thread ?? place.comment ?? undefined
  const since = sinceOf(reply).getTime() / 1000
  for (let page = 0; page < mostPages; page += 1) {
    const parameters = {
      owner_id: place.owner,
      post_id: place.post,
      comment_id: thread,
      sort: 'desc',
      offset: page * pageSize,
      count: pageSize,
    }
    const asked = await callVk('wall.getComments', parameters, reader, Comments, io)
    if (!('value' in asked)) {
      // Without the post there is no comment either.
      if ('refusal' in asked && asked.refusal.error_code === 18) return { kind: 'absent' }
      return { kind: 'unknown', problem: problemOf(asked) }
    }
    const comments = asked.value.items.map((item) => Comment.safeParse(item).data).filter((one) => one !== undefined)
    const mine = comments.find((one) => isFrom(one, account) && one.date >= since && isSame(one.text, reply.text))
    if (mine !== undefined) return { kind: 'sent', ...publishedAs(mine.id, place) }
    const reachesBack = comments.some(({ date }) => date < since)
    if (asked.value.items.length < pageSize || reachesBack) return { kind: 'absent' }
  }
  return { kind: 'unknown', problem: problem('reply.many-since') }
}
