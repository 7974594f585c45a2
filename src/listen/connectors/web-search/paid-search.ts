import { unanswered, type Answered, type Trouble } from '../answers.ts'
import type { Fetched, SourceIo, SourceToRead } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { tell } from '../problems.ts'
import { Result, resultToPost } from './result.ts'

/** A search of the web of which each request is paid for. */
export type PaidSearch = {
  name: string
  requestMicros: number
  pageSize: number
  /** Pages are counted from 0; the search has no more of them. */
  lastPage: number
  /** What the cursor calls the page that is read next. */
  place: string
  ask: (page: number) => { url: string; request: Parameters<SourceIo['request']>[1] }
  troubleIn: (answer: Answered, now: Date) => Trouble | null
  resultsIn: (answer: Answered) => unknown[] | Trouble
}

const pollMs = 3_600_000

/**
 * Reads the first page once an hour, and further ones as long as everything on a page is new, each request from the project's
 * budget. One that is refused is not billed; one that brought something is, whatever it was.
 */
export async function readPaidSearch(
  { name, requestMicros, pageSize, lastPage, place, ask, troubleIn, resultsIn }: PaidSearch,
  source: SourceToRead<{ url: string }>,
  io: SourceIo,
): Promise<Fetched> {
  const { url: words } = source.config
  const cursor = source.cursor?.['url'] === words ? source.cursor : {}
  const kept = cursor[place]
  const page = typeof kept === 'number' && Number.isSafeInteger(kept) && kept > 0 && kept <= lastPage ? kept : 0
  const paid = await io.pay(requestMicros)
  if (paid.kind === 'refused')
    return { kind: 'rate-limited', retryAt: paid.until, hint: tell(paid.problem, 'en'), problem: paid.problem }
  const { url, request } = ask(page)
  const answer = await io.request(url, { ...request, signal: io.signal })
  if (answer.kind === 'ok' && answer.status >= 400) await paid.settle([])
  else await paid.settle([{ micros: requestMicros, once: null }])
  if (answer.kind !== 'ok') return unanswered(answer)
  const trouble = troubleIn(answer, io.now())
  if (trouble !== null) return trouble
  const results = resultsIn(answer)
  if (!Array.isArray(results)) return results
  const fresh = freshOf(results, Result, (result) => resultToPost(result, io.now()), cursor['seen'])
  const goesOn =
    page < lastPage &&
    results.length >= pageSize &&
    fresh.items.length === results.length &&
    cursor['seen'] !== undefined
  const next = { url: words, [place]: goesOn ? page + 1 : 0 }
  const health = { title: `${name}: ${words}`, requests: answer.requests, pollAfterMs: pollMs }
  return toldOf(fresh, { cursor: next, more: goesOn, health })
}
