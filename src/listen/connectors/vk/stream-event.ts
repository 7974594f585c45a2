import { z } from 'zod'
import { barePost, type Author } from '../../posts/post.ts'
import { momentOf, type Mapped } from '../fresh.ts'
import { htmlToText } from '../html-to-text.ts'
import { attachments, said, tagsIn } from './item.ts'

const text = z.string().nullish().catch(null)

/** A message of a stream: something that was said, a word about the connection, or a refusal. */
export const Message = z.object({
  code: z.int(),
  event: z.unknown().optional(),
  service_message: z
    .object({ message: z.string().catch(''), service_code: z.int() })
    .nullish()
    .catch(null),
  error: z
    .object({ message: z.string().catch(''), error_code: z.int().catch(0) })
    .nullish()
    .catch(null),
})

export const StreamEvent = z.object({
  event_type: z.string(),
  event_url: z.string(),
  text,
  action: text,
  creation_time: z.number().nullish().catch(null),
  shared_post_text: text,
  attachments,
  tags: z.array(z.coerce.string()).nullish().catch(null),
  author: z.object({ id: z.int(), author_url: text }).nullish().catch(null),
})
export type StreamEvent = z.infer<typeof StreamEvent>

/** The id by which searches, walls and discussions know what an event is about; null where it is another kind of thing. */
export function idOfEvent({ event_url: url }: Pick<StreamEvent, 'event_url'>): string | null {
  const [, wall, post, comment] = /vk\.(?:com|ru)\/wall(-?\d+)_(\d+)(?:\?(?:\S*&)?reply=(\d+))?/.exec(url) ?? []
  if (wall !== undefined) return `https://vk.com/wall${wall}_${post}${comment === undefined ? '' : `?reply=${comment}`}`
  const [, topic, written] = /vk\.(?:com|ru)\/topic-(\d+_\d+)(?:\?(?:\S*&)?post=(\d+))?/.exec(url) ?? []
  return topic === undefined ? null : `https://vk.com/topic-${topic}${written === undefined ? '' : `?post=${written}`}`
}

export function eventToPost(event: StreamEvent, now: Date): Mapped {
  const id = idOfEvent(event)
  if (id === null) return { post: null, problems: [] }
  // Texts come as VK shows them, with breaks and signs of HTML.
  const plain = (html: string | null | undefined) => htmlToText(html ?? '').text
  const own = said({ text: plain(event.text), attachments: event.attachments })
  const shared = said({ text: plain(event.shared_post_text) })
  const words = [own.text, shared.text].filter((part) => part !== '').join('\n\n')
  if (words === '') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(event.creation_time ?? null, now)
  const isBelow = id.includes('?')
  const root = isBelow ? id.slice(0, id.indexOf('?')) : null
  return {
    problems,
    post: barePost({
      id,
      platform: 'vk',
      media: 'social',
      url: id,
      source: null,
      kind: isBelow ? 'comment' : event.event_type === 'share' ? (own.text === '' ? 'repost' : 'quote') : 'post',
      text: words,
      postedAt,
      author: authorOf(event),
      parent: root,
      root,
      links: [...new Set([...own.links, ...shared.links])],
      has: [...new Set([...own.has, ...shared.has])],
      images: own.images,
      tags: tagsIn(words),
    }),
  }
}

function authorOf({ author }: StreamEvent): Author | null {
  if (author == null) return null
  const handle = /vk\.(?:com|ru)\/([\w.]+)$/.exec(author.author_url ?? '')?.[1] ?? null
  return { id: String(author.id), name: null, handle, bio: null, followers: null, verified: null }
}
