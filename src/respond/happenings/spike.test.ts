import { expect, test } from 'vitest'
import { upperTail } from '../../listen/collect/lower-tail.ts'
import { findSpike } from './spike.ts'
import { poissonDraw, random } from '../../listen/collect/poisson.testing.ts'

const week = 168
const until = 3000 * week

test('the tail agrees with sums of exact chances', () => {
  const poisson = (mean: number, least: number) => {
    let term = Math.exp(-mean)
    let below = 0
    for (let k = 0; k < least; k += 1) {
      below += term
      term *= mean / (k + 1)
    }
    return 1 - below
  }
  for (const [mean, least] of [
    [3, 4],
    [3, 9],
    [40, 60],
  ] as const)
    expect(upperTail(least, mean, 0) / poisson(mean, least)).toBeCloseTo(1, 6)
  // The geometric law is the negative binomial of size 1: P(X ≥ k) = (m / (1 + m))^k.
  for (const [mean, least] of [
    [5, 8],
    [30, 200],
  ] as const)
    expect(upperTail(least, mean, 1) / (mean / (1 + mean)) ** least).toBeCloseTo(1, 8)
  expect(upperTail(3, 3, 0)).toBe(1)
  expect(upperTail(1_000_000, 900_000, 0)).toBeLessThan(1e-300)
})

test('a spike is told with its number, the usual one and how seldom chance does that', () => {
  const all = counts(6, () => 4)
  all.set(until - 1, 40)
  const spike = findSpike(all, known(6))
  expect(spike).toMatchObject({ hours: 1, mentions: 40 })
  expect(spike?.expected).toBeGreaterThan(2)
  expect(spike?.expected).toBeLessThan(6)
  expect(spike?.once).toBeGreaterThan(100_000)
})

test('a rise over a day is told where no single hour stands out', () => {
  const all = counts(6, () => 1)
  for (let hour = until - 24; hour < until; hour += 1) all.set(hour, 4)
  expect(findSpike(all, known(6))?.hours).toBeGreaterThan(1)
})

test('what every Monday morning brings is no spike', () => {
  const rate = (hour: number) => (hour % week >= 8 && hour % week < 12 ? 60 : 2)
  const all = counts(8, rate)
  for (let hour = until - 2 * week; hour < until; hour += 1)
    expect(findSpike(all, { from: until - 8 * week, until: hour })).toBeNull()
})

test('a few mentions of a topic that is hardly spoken of are no spike, nor is anything before two weeks are known', () => {
  expect(findSpike(new Map([[until - 1, 4]]), known(8))).toBeNull()
  expect(findSpike(new Map([[until - 1, 9]]), known(8))).toMatchObject({ mentions: 9, expected: 0 })
  expect(findSpike(new Map([[until - 1, 900]]), known(1))).toBeNull()
})

test('topics that are as usual hardly ever raise an alarm, also those that come in bursts', () => {
  let alarms = 0
  let looks = 0
  for (let topic = 0; topic < 32; topic += 1) {
    const base = [0.05, 0.5, 5, 40][topic % 4] ?? 1
    const moods = new Map<number, number>()
    const all = counts(8, (hour) => {
      const day = Math.floor(hour / 24)
      if (!moods.has(day)) moods.set(day, topic % 8 >= 4 ? 0.5 + random() : 1)
      return base * (1 + 0.8 * Math.sin((hour / 24) * 2 * Math.PI)) * (moods.get(day) ?? 1)
    })
    for (let hour = until - 3 * week; hour < until; hour += 3) {
      looks += 1
      if (findSpike(all, { from: until - 8 * week, until: hour })) alarms += 1
    }
  }
  expect(looks).toBe(32 * week)
  expect(alarms).toBeLessThanOrEqual(2)
})

function known(weeks: number) {
  return { from: until - weeks * week, until }
}

function counts(weeks: number, rate: (hour: number) => number): Map<number, number> {
  const all = new Map<number, number>()
  for (let hour = until - weeks * week; hour < until; hour += 1) all.set(hour, poissonDraw(rate(hour)))
  return all
}
