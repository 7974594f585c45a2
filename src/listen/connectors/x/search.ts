import { z } from 'zod'
import type { Trouble } from '../answers.ts'
import type { Cursor, SourceIo } from '../connector.ts'
import { tell } from '../problems.ts'
import { askX } from './ask.ts'
import { billed, fields, Includes, XPost } from './post.ts'
import { authoredPostMicros } from './price.ts'
import { isLater, isPostId, momentOfId } from './snowflake.ts'

/**
 * A walk from the newest post back to where the last walk began. `newest` is what a finished walk has reached, a walk under
 * way goes on before the post `before` and began at `top`. Empty: there is none yet.
 */
export type XWalk = { newest: string; top: string; before: string }

const Page = z.object({
  data: z.array(z.unknown()).nullish(),
  includes: Includes,
  meta: z.object({ next_token: z.string().nullish() }).nullish(),
})

export type SearchPage = {
  items: unknown[]
  includes: z.infer<typeof Includes>
  next: XWalk
  more: boolean
  requests: number
}

// Recent search reaches back seven days and refuses to look further; a minute is for the clocks.
const reachMs = 7 * 86_400_000 - 60_000
const firstSize = 10
// When the budget does not reach for a whole page, a smaller one may do.
const sizes = [100, 40, 10]

export function readXWalk(cursor: Cursor): XWalk {
  const [newest, top, before] = [cursor['newest'], cursor['top'], cursor['before']].map((id) =>
    isPostId(id) ? id : '',
  )
  return { newest: newest ?? '', top: top ?? '', before: before ?? '' }
}

/** One page of what was posted after the walk's beginning, paid for; the first walk ends with its first page, for the past costs. */
export async function searchPage(
  { query, walk, token }: { query: string; walk: XWalk; token: string },
  io: SourceIo,
): Promise<SearchPage | { trouble: Trouble }> {
  const reachable = (id: string) => id !== '' && io.now().getTime() - momentOfId(id).getTime() < reachMs
  if (walk.before !== '' && !reachable(walk.before))
    return { items: [], includes: null, next: finished(walk), more: false, requests: 0 }
  const paid = await payForPage(walk.newest === '' && walk.before === '' ? [firstSize] : sizes, io)
  if ('trouble' in paid) return paid
  const parameters = new URLSearchParams({
    query,
    max_results: String(paid.size),
    ...(reachable(walk.newest) && { since_id: walk.newest }),
    ...(walk.newest !== '' &&
      !reachable(walk.newest) && {
        start_time: new Date(io.now().getTime() - reachMs).toISOString().replace(/\.\d+/, ''),
      }),
    ...(walk.before !== '' && { until_id: walk.before }),
    ...fields,
  })
  const asked = await askX(io, `/2/tweets/search/recent?${parameters.toString()}`, token, Page)
  if ('trouble' in asked) {
    // An answer that cannot be read may have been billed; one that never came, or refuses, has not.
    if (isRefusal(asked.trouble)) await paid.settle([])
    return asked
  }
  const { data, includes, meta } = asked.value
  const items = data ?? []
  await paid.settle(billed(items, includes))
  const ids = items.flatMap((item) => XPost.safeParse(item).data?.id ?? [])
  const lowest = ids.reduce((a, b) => (a === '' || isLater(a, b) ? b : a), '')
  const top = ids.reduce((a, b) => (isLater(b, a) ? b : a), walk.top)
  const isLast = meta?.next_token == null || lowest === '' || walk.newest === ''
  const next = isLast ? finished({ ...walk, top }) : { newest: walk.newest, top, before: lowest }
  return { items, includes, next, more: !isLast, requests: asked.content.requests }
}

function finished({ newest, top }: XWalk): XWalk {
  return { newest: isLater(top, newest) ? top : newest, top: '', before: '' }
}

async function payForPage(
  candidates: number[],
  io: SourceIo,
): Promise<
  | { size: number; settle: Extract<Awaited<ReturnType<SourceIo['pay']>>, { kind: 'reserved' }>['settle'] }
  | { trouble: Trouble }
> {
  let refused: Trouble | null = null
  for (const size of candidates) {
    const paid = await io.pay(size * authoredPostMicros)
    if (paid.kind === 'reserved') return { size, settle: paid.settle }
    refused = notPaid(paid)
  }
  return { trouble: refused! }
}

/** A budget that does not reach lets the source rest. */
export function notPaid({ until, problem }: { until: Date; problem: NonNullable<Trouble['problem']> }): Trouble {
  return { kind: 'rate-limited', retryAt: until, hint: tell(problem, 'en'), problem }
}

function isRefusal(trouble: Trouble): boolean {
  return trouble.kind !== 'failed' || /^(x\.|site\.(status|not-found|unreachable))/.test(trouble.problem?.key ?? '')
}
