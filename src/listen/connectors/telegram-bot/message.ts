import { z } from 'zod'
import { barePost, type Attachment, type Author, type Place, type PostKind } from '../../posts/post.ts'
import { canonicalizeUrl } from '../canonical-url.ts'
import { momentOf, type Mapped } from '../fresh.ts'

const text = z.string().nullish().catch(null)
export const Chat = z.object({
  id: z.int(),
  type: z.string(),
  title: text,
  username: text,
  first_name: text,
  last_name: text,
})
type Chat = z.infer<typeof Chat>
const User = z.object({
  id: z.int(),
  is_bot: z.boolean().nullish().catch(null),
  first_name: text,
  last_name: text,
  username: text,
})
const Entity = z.object({ type: z.string(), offset: z.int(), length: z.int(), url: text })
const Origin = z
  .object({ type: z.string(), chat: Chat.nullish().catch(null), message_id: z.int().nullish().catch(null) })
  .nullish()
  .catch(null)
const Location = z.object({ latitude: z.number(), longitude: z.number() })
const there = z.unknown().optional()

/** https://core.telegram.org/bots/api#message; of the message that is answered Telegram shows no further one. */
const Answered = z.object({
  message_id: z.int(),
  chat: Chat.nullish().catch(null),
  is_automatic_forward: z.boolean().nullish().catch(null),
  forward_origin: Origin,
  forum_topic_created: z.object({ name: z.string() }).nullish().catch(null),
})
export const Message = z.object({
  message_id: z.int(),
  message_thread_id: z.int().nullish().catch(null),
  is_topic_message: z.boolean().nullish().catch(null),
  date: z.number(),
  chat: Chat,
  from: User.nullish().catch(null),
  sender_chat: Chat.nullish().catch(null),
  text,
  caption: text,
  entities: z.array(Entity).nullish().catch(null),
  caption_entities: z.array(Entity).nullish().catch(null),
  reply_to_message: Answered.nullish().catch(null),
  forward_origin: Origin,
  is_automatic_forward: z.boolean().nullish().catch(null),
  poll: z
    .object({ question: z.string(), options: z.array(z.object({ text: z.string() })) })
    .nullish()
    .catch(null),
  document: z.object({ file_name: text }).nullish().catch(null),
  venue: z.object({ title: text, address: text }).nullish().catch(null),
  location: Location.nullish().catch(null),
  photo: there,
  sticker: there,
  video: there,
  video_note: there,
  animation: there,
})
export type Message = z.infer<typeof Message>

/** Which post of a channel a thread of its group belongs to, by the ids of both. */
export type Threads = { get(thread: string): string | undefined; set(thread: string, post: string): void }

/** A message as a mention; one without any word is none. */
export function messageToPost(message: Message, threads: Threads, now: Date): Mapped {
  const own = idOf(message.chat, message.message_id)
  const original = message.is_automatic_forward === true ? postBehind(message.forward_origin) : null
  // What a channel posts comes once more into its group, where the comments are hung below it.
  if (original !== null) threads.set(own, original.id)
  const words = wordsOf(message)
  if (words === '') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(message.date, now)
  const { chat, messageId } = original ?? { chat: message.chat, messageId: message.message_id }
  const links = linksOf(message)
  return {
    problems,
    post: barePost({
      id: original?.id ?? own,
      platform: 'telegram',
      source: sourceOf(message, chat),
      media: 'messenger',
      url: urlOf(chat, messageId),
      text: words,
      postedAt,
      author: authorOf(message, chat),
      place: placeOf(message),
      links,
      has: hasIn(message, links),
      tags: marked(message, 'hashtag').map((tag) => tag.replace(/^#/, '').replace(/@\w+$/, '')),
      ...(original === null ? relationOf(message, threads) : { kind: 'post' }),
    }),
  }
}

/** Chats that have a name are known by their address, so that a post is the same by whichever way it comes. */
export function idOf(chat: Chat, message: number): string {
  if (chat.username == null || chat.type === 'private') return `telegram:${chat.id}/${message}`
  const url = `https://t.me/${chat.username}/${message}`
  return canonicalizeUrl(url) ?? url
}

export type Spot = { chat: string | number; message: number }

/** Where a mention stands, as the Bot API wants to hear it; null where it is none of Telegram's. */
export function spotOf(id: string): Spot | null {
  const named = /^https:\/\/t\.me\/(\w{4,32})\/(\d{1,15})$/.exec(id)
  if (named) return { chat: `@${named[1]}`, message: Number(named[2]) }
  const numbered = /^telegram:(-?\d{1,16})\/(\d{1,15})$/.exec(id)
  return numbered ? { chat: Number(numbered[1]), message: Number(numbered[2]) } : null
}

export function urlOf(chat: Chat, message: number): string | null {
  if (chat.type === 'private') return null
  if (chat.username != null) return `https://t.me/${chat.username}/${message}`
  // Groups that may have an address of this kind have numbers that begin so.
  const inner = /^-100(\d+)$/.exec(String(chat.id))?.[1]
  return inner === undefined ? null : `https://t.me/c/${inner}/${message}`
}

function postBehind(origin: z.infer<typeof Origin>): { id: string; chat: Chat; messageId: number } | null {
  if (origin?.type !== 'channel' || origin.chat == null || origin.message_id == null) return null
  return { id: idOf(origin.chat, origin.message_id), chat: origin.chat, messageId: origin.message_id }
}

function relationOf(
  message: Message,
  threads: Threads,
): { kind: PostKind; parent: string | null; root: string | null } {
  const { chat, reply_to_message: answered, message_thread_id: thread } = message
  if (message.forward_origin != null)
    return { kind: 'repost', parent: postBehind(message.forward_origin)?.id ?? null, root: null }
  const inThread = thread == null ? null : idOf(chat, thread)
  const post = answered?.is_automatic_forward === true ? postBehind(answered.forward_origin)?.id : undefined
  if (post !== undefined && inThread !== null) threads.set(inThread, post)
  const root = post ?? (inThread === null ? null : (threads.get(inThread) ?? inThread))
  const isComment = post !== undefined || (inThread !== null && threads.get(inThread) !== undefined)
  // In a topic every message seems to answer the one that opened it.
  const isInTopicOnly = answered?.forum_topic_created != null
  if (answered == null || isInTopicOnly)
    return {
      kind: chat.type === 'channel' ? 'post' : 'message',
      parent: null,
      root: message.is_topic_message === true ? inThread : null,
    }
  return {
    kind: isComment ? 'comment' : 'reply',
    parent: post ?? idOf(answered.chat ?? chat, answered.message_id),
    root,
  }
}

function sourceOf(message: Message, chat: Chat): string | null {
  const topic = message.is_topic_message === true ? message.reply_to_message?.forum_topic_created?.name : undefined
  const title = chat.title ?? nameOf(chat)
  return topic === undefined || title === null ? title : `${title} · ${topic}`
}

function authorOf({ from, sender_chat: sender }: Message, chat: Chat): Author | null {
  const asChat = sender ?? (chat.type === 'channel' ? chat : null)
  const known = { bio: null, followers: null, verified: null }
  if (asChat !== null) {
    const handle = asChat.username ?? null
    return { ...known, id: handle?.toLowerCase() ?? String(asChat.id), name: asChat.title ?? null, handle }
  }
  if (from == null) return null
  const bot = from.is_bot == null ? {} : { bot: from.is_bot }
  return { ...known, id: String(from.id), name: nameOf(from), handle: from.username ?? null, ...bot }
}

function nameOf(person: {
  first_name?: string | null | undefined
  last_name?: string | null | undefined
}): string | null {
  return [person.first_name, person.last_name].filter((part) => part).join(' ') || null
}

function wordsOf(message: Message): string {
  const { poll, document, venue } = message
  const parts = [
    message.text ?? message.caption,
    poll && [poll.question, ...poll.options.map((option) => `• ${option.text}`)].join('\n'),
    document?.file_name,
    venue && [venue.title, venue.address].filter((part) => part).join(', '),
  ]
  return parts.filter((part) => part != null && part.trim() !== '').join('\n\n')
}

/** The places of a text that are marked in this way; offsets count UTF-16, as JavaScript does. */
function marked(message: Message, type: string): string[] {
  const written = message.text ?? message.caption ?? ''
  const entities = (message.text == null ? message.caption_entities : message.entities) ?? []
  return entities.filter((one) => one.type === type).map(({ offset, length }) => written.slice(offset, offset + length))
}

function linksOf(message: Message): string[] {
  const hidden = [...(message.entities ?? []), ...(message.caption_entities ?? [])].map(({ url }) => url ?? '')
  const written = marked(message, 'url').map((link) => (/^\w+:\/\//.test(link) ? link : `https://${link}`))
  return [...new Set([...hidden, ...written])].filter((link) => /^https?:\/\//i.test(link) && URL.canParse(link))
}

function hasIn(message: Message, links: string[]): Attachment[] {
  return [
    ...(message.photo != null || message.sticker != null ? (['image'] as const) : []),
    ...(message.video != null || message.video_note != null || message.animation != null ? (['video'] as const) : []),
    ...(links.length > 0 ? (['link'] as const) : []),
  ]
}

function placeOf({ location }: Message): Place | null {
  return location == null ? null : { country: null, region: null, city: null, point: location }
}
