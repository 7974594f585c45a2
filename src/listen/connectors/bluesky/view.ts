import { z } from 'zod'
import type { Author, Post } from '../../posts/post.ts'
import { isPlausible, parseMoment } from '../dates.ts'
import { tidy } from '../html-to-text.ts'
import { authorOf, idOf, pageOf, placeOf, PostRecord, recordToPost } from './record.ts'

const Count = z.int().nonnegative().nullish().catch(null)

/** Somebody as the network shows them beside a post. */
export const Profile = z.object({
  did: z.string().startsWith('did:'),
  handle: z.string().nullish(),
  displayName: z.string().nullish(),
  description: z.string().nullish(),
  followersCount: Count,
  verification: z.object({ verifiedStatus: z.string().nullish() }).nullish().catch(null),
})
export type Profile = z.infer<typeof Profile>

/** A post as the network shows it, with its counts. */
export const PostView = z.object({
  uri: z.string(),
  author: Profile,
  record: PostRecord,
  indexedAt: z.string(),
  likeCount: Count,
  repostCount: Count,
  quoteCount: Count,
  replyCount: Count,
})
export type PostView = z.infer<typeof PostView>

/** A line of an account's own feed: what it wrote, or what it shows again. */
export const FeedView = z.object({
  post: PostView,
  reason: z
    .object({ $type: z.string(), uri: z.string().nullish(), indexedAt: z.string().nullish(), by: Profile.nullish() })
    .nullish()
    .catch(null),
})

/** Null when it says nothing, or is no post. `profile` knows more of the author than the view does. */
export function viewToPost(view: PostView, now: Date, profile?: Profile): Post | null {
  const place = placeOf(view.uri)
  const post = place && recordToPost(view.record, place, momentOf(view.indexedAt, now))
  if (post === null) return null
  return {
    ...post,
    author: profileToAuthor(profile ?? view.author),
    likes: view.likeCount ?? null,
    shares: view.repostCount == null ? null : view.repostCount + (view.quoteCount ?? 0),
    comments: view.replyCount ?? null,
  }
}

/** A repost has the words of what it repeats and names it, and does not count its numbers again. */
export function feedToPost({ post: view, reason }: z.infer<typeof FeedView>, now: Date): Post | null {
  const post = viewToPost(view, now)
  if (post === null || !reason?.$type.endsWith('#reasonRepost')) return post
  const { uri, by, indexedAt } = reason
  // Servers that do not say which record the repost is could not tell us of its end either.
  if (!uri || !by || !indexedAt) return null
  return {
    ...post,
    id: idOf(uri),
    kind: 'repost',
    author: profileToAuthor(by),
    postedAt: momentOf(indexedAt, now),
    parent: post.id,
    url: pageOf(placeOf(view.uri) ?? { did: '', rkey: '' }),
    likes: null,
    shares: null,
    comments: null,
  }
}

/** When the network met something, which is what its feeds are sorted by. */
export function momentOf(indexedAt: string, now: Date): Date {
  const moment = parseMoment(indexedAt, { timeZone: 'UTC' })
  return moment !== null && isPlausible(moment, now) && moment < now ? moment : now
}

function profileToAuthor(profile: Profile): Author {
  const status = profile.verification?.verifiedStatus
  return authorOf(profile.did, {
    handle: profile.handle ?? null,
    name: tidy(profile.displayName ?? '') || (profile.handle ?? null),
    bio: tidy(profile.description ?? '') || null,
    followers: profile.followersCount ?? null,
    verified: status == null ? null : status === 'valid',
  })
}
