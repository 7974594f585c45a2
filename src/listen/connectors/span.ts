import type { Cursor } from './connector.ts'

/**
 * A stretch of time that is read from its end to its beginning, on a platform that finds by date. In unix seconds:
 * `from` is where it begins, `before` where the next page ends (0: now), `top` the newest moment met in it.
 */
export type Span = { from: number; before: number; top: number }

const clockS = 3600

/** The stretch a cursor stands in; a new source begins `firstDays` before now. */
export function readSpan(cursor: Cursor, now: Date, firstDays: number): Span {
  const nowS = Math.floor(now.getTime() / 1000)
  // A moment after now would hide everything until then, and one far after it was kept while a clock was ahead.
  const [from, before, top] = [cursor['from'], cursor['before'], cursor['top']].map((value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= nowS + clockS
      ? Math.min(value, nowS)
      : 0,
  )
  return { from: from || nowS - firstDays * 86_400, before: before ?? 0, top: top ?? 0 }
}

/**
 * The stretch after a page whose items are of these moments. After its last page the next stretch begins
 * `overlapS` before the newest item, for platforms find some items late.
 */
export function stepThrough(
  span: Span,
  page: { moments: number[]; isLast: boolean },
  options: { now: Date; overlapS: number },
): { next: Span; more: boolean } {
  const nowS = Math.floor(options.now.getTime() / 1000)
  const moments = page.moments.filter((one) => Number.isSafeInteger(one) && one > 0 && one <= nowS)
  const lowest = moments.reduce((a, b) => Math.min(a, b), Infinity)
  const top = moments.reduce((a, b) => Math.max(a, b), span.top)
  // A site that does not know “before” shows the same page again and again.
  const isStuck = span.before > 0 && moments.some((one) => one > span.before)
  if (page.isLast || lowest === Infinity || lowest <= span.from || isStuck)
    return { next: { from: Math.max(span.from, top - options.overlapS), before: 0, top: 0 }, more: false }
  // A page full of one second would be asked for again and again.
  return { next: { from: span.from, before: lowest === span.before ? lowest - 1 : lowest, top }, more: true }
}
