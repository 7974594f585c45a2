import { expect, test } from 'vitest'
import { healthOf } from './health.ts'
import { backoffMs, nextRhythm, nextUsualGap, withJitter } from './rhythm.ts'
import type { Source } from './source.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const now = new Date('2026-11-22T12:00:00Z')
const ago = (ms: number) => new Date(now.getTime() - ms)

test('a source that brings much is asked sooner, a silent one later, within bounds', () => {
  expect(nextRhythm(10 * minute, 8)).toBe(5 * minute)
  expect(nextRhythm(10 * minute, 1)).toBe(8 * minute)
  expect(nextRhythm(10 * minute, 0)).toBe(13 * minute)
  expect(nextRhythm(minute, 100)).toBe(minute)
  expect(nextRhythm(2 * hour, 0)).toBe(2 * hour)
})

test('failures in a row make the pauses twice as long, up to six hours', () => {
  expect([1, 2, 3, 30].map(backoffMs)).toEqual([minute, 2 * minute, 4 * minute, 6 * hour])
  expect(withJitter(minute, () => 0)).toBe(minute)
  expect(withJitter(minute, () => 0.999)).toBeLessThan(1.1 * minute)
})

test('the usual gap is learnt from dated items only', () => {
  expect(nextUsualGap(null, null, [])).toBeNull()
  expect(nextUsualGap(null, null, [ago(hour)])).toBeNull()
  expect(nextUsualGap(null, null, [ago(3 * hour), ago(2 * hour), ago(hour)])).toBe(hour)
  expect(nextUsualGap(hour, ago(2 * hour), [ago(hour), ago(3 * hour)])).toBeCloseTo(hour)
  expect(nextUsualGap(hour, ago(2 * hour), [])).toBe(hour)
})

test('a feed that answers and says nothing new for far longer than usual is ill', () => {
  const well = { ...source, lastAnswer: 'unchanged', lastItemAt: ago(2 * day), usualGapMs: hour } as const
  expect(healthOf(well, now).health).toBe('well')
  expect(healthOf({ ...well, lastItemAt: ago(4 * day) }, now)).toMatchObject({
    health: 'ill',
    trouble: { key: 'source-silent', values: { days: 4 } },
  })
  expect(healthOf({ ...well, lastItemAt: ago(4 * day), usualGapMs: 7 * day }, now).health).toBe('well')
})

test('one failure is waited out, three in a row are an illness', () => {
  const trouble = { key: 'site.status', values: { status: 500 }, hint: 'The site answered with status 500' }
  const failed = { ...source, lastAnswer: 'failed', error: trouble } as const
  expect(healthOf({ ...failed, failures: 1 }, now)).toEqual({ health: 'waiting', trouble })
  expect(healthOf({ ...failed, failures: 3 }, now)).toEqual({ health: 'ill', trouble })
  expect(healthOf({ ...failed, lastAnswer: 'signed-out', failures: 1 }, now).health).toBe('ill')
  expect(healthOf({ ...failed, lastAnswer: 'rate-limited', failures: 0 }, now).health).toBe('waiting')
  expect(healthOf(source, now).health).toBe('new')
})

const source: Source = {
  id: 1,
  projectId: 1,
  platform: 'feed',
  name: 'News',
  url: 'https://news.example/feed',
  config: {},
  state: 'active',
  nextCheckAt: now,
  lastCheckedAt: null,
  lastAnswer: null,
  lastItemAt: null,
  usualGapMs: null,
  rhythmMs: 15 * minute,
  failures: 0,
  error: null,
  sealed: null,
  addedAt: now,
  catchingUp: false,
  silence: null,
  measuredAt: null,
  latency: null,
}
