import type { z } from 'zod'
import type { Post } from '../posts/post.ts'
import type { Cursor, Fetched, Health, ItemProblem } from './connector.ts'
import { isPlausible, parseMoment } from './dates.ts'
import { problem, tell, type Problem } from './problems.ts'
import { marksOf, readSeen, writeSeen } from './seen.ts'

/** An item of a page as a post; null when it has nothing to say, which is a problem only where one is told. */
export type Mapped = { post: Post | null; problems: Problem[] }

export type Fresh = { items: Post[]; edited: string[]; problems: ItemProblem[]; seen: string; newestAt: Date | null }

/**
 * Reads every item of a page by itself and keeps what is new or says something else than before. Counts do not make
 * an item new: they change all the time, and the rhythm of a source goes by what it brings.
 */
export function freshOf<Raw>(
  items: readonly unknown[],
  shape: z.ZodType<Raw>,
  map: (raw: Raw) => Mapped,
  kept: unknown,
): Fresh {
  const before = readSeen(kept)
  const seen = new Map<string, string>()
  const fresh = new Map<string, Post>()
  const edited: string[] = []
  const problems: ItemProblem[] = []
  let newestAt: number | null = null
  for (const item of items) {
    const raw = shape.safeParse(item)
    const mapped = raw.success ? map(raw.data) : { post: null, problems: [unreadable(raw.error)] }
    const name = mapped.post?.id ?? String(JSON.stringify(item)).slice(0, 80).toWellFormed()
    const { entry, content } = marksOf(
      name,
      JSON.stringify([mapped.post?.title, mapped.post?.text, mapped.post?.url, mapped.problems]),
    )
    const postedAt = mapped.post?.postedAt?.getTime() ?? null
    if (postedAt !== null && postedAt > (newestAt ?? 0)) newestAt = postedAt
    // Pages repeat items when something is posted while we read.
    if (seen.has(entry)) continue
    seen.set(entry, content)
    if (before.get(entry) === content) continue
    if (mapped.post !== null) fresh.set(name, mapped.post)
    if (mapped.post !== null && before.has(entry)) edited.push(name)
    for (const one of mapped.problems) problems.push({ item: name, reason: tell(one, 'en'), problem: one })
  }
  return {
    items: [...fresh.values()],
    edited,
    problems,
    seen: writeSeen(seen, before),
    newestAt: newestAt === null ? null : new Date(newestAt),
  }
}

/** What a reading brought, as the collector wants it. */
export function toldOf(
  { items, edited, problems, seen, newestAt }: Fresh,
  read: { cursor: Cursor; more: boolean; health: Omit<Health, 'newestAt'> },
): Fetched {
  const health = { ...read.health, newestAt }
  const next = { ...read.cursor, seen }
  if (items.length === 0 && problems.length === 0 && !read.more) return { kind: 'unchanged', next, health }
  return { kind: 'page', items, next, more: read.more, problems, health, edited }
}

/** The moment a platform names, in unix seconds or as ISO 8601; one that cannot be true is a problem, not a moment. */
export function momentOf(value: string | number | null, now: Date): { postedAt: Date | null; problems: Problem[] } {
  if (value === null) return { postedAt: null, problems: [] }
  const moment = parseMoment(value, { timeZone: 'UTC' })
  if (moment !== null && isPlausible(moment, now)) return { postedAt: moment, problems: [] }
  return { postedAt: null, problems: [problem('entry.date', { value })] }
}

function unreadable(error: z.ZodError): Problem {
  return problem('entry.unreadable', { field: error.issues[0]?.path.join('.') || '—' })
}
