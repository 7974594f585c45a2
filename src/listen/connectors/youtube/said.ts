import { z } from 'zod'
import type { Mapped } from '../fresh.ts'
import { Comment, commentToPost, Thread, Video, videoToPost } from './post.ts'

/** A video or a comment of a page, with what only the page tells of it. */
export const Said = z.union([
  z.object({ what: z.literal('video'), video: Video }),
  z.object({
    what: z.literal('comment'),
    comment: Comment,
    videoId: z.string().nullable(),
    source: z.string().nullable(),
    answers: z.int().nullable(),
  }),
])
export type Said = z.infer<typeof Said>

export function saidToPost(said: Said, now: Date): Mapped {
  return said.what === 'video' ? videoToPost(said.video, now) : commentToPost(said.comment, said, now)
}

export function asVideo(video: unknown): unknown {
  return { what: 'video', video }
}

/** Every comment of a thread by itself. What is no thread stays as it is, so that it is told as a problem. */
export function spread(item: unknown, source: string | null): unknown[] {
  const thread = Thread.safeParse(item).data
  if (!thread) return [item]
  const known = { videoId: thread.snippet.videoId ?? null, source }
  return [
    {
      what: 'comment',
      comment: thread.snippet.topLevelComment,
      ...known,
      answers: thread.snippet.totalReplyCount ?? null,
    },
    ...(thread.replies?.comments ?? []).map((comment) => ({ what: 'comment', comment, ...known, answers: null })),
  ]
}
