import { z } from 'zod'
import { problem, tell } from '../problems.ts'
import type { Post } from '../../posts/post.ts'
import type { ItemProblem } from '../connector.ts'
import { Message, messageToPost, type Threads } from './message.ts'

/** What is asked of Telegram; whatever else happens in a chat is not sent to us. */
export const wanted = ['message', 'edited_message', 'channel_post', 'edited_channel_post']

export const Update = z.object({
  update_id: z.int(),
  message: z.unknown().optional(),
  edited_message: z.unknown().optional(),
  channel_post: z.unknown().optional(),
  edited_channel_post: z.unknown().optional(),
})
export type Update = z.infer<typeof Update>

export type Happened = { items: Post[]; edited: string[]; problems: ItemProblem[]; newestAt: Date | null }

/** What these updates brought, the last word on each message. One that cannot be read is told and hides no other. */
export function readUpdates(updates: Update[], threads: Threads, now: Date): Happened {
  const items = new Map<string, Post>()
  const edited = new Set<string>()
  const problems: ItemProblem[] = []
  for (const update of updates) {
    const edit = update.edited_message ?? update.edited_channel_post
    const written = update.message ?? update.channel_post ?? edit
    if (written == null) continue
    const message = Message.safeParse(written)
    const field = message.error?.issues[0]?.path.join('.') || '—'
    const mapped = message.success
      ? messageToPost(message.data, threads, now)
      : { post: null, problems: [problem('entry.unreadable', { field })] }
    const item = mapped.post?.id ?? `update ${update.update_id}`
    for (const one of mapped.problems) problems.push({ item, reason: tell(one, 'en'), problem: one })
    if (mapped.post === null) continue
    items.set(mapped.post.id, mapped.post)
    if (edit != null) edited.add(mapped.post.id)
  }
  const moments = [...items.values()].map(({ postedAt }) => postedAt?.getTime() ?? 0).filter((at) => at > 0)
  const newest = moments.reduce((a, b) => Math.max(a, b), 0)
  return { items: [...items.values()], edited: [...edited], problems, newestAt: newest === 0 ? null : new Date(newest) }
}

const mostThreads = 200

/** The threads a cursor remembers, the newest last. */
export function keptThreads(kept: unknown): Threads & { print(): string } {
  const threads = new Map<string, string>()
  if (typeof kept === 'string')
    for (const line of kept.split('\n')) {
      const [thread, post] = line.split(' ')
      if (thread && post) threads.set(thread, post)
    }
  return {
    get: (thread) => threads.get(thread),
    set(thread, post) {
      threads.delete(thread)
      threads.set(thread, post)
    },
    print: () =>
      [...threads]
        .slice(-mostThreads)
        .map((pair) => pair.join(' '))
        .join('\n'),
  }
}
