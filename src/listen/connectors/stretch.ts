import type { Cursor } from './connector.ts'

/**
 * A list that is read from its newest item back to a moment, by time; moments in unix seconds. `from` is where the
 * reading under way ends, `before` the moment from which its next page goes down (0: now), `page` which page of those
 * of that one second it is, `top` the newest moment met, and `sweptAt` when the last long look back began.
 */
export type Stretch = { from: number; before: number; page: number; top: number; sweptAt: number }

/** How long a new source looks back, and later ones: a little always, and far once in a while, for what shows up late. */
export type LookBack = { firstS: number; alwaysS: number; sweepS: number; sweepEveryS: number }

const mostPagesOfOneSecond = 100
// Clocks are set right by seconds all the time.
const clockS = 3600

/** Where the reading of a list stands; between two readings, where the next one begins. */
export function readStretch(cursor: Cursor, name: string, now: Date, back: LookBack): Stretch {
  const nowS = Math.floor(now.getTime() / 1000)
  const kept = String(cursor[name] ?? '').split(' ')
  // A place that was kept while the clock was ahead would hide what was said before it.
  const isFuture = [kept[0], kept[4]].some((at) => Number(at) > nowS + clockS)
  const numbers = kept.map(Number).map((one) => Math.min(one, nowS))
  const [from, before, page, top, sweptAt] = numbers
  const isKept = !isFuture && numbers.length === 5 && numbers.every((one) => Number.isSafeInteger(one) && one >= 0)
  if (!isKept || !from || !page) return { from: nowS - back.firstS, before: 0, page: 1, top: 0, sweptAt: nowS }
  const stretch = { from, before: before ?? 0, page, top: top ?? 0, sweptAt: sweptAt ?? 0 }
  if (isUnderWay(stretch) || nowS - stretch.sweptAt < back.sweepEveryS) return stretch
  return { ...stretch, from: Math.min(from, nowS - back.sweepS), sweptAt: nowS }
}

export function printStretch({ from, before, page, top, sweptAt }: Stretch): string {
  return [from, before, page, top, sweptAt].join(' ')
}

export function isUnderWay({ before }: Stretch): boolean {
  return before > 0
}

/**
 * The stretch after a page with these moments. The second that a page ends in is asked for again, because more may have
 * happened in it than a page holds; a page that lies in it altogether is followed by the next of the same second.
 */
export function stepDown(stretch: Stretch, page: { moments: number[]; isLast: boolean }, back: LookBack): Stretch {
  const moments = page.moments.filter((one) => Number.isSafeInteger(one) && one > 0)
  const lowest = moments.reduce((a, b) => Math.min(a, b), Infinity)
  const top = moments.reduce((a, b) => Math.max(a, b), stretch.top)
  // A site that does not know “before” shows the same page again and again.
  const isStuck = stretch.before > 0 && moments.some((one) => one > stretch.before)
  if (page.isLast || lowest === Infinity || lowest < stretch.from || isStuck || stretch.page >= mostPagesOfOneSecond)
    return { ...stretch, from: Math.max(stretch.from, top - back.alwaysS), before: 0, page: 1, top: 0 }
  if (lowest === stretch.before) return { ...stretch, page: stretch.page + 1, top }
  return { ...stretch, before: lowest, page: 1, top }
}
