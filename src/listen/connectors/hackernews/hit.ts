import { z } from 'zod'
import { barePost } from '../../posts/post.ts'
import { momentOf, type Mapped } from '../fresh.ts'
import { absolute, htmlToText } from '../html-to-text.ts'

const Id = z.union([z.string().regex(/^\d+$/), z.int().positive()])
const Count = z.int().nonnegative().nullish()

/** A story, a poll or a comment as Algolia's index has it. */
export const Hit = z.object({
  objectID: Id,
  created_at_i: z.number(),
  author: z.string().min(1).nullish(),
  title: z.string().nullish(),
  url: z.string().nullish(),
  story_text: z.string().nullish(),
  comment_text: z.string().nullish(),
  points: z.int().nullish(),
  num_comments: Count,
  parent_id: Id.nullish(),
  story_id: Id.nullish(),
  _tags: z.array(z.string()).nullish(),
})
export type Hit = z.infer<typeof Hit>

/** An item as a post: a comment is one because it answers something. Points may fall below zero, which is no number of likes. */
export function hitToPost(hit: Hit, now: Date): Mapped {
  const id = itemUrl(hit.objectID)
  const title = hit.title == null ? null : htmlToText(hit.title).text || null
  const { text, links, has } = htmlToText(hit.comment_text ?? hit.story_text ?? '', id)
  if (text === '' && title === null) return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(hit.created_at_i, now)
  const isComment = hit.parent_id != null && hit.parent_id !== hit.objectID
  const page = absolute(hit.url ?? '', null)
  return {
    post: barePost({
      id,
      platform: 'hackernews',
      source: 'Hacker News',
      media: 'forum',
      kind: isComment ? 'comment' : hit._tags?.includes('ask_hn') ? 'question' : 'post',
      url: id,
      title,
      text: text || (title ?? ''),
      postedAt,
      author:
        hit.author == null
          ? null
          : { id: hit.author, name: hit.author, handle: hit.author, bio: null, followers: null, verified: null },
      likes: hit.points == null || hit.points < 0 ? null : hit.points,
      comments: hit.num_comments ?? null,
      parent: isComment ? itemUrl(hit.parent_id ?? '') : null,
      root: isComment && hit.story_id != null ? itemUrl(hit.story_id) : null,
      links: page === null ? links : [page, ...links],
      has: page === null || has.includes('link') ? has : [...has, 'link'],
    }),
    problems,
  }
}

function itemUrl(id: string | number): string {
  return `https://news.ycombinator.com/item?id=${id}`
}
