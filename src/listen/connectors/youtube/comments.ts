import { z } from 'zod'
import type { Trouble } from '../answers.ts'
import type { Cursor, SourceIo } from '../connector.ts'
import { marksOf, readSeen, writeSeen } from '../seen.ts'
import { askYouTube } from './ask.ts'
import { nextPage } from './list.ts'
import { Thread } from './post.ts'
import { spread } from './said.ts'

const dayS = 86_400
// A thread stands where its first comment does, so a late answer is met by looking back.
const back = { firstS: 30 * dayS, alwaysS: 2 * 3600, sweepS: 14 * dayS, sweepEveryS: dayS }
const mostAnswerPages = 20

const Answers = z.object({ items: z.array(z.unknown()), nextPageToken: z.string().nullish() })

/** A page of comments under a video or all of a channel, with all answers of those threads that have got more of them. */
export async function readComments(
  under: { videoId: string } | { allThreadsRelatedToChannelId: string },
  source: string | null,
  cursor: Cursor,
  key: string,
  io: SourceIo,
): Promise<{ items: unknown[]; more: boolean; cursor: Cursor; requests: number } | { trouble: Trouble }> {
  const parameters = { part: 'snippet,replies', ...under, order: 'time', maxResults: '100', textFormat: 'plainText' }
  const momentOf = (item: unknown) => First.safeParse(item).data?.snippet.topLevelComment.snippet.publishedAt
  const page = await nextPage({ name: 'comments', list: 'commentThreads', parameters, momentOf, back }, cursor, key, io)
  if ('trouble' in page) return page
  const before = readSeen(cursor['answers'])
  const answers = new Map<string, string>()
  const items: unknown[] = []
  let requests = page.requests
  for (const item of page.items) {
    items.push(...spread(item, source))
    const thread = Thread.safeParse(item).data
    const count = thread?.snippet.totalReplyCount ?? 0
    if (!thread || count === 0) continue
    const { entry, content } = marksOf(thread.id, String(count))
    answers.set(entry, content)
    if (before.get(entry) === content || count <= (thread.replies?.comments.length ?? 0)) continue
    const rest = await readAnswers(thread, key, io)
    if ('trouble' in rest) return rest
    requests += rest.requests
    const known = { videoId: thread.snippet.videoId ?? null, source, answers: null }
    items.push(...rest.items.map((comment) => ({ what: 'comment', comment, ...known })))
  }
  return { items, more: page.more, cursor: { ...page.cursor, answers: writeSeen(answers, before) }, requests }
}

const First = z.object({
  snippet: z.object({ topLevelComment: z.object({ snippet: z.object({ publishedAt: z.string() }) }) }),
})

async function readAnswers(thread: Thread, key: string, io: SourceIo) {
  const items: unknown[] = []
  let token: string | null = null
  let requests = 0
  for (let page = 0; page < mostAnswerPages; page += 1) {
    const parameters: { [name: string]: string } = {
      part: 'snippet',
      parentId: thread.id,
      maxResults: '100',
      textFormat: 'plainText',
      ...(token === null ? {} : { pageToken: token }),
    }
    const asked: Awaited<ReturnType<typeof askYouTube<z.infer<typeof Answers>>>> = await askYouTube(
      'comments',
      parameters,
      key,
      Answers,
      io,
    )
    if ('trouble' in asked) return asked
    items.push(...asked.value.items)
    requests += asked.content.requests
    token = asked.value.nextPageToken ?? null
    if (token === null) break
  }
  return { items, requests }
}
