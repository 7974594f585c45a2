import { dispersion, usualOf, type Span } from '../../listen/collect/silence.ts'
import { upperTail } from '../../listen/collect/lower-tail.ts'

/** More mentions than the usual rhythm explains: `mentions` in the last `hours` where `expected` are usual, once in `once` by chance. */
export type Spike = { hours: number; mentions: number; expected: number; once: number }

const weekHours = 168
const longestWeeks = 8
const fewestWeeks = 2
const lengths = [1, 3, 6, 24]
// A topic is looked at some 700 times a week, mostly at the same hours again.
const onceInAtLeast = 100_000
// Fewer are read one by one by whoever is on shift; and what is not twice the usual is no event, however sure it is.
const fewestMentions = 5
const leastTimes = 2

/**
 * Whether a topic is talked about more than usual, by its hours up to `until`; copies of one text count once, in the hour
 * of the first. What is usual and how much hours scatter by themselves is told as for silent sources
 * (listen/collect/silence.ts: same hour of the week over up to eight weeks, negative binomial); here the chance is that of
 * the count or more, times the number of windows that were tried.
 *
 * Null when chance explains it more often than once in 100,000, when there are fewer than five or not twice the usual
 * number, or when fewer than two weeks are known.
 */
export function findSpike(known: ReadonlyMap<number, number>, { from, until }: Span): Spike | null {
  const first = Math.max(from, until - longestWeeks * weekHours)
  if (until - first < fewestWeeks * weekHours) return null
  const counts = Float64Array.from({ length: until - first }, (_, index) => known.get(first + index) ?? 0)
  const found = lengths.flatMap((hours) => {
    const past = counts.subarray(0, counts.length - hours)
    const mentions = counts.subarray(past.length).reduce((sum, count) => sum + count, 0)
    if (mentions < fewestMentions) return []
    const usual = usualOf(past, first)
    let expected = 0
    for (let index = past.length; index < counts.length; index += 1) expected += usual(index)
    const alpha = dispersion(past, usual, hours)
    if (alpha === null || mentions < leastTimes * expected) return []
    // An hour that never had a mention is not impossible; one that had half of one in all these weeks says as much.
    const mean = Math.max(expected, 0.5 / longestWeeks)
    return [{ hours, mentions, expected, chance: upperTail(mentions, mean, alpha) * lengths.length }]
  })
  const least = found.toSorted((a, b) => a.chance - b.chance)[0]
  if (least === undefined) return null
  const once = 1 / Math.max(Number.MIN_VALUE, Math.min(1, least.chance))
  if (once < onceInAtLeast) return null
  const { hours, mentions, expected } = least
  return { hours, mentions, expected: Math.round(expected * 10) / 10, once: Math.round(Math.min(once, 1e9)) }
}
