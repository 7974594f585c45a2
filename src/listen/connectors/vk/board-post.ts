import { z } from 'zod'
import { barePost } from '../../posts/post.ts'
import { momentOf, type Mapped } from '../fresh.ts'
import { attachments, common, counter, said, tagsIn, type Reading } from './item.ts'
import { topicIdOf } from './place.ts'

const text = z.string().nullish().catch(null)

/** A discussion with its opening, as `board.getTopics` shows it. */
export const Topic = z.object({
  id: z.int().positive(),
  title: z.string(),
  created: z.number(),
  created_by: z.int(),
  updated: z.number().nullish().catch(null),
  comments: z.int().nonnegative().nullish().catch(null),
  is_fixed: z.number().nullish().catch(null),
  first_comment: text,
})
export type Topic = z.infer<typeof Topic>

export const TopicComment = z.object({
  id: z.int().positive(),
  from_id: z.int(),
  date: z.number(),
  text: z.string(),
  attachments,
  likes: counter,
})
type TopicComment = z.infer<typeof TopicComment>

export function topicToPost(topic: Topic, group: number, { authors, now, source }: Reading): Mapped {
  const { text: words, links, has } = said({ text: topic.first_comment })
  const { postedAt, problems } = momentOf(topic.created, now)
  const place = { group, topic: topic.id, comment: null }
  const title = topic.title.trim().toWellFormed()
  if (words === '' && title === '') return { post: null, problems: [] }
  return {
    problems,
    post: barePost({
      ...common(topic.created_by, authors),
      ...{ id: topicIdOf(place), url: topicIdOf(place), source, kind: 'post', title: title || null },
      text: words || title,
      postedAt,
      comments: topic.comments ?? null,
      ...{ links, has, tags: tagsIn(words) },
    }),
  }
}

/** What is said in a discussion after its opening, which VK shows among the comments too, and which is not said twice. */
export function topicCommentToPost(
  comment: TopicComment,
  { group, topic, opening }: { group: number; topic: number; opening: Topic | undefined },
  { authors, now, source }: Reading,
): Mapped {
  const { text: words, links, has, images } = said(comment)
  if (words === '' || isOpening(comment, opening)) return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(comment.date, now)
  const place = { group, topic, comment: comment.id }
  const root = topicIdOf({ ...place, comment: null })
  return {
    problems,
    post: barePost({
      ...common(comment.from_id, authors),
      ...{ id: topicIdOf(place), url: topicIdOf(place), source, kind: 'comment', text: words },
      postedAt,
      likes: comment.likes?.count ?? null,
      ...{ parent: root, root, links, has, images, tags: tagsIn(words) },
    }),
  }
}

function isOpening({ date, text: words }: TopicComment, opening: Topic | undefined): boolean {
  return opening !== undefined && Math.abs(date - opening.created) <= 2 && words === (opening.first_comment ?? '')
}
