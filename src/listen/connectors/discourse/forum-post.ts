import { z } from 'zod'
import { barePost } from '../../posts/post.ts'
import { canonicalizeUrl } from '../canonical-url.ts'
import { momentOf, type Mapped } from '../fresh.ts'
import { htmlToText } from '../html-to-text.ts'

const Count = z.int().nonnegative().nullish()

/** A post as a list of Discourse has it. */
export const ForumPost = z.object({
  id: z.int().positive(),
  topic_id: z.int().positive(),
  post_number: z.int().positive(),
  reply_to_post_number: z.int().positive().nullish(),
  username: z.string().min(1).nullish(),
  name: z.string().nullish(),
  created_at: z.string().nullish(),
  cooked: z.string(),
  topic_title: z.string().nullish(),
  reply_count: Count,
  reads: Count,
  actions_summary: z.array(z.object({ id: z.int(), count: Count })).nullish(),
})
export type ForumPost = z.infer<typeof ForumPost>

const like = 2

/**
 * A post of a forum. Its address is that of its place in its topic without the words of the title, for titles change; so
 * what it answers and the post that began the topic are known by the same form.
 */
export function forumPostToPost(shown: ForumPost, forum: { url: string; title: string }, now: Date): Mapped {
  const at = (number: number): string => `${forum.url}/t/${shown.topic_id}/${number}`
  const canonical = (number: number): string => canonicalizeUrl(at(number)) ?? at(number)
  const isFirst = shown.post_number === 1
  const url = at(shown.post_number)
  const { text, links, has, images } = htmlToText(shown.cooked, url)
  const title = isFirst && shown.topic_title != null ? htmlToText(shown.topic_title).text || null : null
  if (text === '' && title === null) return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(shown.created_at ?? null, now)
  const { host } = new URL(forum.url)
  return {
    post: barePost({
      id: canonical(shown.post_number),
      platform: 'discourse',
      source: forum.title,
      media: 'forum',
      kind: isFirst ? 'post' : 'reply',
      url,
      title,
      text: text || (title ?? ''),
      postedAt,
      // Names repeat from forum to forum.
      author:
        shown.username == null
          ? null
          : {
              id: `${host}/${shown.username.toLowerCase()}`,
              name: shown.name?.trim() || shown.username,
              handle: shown.username,
              bio: null,
              followers: null,
              verified: null,
            },
      likes: shown.actions_summary?.find(({ id }) => id === like)?.count ?? null,
      comments: shown.reply_count ?? null,
      views: shown.reads ?? null,
      parent: isFirst ? null : canonical(shown.reply_to_post_number ?? 1),
      root: isFirst ? null : canonical(1),
      links,
      has,
      images,
    }),
    problems,
  }
}
