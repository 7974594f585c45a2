import type { Trouble } from './answers.ts'
import type { Cursor, ItemProblem } from './connector.ts'
import { dueComments, printFollowed, readFollowed, type Listed } from './due-comments.ts'
import type { Fresh } from './fresh.ts'

/** A page of what stands below a post: `read` keeps what is new in it, `next` is where it goes on, null at the end. */
export type BelowPage = { read: (seen: string) => Fresh; removed: string[]; next: string | null; requests: number }

/** How the comments of a platform are read. Closed: those of this post cannot be read, and the next post is another matter. */
export type ReadBelow = (
  post: number,
  from: string,
) => Promise<BelowPage | { closed: ItemProblem } | { trouble: Trouble }>

export type Below = {
  fresh: Fresh
  removed: string[]
  requests: number
  /** What the cursor keeps of it. */
  kept: { followed: string; reading: string }
  /** False: more is due than one reading takes. */
  isDone: boolean
}

const mostPages = 8

/** Reads what is said below the posts that are due, a few pages at once, and goes on where it stopped the next time. */
export async function readBelow(
  posts: Listed[],
  { cursor, before, now }: { cursor: Cursor; before: Fresh; now: Date },
  { readPage, signal }: { readPage: ReadBelow; signal: AbortSignal },
): Promise<Below | { trouble: Trouble }> {
  const followed = readFollowed(cursor['followed'])
  const nowS = Math.floor(now.getTime() / 1000)
  const [, half, place = ''] = /^(\d+):(.*)$/.exec(String(cursor['reading'] ?? '')) ?? []
  const below = { fresh: before, removed: [] as string[], requests: 0 }
  const end = (reading: string): Below => ({
    ...below,
    kept: { followed: printFollowed(followed), reading },
    isDone: reading === '',
  })
  let pages = 0
  for (const post of dueComments(posts, followed, nowS)) {
    const known = followed.get(post.id)
    let from: string | null = Number(half) === post.id ? place : ''
    let brought = 0
    while (from !== null) {
      if (pages >= mostPages || signal.aborted) return end(`${post.id}:${from}`)
      pages += 1
      const page: Awaited<ReturnType<ReadBelow>> = await readPage(post.id, from)
      if ('trouble' in page) return page
      if ('closed' in page) {
        below.fresh = { ...below.fresh, problems: [...below.fresh.problems, page.closed] }
        break
      }
      const fresh = page.read(below.fresh.seen)
      below.fresh = joinFresh(below.fresh, fresh)
      below.removed.push(...page.removed)
      below.requests += page.requests
      brought += fresh.items.length
      // Newest first: as many as were added have come, so the rest is known.
      const isEnough = known !== undefined && post.comments > known.count && brought >= post.comments - known.count
      from = isEnough ? null : page.next
    }
    followed.set(post.id, { count: post.comments, readAtS: nowS })
  }
  return end('')
}

/** Two readings as one; the later one knew what the earlier had seen. */
function joinFresh(one: Fresh, later: Fresh): Fresh {
  const [newestAt = null] = [one.newestAt, later.newestAt]
    .filter((at) => at !== null)
    .toSorted((a, b) => Number(b) - Number(a))
  return {
    items: [...one.items, ...later.items],
    edited: [...one.edited, ...later.edited],
    problems: [...one.problems, ...later.problems],
    seen: later.seen,
    newestAt,
  }
}
