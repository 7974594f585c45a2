import { z } from 'zod'
import { barePost, type Attachment, type Author } from '../../posts/post.ts'
import { momentOf, type Mapped } from '../fresh.ts'

const text = z.string().nullish().catch(null)
const counter = z.object({ count: z.int().nonnegative() }).nullish().catch(null)
const id = z.union([z.string().min(1), z.number().transform(String)])

const Media = z.object({
  type: z.string(),
  text,
  url: text,
  title: text,
  question: text,
  answers: z.array(z.object({ text })).nullish().catch(null),
})

/** A topic of a group; what it says is a list of parts. */
export const Topic = z.object({
  id,
  created_ms: z.number().nullish().catch(null),
  author_ref: text,
  media: z.array(z.unknown()).nullish().catch(null),
  like_summary: counter,
  reshare_summary: counter,
  discussion_summary: z.object({ comments_count: z.int().nonnegative() }).nullish().catch(null),
})
export type Topic = z.infer<typeof Topic>

export const Comment = z.object({
  id,
  text: z.string(),
  date_ms: z.number().nullish().catch(null),
  date: text,
  author_id: id.nullish().catch(null),
  author_name: text,
  like_count: z.int().nonnegative().nullish().catch(null),
  reply_to_comment_id: id.nullish().catch(null),
})
export type Comment = z.infer<typeof Comment>

export type Group = { number: string; title: string | null; members: number | null }
export type Reading = { group: Group; names: Map<string, string>; now: Date }

export function topicId(group: string, topic: string): string {
  return `https://ok.ru/group/${group}/topic/${topic}`
}

export function topicToPost(topic: Topic, { group, names, now }: Reading): Mapped {
  const parts = (topic.media ?? []).map((part) => Media.safeParse(part).data).filter((part) => part !== undefined)
  const words = parts
    .flatMap((part) => [
      part.text,
      part.title,
      part.question,
      ...(part.answers ?? []).map((answer) => answer.text && `• ${answer.text}`),
    ])
    .filter((one) => one != null && one.trim() !== '')
    .join('\n\n')
  if (words === '') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(topic.created_ms ?? null, now)
  const url = topicId(group.number, topic.id)
  const written = [...words.matchAll(/https?:\/\/[^\s<>"«»]+/gi)].map(([link]) => link.replace(/[.,;:!?)\]}]+$/, ''))
  const links = [...new Set([...parts.map((part) => part.url ?? ''), ...written])].filter(
    (one) => /^https?:\/\//i.test(one) && URL.canParse(one),
  )
  const types = new Set(parts.map(({ type }) => type))
  const has: Attachment[] = [
    ...(types.has('photo') ? (['image'] as const) : []),
    ...(types.has('movie') || types.has('video') ? (['video'] as const) : []),
    ...(links.length > 0 ? (['link'] as const) : []),
  ]
  return {
    problems,
    post: barePost({
      id: url,
      platform: 'ok',
      media: 'social',
      kind: 'post',
      source: group.title,
      url,
      text: words,
      postedAt,
      author: authorOf(topic, group, names),
      likes: topic.like_summary?.count ?? null,
      shares: topic.reshare_summary?.count ?? null,
      comments: topic.discussion_summary?.comments_count ?? null,
      links,
      has,
      tags: tagsIn(words),
    }),
  }
}

export function commentToPost(comment: Comment, topic: string, { group, names, now }: Reading): Mapped {
  if (comment.text.trim() === '') return { post: null, problems: [] }
  // Without the exact moment there is one in Moscow's time, which has not changed its clocks since 2014.
  const moment = comment.date_ms ?? (comment.date == null ? null : `${comment.date.replace(' ', 'T')}+03:00`)
  const { postedAt, problems } = momentOf(moment, now)
  const root = topicId(group.number, topic)
  const idOf = (one: string) => `ok:${topic}/${one}`
  const author = comment.author_id ?? null
  return {
    problems,
    post: barePost({
      id: idOf(comment.id),
      platform: 'ok',
      media: 'social',
      kind: 'comment',
      source: group.title,
      // Odnoklassniki has addresses of topics only.
      url: root,
      text: comment.text.trim(),
      postedAt,
      author: author === null ? null : person(author, comment.author_name ?? names.get(author) ?? null),
      likes: comment.like_count ?? null,
      parent: comment.reply_to_comment_id == null ? root : idOf(comment.reply_to_comment_id),
      root,
      tags: tagsIn(comment.text),
    }),
  }
}

function authorOf({ author_ref: ref }: Topic, group: Group, names: Map<string, string>): Author {
  const user = /^user:(\d+)$/.exec(ref ?? '')?.[1]
  if (user !== undefined) return person(user, names.get(user) ?? null)
  return { ...person(group.number, group.title), followers: group.members }
}

function person(number: string, name: string | null): Author {
  return { id: number, name, handle: null, bio: null, followers: null, verified: null }
}

function tagsIn(words: string): string[] {
  return [...new Set([...words.matchAll(/(?<=^|\s)#([\p{L}\p{N}_]+)/gu)].map(([, tag]) => tag ?? ''))].slice(0, 50)
}
