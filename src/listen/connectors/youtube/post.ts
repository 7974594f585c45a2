import { z } from 'zod'
import { barePost, type Author } from '../../posts/post.ts'
import { momentOf, type Mapped } from '../fresh.ts'
import { htmlToText } from '../html-to-text.ts'
import { imagesOf } from '../images.ts'
import { twoLetterLanguage } from '../languages.ts'

// The API writes numbers as texts, for some are larger than numbers can hold.
const Count = z
  .union([z.string().regex(/^\d{1,15}$/), z.int().nonnegative()])
  .transform(Number)
  .nullish()
  .catch(null)

export const Video = z.object({
  id: z.string().min(1),
  snippet: z.object({
    publishedAt: z.string().nullish(),
    channelId: z.string().nullish(),
    channelTitle: z.string().nullish(),
    title: z.string().nullish(),
    description: z.string().nullish(),
    tags: z.array(z.string()).nullish(),
    thumbnails: z
      .record(z.string(), z.object({ url: z.string(), width: z.number().nullish() }))
      .nullish()
      .catch(null),
    defaultAudioLanguage: z.string().nullish(),
    defaultLanguage: z.string().nullish(),
  }),
  statistics: z.object({ viewCount: Count, likeCount: Count, commentCount: Count }).nullish(),
})
export type Video = z.infer<typeof Video>

export const Comment = z.object({
  id: z.string().min(1),
  snippet: z.object({
    videoId: z.string().nullish(),
    channelId: z.string().nullish(),
    parentId: z.string().nullish(),
    textOriginal: z.string().nullish(),
    textDisplay: z.string().nullish(),
    authorDisplayName: z.string().nullish(),
    authorChannelId: z.object({ value: z.string() }).nullish(),
    likeCount: Count,
    publishedAt: z.string().nullish(),
    updatedAt: z.string().nullish(),
    moderationStatus: z.string().nullish(),
  }),
})
export type Comment = z.infer<typeof Comment>

/** The first comment of a thread with some of its answers. */
export const Thread = z.object({
  id: z.string().min(1),
  snippet: z.object({
    videoId: z.string().nullish(),
    topLevelComment: z.unknown(),
    totalReplyCount: z.int().nonnegative().nullish(),
  }),
  replies: z.object({ comments: z.array(z.unknown()) }).nullish(),
})
export type Thread = z.infer<typeof Thread>

export const videoName = (id: string): string => `youtube:video/${id}`
export const commentName = (id: string): string => `youtube:comment/${id}`

/** The id of YouTube of one of our posts. */
export function idOfName(name: string): { kind: 'video' | 'comment'; id: string } | null {
  const [, kind, id] = /^youtube:(video|comment)\/([\w.-]+)$/.exec(name) ?? []
  return kind === undefined || id === undefined ? null : { kind: kind === 'video' ? 'video' : 'comment', id }
}

export function videoToPost({ id, snippet, statistics }: Video, now: Date): Mapped {
  const title = snippet.title?.trim() || null
  const description = snippet.description?.trim().toWellFormed() ?? ''
  if (title === null && description === '') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(snippet.publishedAt ?? null, now)
  return {
    post: barePost({
      id: videoName(id),
      platform: 'youtube',
      source: snippet.channelTitle ?? null,
      media: 'video',
      kind: 'post',
      url: `https://www.youtube.com/watch?v=${id}`,
      title,
      text: description || (title ?? ''),
      lang: twoLetterLanguage(snippet.defaultAudioLanguage ?? snippet.defaultLanguage),
      postedAt,
      author: authorOf(snippet.channelId ?? null, snippet.channelTitle ?? null),
      likes: statistics?.likeCount ?? null,
      comments: statistics?.commentCount ?? null,
      views: statistics?.viewCount ?? null,
      has: ['video'],
      images: imagesOf([{ url: stillOf(snippet) }]),
      tags: (snippet.tags ?? []).slice(0, 50),
    }),
    problems,
  }
}

/** One wide enough to be looked at; the widest may take a megabyte. */
function stillOf({ thumbnails }: Video['snippet']): string | null {
  const { standard, high, medium, default: small } = thumbnails ?? {}
  return (standard ?? high ?? medium ?? small)?.url ?? null
}

/** A comment with what it answers: the video, or the first comment of its thread. `answers` counts those below it. */
export function commentToPost(
  { id, snippet }: Comment,
  known: { videoId: string | null; source: string | null; answers: number | null },
  now: Date,
): Mapped {
  const { text, links } =
    snippet.textOriginal == null
      ? htmlToText(snippet.textDisplay ?? '')
      : { text: snippet.textOriginal.trim().toWellFormed(), links: [] }
  const isHeld = snippet.moderationStatus != null && snippet.moderationStatus !== 'published'
  if (text === '' || isHeld) return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(snippet.publishedAt ?? null, now)
  const video = snippet.videoId ?? known.videoId
  const handle = snippet.authorDisplayName?.startsWith('@') === true ? snippet.authorDisplayName.slice(1) : null
  return {
    post: barePost({
      id: commentName(id),
      platform: 'youtube',
      source: known.source,
      media: 'video',
      kind: snippet.parentId == null ? 'comment' : 'reply',
      url: video === null ? null : `https://www.youtube.com/watch?v=${video}&lc=${id}`,
      text,
      postedAt,
      author: authorOf(snippet.authorChannelId?.value ?? null, snippet.authorDisplayName ?? null, handle),
      likes: snippet.likeCount ?? null,
      comments: known.answers,
      parent: snippet.parentId != null ? commentName(snippet.parentId) : video === null ? null : videoName(video),
      root: video === null ? null : videoName(video),
      links,
      has: links.length > 0 ? ['link'] : [],
    }),
    problems,
  }
}

function authorOf(id: string | null, name: string | null, handle: string | null = null): Author | null {
  return id === null ? null : { id, name, handle, bio: null, followers: null, verified: null }
}
