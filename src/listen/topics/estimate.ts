/** A number with the ends of its 95 % interval; the same three when it was counted. */
export type Estimate = { estimate: number; low: number; high: number }

const z = 1.96

/** `part` of `whole` with Wilson's 95 % score interval. Null when the whole is nothing. */
export function share(part: number, whole: number): Estimate | null {
  if (whole === 0) return null
  const p = part / whole
  const spread = z * Math.sqrt((p * (1 - p)) / whole + (z * z) / (4 * whole * whole))
  const scale = 1 + (z * z) / whole
  const middle = p + (z * z) / (2 * whole)
  return {
    estimate: p,
    // At the ends the formula gives exactly 0 and 1 but for rounding.
    low: part === 0 ? 0 : (middle - spread) / scale,
    high: part === whole ? 1 : (middle + spread) / scale,
  }
}

/**
 * found ÷ days × 30, between the ends of the 95 % Poisson interval (Byar's approximation), widened by how much more the
 * days differ from each other than chance alone would have it: people write in bursts.
 */
export function expectPerMonth(found: number, days: number, burstiness = 1): Estimate {
  const perMonth = 30 / days
  const events = found / burstiness
  const end = (count: number, sign: 1 | -1) =>
    count * (1 - 1 / (9 * count) + (sign * z) / (3 * Math.sqrt(count))) ** 3 * burstiness
  return {
    low: found === 0 ? 0 : Math.max(0, end(events, -1)) * perMonth,
    high: end(events + 1, 1) * perMonth,
    estimate: found * perMonth,
  }
}

/** Variance ÷ mean of the posts a day, at least 1; `days` counts those without a post too. 1 when a week is not known. */
export function burstinessOf(byDay: number[], days: number): number {
  const count = Math.max(byDay.length, Math.round(days))
  if (count < 7) return 1
  const mean = byDay.reduce((sum, posts) => sum + posts, 0) / count
  if (mean === 0) return 1
  const squares = byDay.reduce((sum, posts) => sum + (posts - mean) ** 2, 0) + (count - byDay.length) * mean ** 2
  return Math.max(1, squares / (count - 1) / mean)
}
