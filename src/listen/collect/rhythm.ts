/** How often a source is asked: often when it brings much, seldom when it is silent. */

const shortestMs = 60_000
const longestMs = 2 * 3_600_000

/** The time between two checks after a check that brought `items` new items. */
export function nextRhythm(rhythmMs: number, items: number): number {
  const factor = items >= 5 ? 0.5 : items > 0 ? 0.8 : 1.3
  return Math.round(Math.min(longestMs, Math.max(shortestMs, rhythmMs * factor)))
}

/** How long to wait after so many failures in a row: twice as long each time, up to six hours. */
export function backoffMs(failures: number): number {
  return Math.min(6 * 3_600_000, 60_000 * 2 ** Math.min(20, Math.max(0, failures - 1)))
}

/**
 * How long to wait before a stream is opened again after so many failures in a row: any moment up to a second, doubled
 * with each failure, up to five minutes (“full jitter”: Brooker, Exponential Backoff and Jitter, AWS, 2015).
 */
export function reconnectMs(failures: number, random: () => number): number {
  return Math.round(random() * Math.min(300_000, 1000 * 2 ** Math.min(20, failures)))
}

/** Up to a tenth later, so that sources added together are not asked together for ever. */
export function withJitter(ms: number, random: () => number): number {
  return Math.round(ms * (1 + random() / 10))
}

/**
 * The usual time between two items: what these items show, weighed with what was known. Undated items say nothing.
 * Null while too few items are known.
 */
export function nextUsualGap(usualGapMs: number | null, lastItemAt: Date | null, postedAt: Date[]): number | null {
  const moments = postedAt.map((at) => at.getTime()).filter((at) => lastItemAt === null || at > lastItemAt.getTime())
  const from = lastItemAt?.getTime() ?? Math.min(...moments)
  const gaps = lastItemAt === null ? moments.length - 1 : moments.length
  if (gaps < 1) return usualGapMs
  const gap = (Math.max(...moments) - from) / gaps
  return usualGapMs === null ? gap : usualGapMs * 0.7 + gap * 0.3
}
