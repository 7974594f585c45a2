import type { Trouble } from './answers.ts'
import type { Cursor, Fetched } from './connector.ts'
import { toldOf, type Fresh } from './fresh.ts'
import { problem, tell, type ProblemKey } from './problems.ts'
import { forgetSeen } from './seen.ts'
import { isUnderWay, printStretch, readStretch, stepDown, type LookBack, type Stretch } from './stretch.ts'

/** A list of a site, newest first by one of its times, of which a page may be asked for by time. */
export type List = {
  name: string
  /** The page of a stretch; both seconds that it names belong to it. */
  ask: (stretch: Stretch) => Promise<{ items: unknown[] } | { trouble: Trouble }>
  /** The moment by which the list is ordered, in unix seconds; NaN where an item has none. */
  at: (item: unknown) => number
  read: (items: unknown[], seen: unknown) => Fresh
  /** Ids of items that were changed after they were published, also those whose earlier words are long forgotten here. */
  changed?: (items: unknown[]) => string[]
  /** Ids of items that stand in the list and are no longer shown to people. */
  removed?: (items: unknown[]) => string[]
  /** What is said once where a site keeps this list to itself; the others are read all the same. */
  without?: ProblemKey
}

export type Reading = {
  /** What the cursor keeps beside where the lists stand. */
  kept: Cursor
  title: string
  /** What was asked before. */
  requests: number
  pageSize: number
  back: LookBack
  now: Date
  /** Ids of what left since; shown again, it is new. */
  left: string[]
}

/** The next page of every list that is not read to its end, as one page. A list that is waits for the others. */
export async function readLists(lists: List[], cursor: Cursor, reading: Reading): Promise<Fetched> {
  const { title, pageSize, back, now } = reading
  const next: Cursor = { ...reading.kept }
  const seen = forgetSeen(String(cursor['seen'] ?? ''), reading.left)
  const all: Fresh = { items: [], edited: [], problems: [], seen, newestAt: null }
  const removed: string[] = []
  const stretches = new Map(lists.map(({ name }) => [name, readStretch(cursor, name, now, back)]))
  const isGoingOn = [...stretches.values()].some(isUnderWay)
  let requests = reading.requests
  let more = false
  for (const list of lists) {
    const stretch = stretches.get(list.name)!
    next[list.name] = printStretch(stretch)
    const hidden = `${list.name}Hidden`
    if (cursor[hidden] === true) next[hidden] = true
    if (isGoingOn && !isUnderWay(stretch)) continue
    const asked = await list.ask(stretch)
    requests += 1
    if ('trouble' in asked) {
      if (list.without === undefined || !isHidden(asked.trouble)) return asked.trouble
      const what = problem(list.without)
      if (next[hidden] !== true) all.problems.push({ item: title, reason: tell(what, 'en'), problem: what })
      next[hidden] = true
      continue
    }
    delete next[hidden]
    join(all, list.read(asked.items, all.seen), list.changed?.(asked.items) ?? [])
    const gone = list.removed?.(asked.items) ?? []
    if (gone.length > 0) all.seen = forgetSeen(all.seen, gone)
    removed.push(...gone)
    const isLast = asked.items.length < pageSize
    const stepped = stepDown(stretch, { moments: asked.items.map(list.at), isLast }, back)
    next[list.name] = printStretch(stepped)
    more ||= isUnderWay(stepped)
  }
  const told = toldOf(all, { cursor: next, more, health: { title, requests, pollAfterMs: null } })
  if (removed.length === 0 || (told.kind !== 'page' && told.kind !== 'unchanged')) return told
  return { items: [], problems: [], edited: [], more, ...told, kind: 'page', removed }
}

/** What stands in several lists comes once. */
function join(all: Fresh, fresh: Fresh, changed: string[]): void {
  const there = new Set(all.items.map(({ id }) => id))
  all.items.push(...fresh.items.filter(({ id }) => !there.has(id)))
  const brought = new Set(all.items.map(({ id }) => id))
  all.edited = [...new Set([...all.edited, ...fresh.edited, ...changed.filter((id) => brought.has(id))])]
  all.problems.push(...fresh.problems)
  all.seen = fresh.seen
  if (fresh.newestAt !== null && fresh.newestAt > (all.newestAt ?? 0)) all.newestAt = fresh.newestAt
}

/** A site may keep a list from programs, or know none. */
function isHidden(trouble: Trouble): boolean {
  return trouble.kind === 'signed-out' || ('problem' in trouble && trouble.problem?.key === 'site.not-found')
}
