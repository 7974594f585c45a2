import { lowerTail } from './lower-tail.ts'

/** Fewer posts than the usual rhythm explains: `posts` in the last `hours` where `expected` are usual, once in `once` by chance. */
export type Silence = { hours: number; posts: number; expected: number; once: number }

const weekHours = 168
const longestWeeks = 8
const fewestWeeks = 2
const lengths = [1, 3, 6, 12, 24, 48, 72, 168]
const fewestWindows = 8
// Each source is looked at some 168 times a week: a thousand sources should cry without reason less than once a day.
const onceInAtLeast = 10_000

/**
 * Whether a source has become silent, by its hours up to `until` (numbers of hours since 1970, the last of them whole).
 *
 * What is usual: the mean of the same hour of the week over up to eight weeks before, drawn towards the mean of the same
 * hour of the day by the weight of one week, and that towards the mean of all hours by the weight of one day. For the
 * last 1, 3, 6 … 168 hours the count x is compared with the sum μ of what is usual. The spread of such windows in the
 * past, each beside what the other weeks would have foretold, gives the dispersion α = Σ((x−μ)²−μ) / Σμ², and 0 when that
 * is negative. The chance of x or fewer is the lower tail of the negative binomial with mean μ and variance μ + αμ²
 * (Poisson where α = 0), times the number of windows that were tried (Bonferroni). Counts beside the same hours of
 * earlier weeks under a negative binomial are how outbreaks are told: Farrington et al., J. R. Statist. Soc. A 159 (1996);
 * Noufaily et al., Statistics in Medicine 32 (2013).
 *
 * Null when chance explains it more often than once in 10,000, or when fewer than two weeks are known.
 */
export function findSilence(
  counts: ReadonlyMap<number, number>,
  known: { from: number; until: number },
): Silence | null {
  const from = Math.max(known.from, known.until - longestWeeks * weekHours)
  if (known.until - from < fewestWeeks * weekHours) return null
  const count = (hour: number) => counts.get(hour) ?? 0
  const found = lengths.flatMap((hours) => {
    const start = known.until - hours
    const past = pastOf(count, from, start)
    const expected = sum(start, known.until, (hour) => past.usual(hour))
    const posts = sum(start, known.until, count)
    const alpha = dispersion(past, count, { from, until: start, hours })
    if (alpha === null || posts >= expected) return []
    return [{ hours, posts, expected, chance: lowerTail(posts, expected, alpha) }]
  })
  const least = found.reduce<(typeof found)[number] | null>((a, b) => (a === null || b.chance < a.chance ? b : a), null)
  if (least === null) return null
  const { hours, posts, expected, chance } = least
  const once = 1 / Math.max(Number.MIN_VALUE, Math.min(1, chance * lengths.length))
  if (once < onceInAtLeast) return null
  // Nobody reads the difference between a billion and more.
  return { hours, posts, expected: Math.round(expected * 10) / 10, once: Math.round(Math.min(once, 1e9)) }
}

type Past = {
  /** What an hour usually brings; `without` leaves out the week that this hour lies in. */
  usual(hour: number, without?: boolean): number
}

function pastOf(count: (hour: number) => number, from: number, until: number): Past {
  const slots = new Float64Array(weekHours)
  const slotWeeks = new Float64Array(weekHours)
  const daily = new Float64Array(24)
  const days = new Float64Array(24)
  let all = 0
  for (let hour = from; hour < until; hour += 1) {
    const posts = count(hour)
    slots[hour % weekHours]! += posts
    slotWeeks[hour % weekHours]! += 1
    daily[hour % 24]! += posts
    days[hour % 24]! += 1
    all += posts
  }
  const mean = all / Math.max(1, until - from)
  return {
    usual(hour, without = false) {
      const posts = without ? count(hour) : 0
      const one = without ? 1 : 0
      const day = hour % 24
      const slot = hour % weekHours
      const ofDay = (daily[day]! - posts + mean) / (days[day]! - one + 1)
      return (slots[slot]! - posts + ofDay) / (slotWeeks[slot]! - one + 1)
    },
  }
}

/** α of windows of this length; null when there are too few of them to tell. */
function dispersion(
  past: Past,
  count: (hour: number) => number,
  { from, until, hours }: { from: number; until: number; hours: number },
): number | null {
  let squares = 0
  let excess = 0
  let windows = 0
  for (let end = until; end - hours >= from; end -= hours) {
    const expected = sum(end - hours, end, (hour) => past.usual(hour, true))
    const posts = sum(end - hours, end, count)
    squares += expected ** 2
    excess += (posts - expected) ** 2 - expected
    windows += 1
  }
  if (windows < fewestWindows) return null
  return squares === 0 ? 0 : Math.max(0, excess / squares)
}

function sum(from: number, until: number, of: (hour: number) => number): number {
  let total = 0
  for (let hour = from; hour < until; hour += 1) total += of(hour)
  return total
}
