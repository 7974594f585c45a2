import type { Post } from '../posts/post.ts'

/**
 * How long posts were on their way, from posted to saved, counted in steps that grow by a fifth: step n holds times up to
 * 0.05 · 1.2ⁿ seconds, so a quantile is right within a tenth whatever its size (Masson et al., DDSketch, VLDB 2019).
 */
export type Latency = { [step: string]: number }

const shortestMs = 50
const growth = 1.2
const mostCounted = 2000

/**
 * The counts with these posts added. Only posts that appeared after the source was added count: its past was never on
 * its way. Old counts fade, so that the last two thousand posts decide.
 */
export function addLatencies(
  known: Latency | null,
  posts: readonly Pick<Post, 'postedAt'>[],
  { since, savedAt }: { since: Date; savedAt: Date },
): Latency | null {
  const fresh = posts.flatMap(({ postedAt }) =>
    postedAt === null || postedAt <= since || postedAt > savedAt ? [] : [savedAt.getTime() - postedAt.getTime()],
  )
  if (fresh.length === 0) return known
  const counts: { [step: string]: number } = { ...known }
  for (const ms of fresh) {
    const step = Math.max(0, Math.ceil(Math.log(Math.max(ms, 1) / shortestMs) / Math.log(growth)))
    counts[step] = (counts[step] ?? 0) + 1
  }
  const total = totalOf(counts)
  if (total <= mostCounted) return counts
  const kept = Object.entries(counts).map(([step, count]) => [step, (count * mostCounted) / total] as const)
  return Object.fromEntries(kept.filter(([, count]) => count >= 0.01))
}

/** The time within which this share of the posts was saved, in milliseconds; null while fewer than 20 are known. */
export function latencyQuantile(latency: Latency | null, share: number): number | null {
  const total = totalOf(latency ?? {})
  if (total < 20) return null
  let below = 0
  for (const [step, count] of Object.entries(latency ?? {}).toSorted((a, b) => Number(a[0]) - Number(b[0]))) {
    below += count
    // The middle of the step, on the scale by which it grows.
    if (below >= share * total) return Math.round(shortestMs * growth ** (Number(step) - 0.5))
  }
  return null
}

function totalOf(latency: Latency): number {
  return Object.values(latency).reduce((sum, count) => sum + count, 0)
}
