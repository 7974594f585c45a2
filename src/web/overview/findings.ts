/** What a chart says when there is something to say. Each answers null when there is not. */

export type Peak = { index: number; count: number; times: number }

const fewestBuckets = 5
const fewestMentions = 10

/** The bucket that rises to twice the median of the others or more. */
export function findPeak(counts: readonly number[]): Peak | null {
  if (counts.length < fewestBuckets) return null
  const count = Math.max(...counts)
  const index = counts.indexOf(count)
  const usual = median(counts.filter((_, at) => at !== index))
  if (count < fewestMentions || usual === 0 || count < usual * 2) return null
  return { index, count, times: count / usual }
}

/** The first of a group when it is clearly ahead of the second: by five points of a hundred. */
export function findLeader<T extends { share: number | null }>(rows: readonly T[]): (T & { share: number }) | null {
  const [first, second] = rows.toSorted((one, other) => (other.share ?? 0) - (one.share ?? 0))
  if (first === undefined || first.share === null || first.share - (second?.share ?? 0) < 0.05) return null
  return { ...first, share: first.share }
}

/** The first of a ranking when it alone brings a quarter of everything. */
export function findHeavy<T extends { count: number }>(
  rows: readonly T[],
  total: number,
): (T & { share: number }) | null {
  const first = rows[0]
  if (first === undefined || total < fewestMentions || first.count / total < 0.25) return null
  return { ...first, share: first.count / total }
}

/** How many mentions each bucket has when every mention stands in exactly one series. */
export function sumByBucket(series: readonly { counts: readonly number[] }[], buckets: number): number[] {
  return Array.from({ length: buckets }, (_, index) =>
    series.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0),
  )
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}
