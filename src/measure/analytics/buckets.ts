import { firstMomentOf, localDay, startOfHour } from './time-zone.ts'
import type { Period } from './measure.ts'

export type Bucket = 'hour' | 'day' | 'week' | 'month'

const dayMs = 86_400_000

/** The width that leaves a chart between two dozen and a hundred columns. */
export function chooseBucket(period: Period): Bucket {
  const days = (period.to.getTime() - period.from.getTime()) / dayMs
  if (days <= 3) return 'hour'
  if (days <= 92) return 'day'
  if (days <= 731) return 'week'
  return 'month'
}

/**
 * The starts of all buckets that touch the period, in the project's time zone: a day begins at its local midnight and
 * lasts 23 or 25 hours when the clocks change, a week begins on Monday. The first may begin before the period does.
 */
export function bucketStarts(period: Period, bucket: Bucket, timeZone: string): Date[] {
  const starts = [startOf(period.from, bucket, timeZone)]
  for (;;) {
    const next = startOfNext(starts[starts.length - 1] as Date, bucket, timeZone)
    if (next >= period.to) return starts
    starts.push(next)
  }
}

export function startOf(at: Date, bucket: Bucket, timeZone: string): Date {
  if (bucket === 'hour') return startOfHour(at, timeZone)
  const day = localDay(at, timeZone)
  if (bucket === 'day') return firstMomentOf(day, timeZone)
  if (bucket === 'month') return firstMomentOf({ ...day, day: 1 }, timeZone)
  const sinceMonday = (new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay() + 6) % 7
  return firstMomentOf({ ...day, day: day.day - sinceMonday }, timeZone)
}

function startOfNext(start: Date, bucket: Bucket, timeZone: string): Date {
  if (bucket === 'hour') {
    const aligned = startOfHour(new Date(start.getTime() + 3_600_000), timeZone)
    // Where clocks move by half an hour, the hour after the change would begin inside this one.
    return aligned.getTime() - start.getTime() < 3_600_000 ? new Date(start.getTime() + 3_600_000) : aligned
  }
  const day = localDay(start, timeZone)
  if (bucket === 'day') return firstMomentOf({ ...day, day: day.day + 1 }, timeZone)
  if (bucket === 'week') return firstMomentOf({ ...day, day: day.day + 7 }, timeZone)
  return firstMomentOf({ ...day, month: day.month + 1, day: 1 }, timeZone)
}
