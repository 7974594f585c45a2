import { z } from 'zod'
import type { SourceIo } from '../connector.ts'
import type { Trouble } from '../answers.ts'
import { authorFields, people, readAuthors, type Authors } from './authors.ts'
import { callForSource } from './call.ts'

const pageSize = 100
const mostPages = 10
const withEach = 10

const Page = z.object({ items: z.array(z.unknown()), ...people })
const Thread = z.object({
  id: z.int(),
  thread: z
    .object({ count: z.int(), items: z.array(z.unknown()).nullish() })
    .nullish()
    .catch(null),
})

/** What stands below a post, as it came; `next` is where to go on, null at the end. */
export type CommentPage = { items: unknown[]; authors: Authors; next: number | null; requests: number }

/** One page of the comments of a post, newest first, with everything that hangs below each. */
export async function readComments(
  { owner, post, from }: { owner: number; post: number; from: number },
  token: string,
  io: SourceIo,
): Promise<CommentPage | { trouble: Trouble }> {
  const asked = await callForSource(
    'wall.getComments',
    {
      ...commonly(owner, post),
      sort: 'desc',
      offset: from,
      thread_items_count: withEach,
    },
    token,
    Page,
    io,
  )
  if ('trouble' in asked) return asked
  const page: CommentPage = {
    items: [],
    authors: readAuthors(asked.value),
    next: asked.value.items.length < pageSize || from / pageSize + 1 >= mostPages ? null : from + pageSize,
    requests: asked.requests,
  }
  for (const item of asked.value.items) {
    page.items.push(item)
    const { data } = Thread.safeParse(item)
    const shown = data?.thread?.items ?? []
    page.items.push(...shown)
    if (data?.thread && data.thread.count > shown.length) {
      const rest = await readThread({ owner, post, comment: data.id }, page, token, io)
      if (rest !== null) return rest
    }
  }
  return page
}

/** Adds a whole thread to the page: in which order the few stand that VK shows with a comment it does not say. */
async function readThread(
  { owner, post, comment }: { owner: number; post: number; comment: number },
  page: CommentPage,
  token: string,
  io: SourceIo,
): Promise<{ trouble: Trouble } | null> {
  for (let offset = 0; offset < mostPages * pageSize; offset += pageSize) {
    const parameters = { ...commonly(owner, post), comment_id: comment, sort: 'asc', offset }
    const asked = await callForSource('wall.getComments', parameters, token, Page, io)
    if ('trouble' in asked) return asked
    page.requests += asked.requests
    page.items.push(...asked.value.items)
    for (const [id, author] of readAuthors(asked.value)) page.authors.set(id, author)
    if (asked.value.items.length < pageSize) return null
  }
  return null
}

function commonly(owner: number, post: number) {
  return { owner_id: owner, post_id: post, need_likes: 1, count: pageSize, extended: 1, fields: authorFields }
}
