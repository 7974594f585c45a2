import { expect, test } from 'vitest'
import { lowerTail } from './lower-tail.ts'
import { findSilence } from './silence.ts'
import { beginDraws, poissonDraw, random } from './poisson.testing.ts'

const week = 168
const until = 3000 * week

test('the tail agrees with sums of exact chances', () => {
  const poisson = (mean: number, most: number) => {
    let term = Math.exp(-mean)
    let sum = term
    for (let k = 1; k <= most; k += 1) sum += term *= mean / k
    return sum
  }
  for (const [mean, most] of [
    [3, 0],
    [3, 2],
    [40, 25],
    [200, 150],
  ] as const)
    expect(lowerTail(most, mean, 0) / poisson(mean, most)).toBeCloseTo(1, 8)
  // The geometric law is the negative binomial of size 1: P(X ≤ k) = 1 − (m / (1 + m))^(k + 1).
  for (const [mean, most] of [
    [5, 0],
    [5, 3],
    [30, 29],
  ] as const)
    expect(lowerTail(most, mean, 1)).toBeCloseTo(1 - (mean / (1 + mean)) ** (most + 1), 8)
  expect(lowerTail(900_000, 1_000_000, 0)).toBeLessThan(1e-300)
  expect(lowerTail(3, 2, 0)).toBe(1)
})

test('a source that stops is told by how unlikely that is, and a slow one takes longer', () => {
  const silentFor = (perHour: number): number | null => {
    for (let hours = 1; hours <= 7 * 24; hours += 1)
      if (findSilence(counts(4, steady(perHour), hours), known(4))) return hours
    return null
  }
  const [fast, slow, seldom] = [silentFor(40), silentFor(2), silentFor(0.2)]
  expect(fast).toBe(1)
  expect(slow).toBeGreaterThan(3)
  expect(slow).toBeLessThan(24)
  expect(seldom).toBeGreaterThan(40)
})

test('fewer than usual is told as well, with what was expected', () => {
  const usual = counts(4, steady(50), 0)
  for (let hour = until - 12; hour < until; hour += 1) usual.set(hour, Math.round((usual.get(hour) ?? 0) / 5))
  const silence = findSilence(usual, known(4))
  expect(silence?.expected).toBeGreaterThan(4 * (silence?.posts ?? Infinity))
  expect(silence?.once).toBeGreaterThan(10_000)
})

test('nights and week-ends that are always quiet are no silence', () => {
  const office = (hour: number) => (hour % 24 >= 8 && hour % 24 < 18 && Math.floor((hour % week) / 24) < 5 ? 30 : 0)
  const all = counts(6, office, 0)
  for (let hour = until - 2 * week; hour < until; hour += 1)
    expect(findSilence(all, { from: until - 6 * week, until: hour })).toBeNull()
})

test('nothing is said before two weeks are known, nor of a source that never brought anything', () => {
  expect(findSilence(counts(1, steady(40), 24), known(1))).toBeNull()
  expect(findSilence(new Map(), known(8))).toBeNull()
})

test('sources that are as usual are hardly ever called silent, also those whose days differ', () => {
  beginDraws(7)
  let alarms = 0
  let looks = 0
  for (let source = 0; source < 40; source += 1) {
    const rate = [0.05, 0.5, 5, 50][source % 4] ?? 1
    const day = (hour: number) => rate * (1 + 0.8 * Math.sin((hour / 24) * 2 * Math.PI))
    // Half of them come in bursts: days differ by themselves.
    const isUneven = source % 8 >= 4
    const moods = new Map<number, number>()
    const all = counts(
      8,
      (hour) => {
        const today = Math.floor(hour / 24)
        if (!moods.has(today)) moods.set(today, isUneven ? 0.5 + random() : 1)
        return day(hour) * (moods.get(today) ?? 1)
      },
      0,
    )
    for (let hour = until - 4 * week; hour < until; hour += 4) {
      looks += 1
      if (findSilence(all, { from: until - 8 * week, until: hour })) alarms += 1
    }
  }
  expect(looks).toBe(40 * 168)
  expect(alarms).toBeLessThanOrEqual(3)
})

function known(weeks: number) {
  return { from: until - weeks * week, until }
}

function steady(perHour: number): () => number {
  return () => perHour
}

/** Counts that scatter by Poisson's law around the rate; the last hours bring nothing. */
function counts(weeks: number, rate: (hour: number) => number, silent: number): Map<number, number> {
  const all = new Map<number, number>()
  for (let hour = until - weeks * week; hour < until - silent; hour += 1) all.set(hour, poissonDraw(rate(hour)))
  return all
}
