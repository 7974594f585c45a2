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
 * What is usual: the mean of the same hour of the week over up to eight weeks before, drawn by the weight of one week
 * towards what the hour of the day and the day of the week say apart (the mean of the one times the mean of the other,
 * by the mean of all). For the last 1, 3, 6 … 168 hours the count x is compared with the sum μ of what is usual. The spread of such windows in the
 * past, each beside what the other weeks would have foretold, gives the dispersion α = Σ((x−μ)²−μ) / Σμ², and 0 when that
 * is negative. The chance of x or fewer is the lower tail of the negative binomial with mean μ and variance μ + αμ²
 * (Poisson where α = 0), times the number of windows that were tried (Bonferroni). Counts beside the same hours of
 * earlier weeks under a negative binomial are how outbreaks are told: Farrington et al., J. R. Statist. Soc. A 159 (1996);
 * Noufaily et al., Statistics in Medicine 32 (2013).
 *
 * Null when chance explains it more often than once in 10,000, or when fewer than two weeks are known.
 */
export function findSilence(known: ReadonlyMap<number, number>, { from, until }: Span): Silence | null {
  const first = Math.max(from, until - longestWeeks * weekHours)
  if (until - first < fewestWeeks * weekHours) return null
  const counts = Float64Array.from({ length: until - first }, (_, index) => known.get(first + index) ?? 0)
  const found = lengths.flatMap((hours) => {
    const past = counts.subarray(0, counts.length - hours)
    const usual = usualOf(past, first)
    const posts = sum(counts, past.length, counts.length)
    let expected = 0
    for (let index = past.length; index < counts.length; index += 1) expected += usual(index)
    const alpha = dispersion(past, usual, hours)
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

/** Numbers of hours since 1970; `until` is not among them. */
export type Span = { from: number; until: number }

/**
 * What an hour usually brings, by its place after the first one. Of an hour that lies in the past its own count is left
 * out, as it would be if it were still to come.
 */
export function usualOf(past: Float64Array, first: number): (index: number) => number {
  const [slots, days, hours] = [tally(weekHours), tally(7), tally(24)]
  for (let index = 0; index < past.length; index += 1) {
    const hour = first + index
    const posts = past[index]!
    slots.add(hour % weekHours, posts)
    days.add(Math.floor(hour / 24) % 7, posts)
    hours.add(hour % 24, posts)
  }
  const all = sum(past, 0, past.length)
  return (index) => {
    const hour = first + index
    const [own, one] = index < past.length ? [past[index]!, 1] : [0, 0]
    const mean = (all - own) / (past.length - one)
    const day = days.mean(Math.floor(hour / 24) % 7, own, one)
    const apart = mean === 0 ? 0 : (hours.mean(hour % 24, own, one) * day) / mean
    const slot = hour % weekHours
    return (slots.sums[slot]! - own + apart) / (slots.counts[slot]! - one + 1)
  }
}

function tally(size: number) {
  const sums = new Float64Array(size)
  const counts = new Float64Array(size)
  return {
    sums,
    counts,
    add(place: number, posts: number) {
      sums[place]! += posts
      counts[place]! += 1
    },
    mean: (place: number, own: number, one: number) => (sums[place]! - own) / Math.max(1, counts[place]! - one),
  }
}

/** α of windows of this length; null when there are too few of them to tell. */
export function dispersion(past: Float64Array, usual: (index: number) => number, hours: number): number | null {
  const windows = Math.floor(past.length / hours)
  if (windows < fewestWindows) return null
  let squares = 0
  let excess = 0
  for (let window = 1; window <= windows; window += 1) {
    const end = past.length - (window - 1) * hours
    let expected = 0
    for (let index = end - hours; index < end; index += 1) expected += usual(index)
    const posts = sum(past, end - hours, end)
    squares += expected ** 2
    excess += (posts - expected) ** 2 - expected
  }
  return squares === 0 ? 0 : Math.max(0, excess / squares)
}

function sum(values: Float64Array, from: number, until: number): number {
  let total = 0
  for (let index = from; index < until; index += 1) total += values[index]!
  return total
}
