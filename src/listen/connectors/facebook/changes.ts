import { z } from 'zod'
import type { Post } from '../../posts/post.ts'
import type { Cursor } from '../connector.ts'
import type { Change } from '../meta/webhook.ts'
import { commentName, pageCommentToPost, pagePostToPost, postName } from './post.ts'

const Value = z.object({
  item: z.string(),
  verb: z.string(),
  post_id: z.string().nullish(),
  comment_id: z.string().nullish(),
  parent_id: z.string().nullish(),
  message: z.string().nullish(),
  // In seconds; what no calendar has is no moment.
  created_time: z.int().min(-1e10).max(1e11).nullish().catch(null),
  from: z
    .object({ id: z.string().min(1), name: z.string().nullish() })
    .nullish()
    .catch(null),
  post: z.object({ permalink_url: z.string().nullish() }).nullish().catch(null),
})

/**
 * What was pushed of this page as posts, edits and deletions. Only what a change tells is known of it; the next reading
 * adds the counts and the address.
 */
export function changesToPosts(
  changes: Change[],
  cursor: Cursor,
  at: Date,
): { items: Post[]; removed: string[]; edited: string[] } {
  const told = { items: [] as Post[], removed: [] as string[], edited: [] as string[] }
  const page = typeof cursor['name'] === 'string' ? cursor['name'] : 'Facebook'
  for (const change of changes) {
    const value = Value.safeParse(change.value).data
    // One app may push for several pages; each has a source of its own.
    if (!value || change.of !== cursor['page'] || (change.field !== 'feed' && change.field !== 'mention')) continue
    const { item, verb, post_id: post, comment_id: comment, parent_id: parent, message, from } = value
    const id = item === 'comment' ? comment : post
    if (id == null || post == null || item === 'reaction' || item === 'like') continue
    if (verb === 'remove' || verb === 'hide') {
      told.removed.push(item === 'comment' ? commentName(id) : postName(id))
      continue
    }
    const created_time = value.created_time == null ? null : new Date(value.created_time * 1000).toISOString()
    const known = { id, message, created_time, from }
    const mapped =
      item === 'comment'
        ? pageCommentToPost(
            { ...known, post, permalink_url: null, parent: parent == null || parent === post ? null : { id: parent } },
            page,
            at,
          )
        : pagePostToPost({ ...known, permalink_url: value.post?.permalink_url }, page, at)
    if (mapped.post === null) continue
    told.items.push(mapped.post)
    if (verb === 'edited') told.edited.push(mapped.post.id)
  }
  return told
}
