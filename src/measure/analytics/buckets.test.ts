import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketStarts, chooseBucket, startOf, type Bucket } from './buckets.ts'

const zones = [
  'UTC',
  'Europe/Moscow',
  'Europe/Berlin',
  'Asia/Kolkata',
  'America/Sao_Paulo',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Beirut',
]
const hours = (starts: Date[]) =>
  starts.slice(1).map((start, i) => (start.getTime() - (starts[i] as Date).getTime()) / 3_600_000)

test('a day lasts 23 hours when the clocks go forward and 25 when they go back', () => {
  const march = { from: new Date('2026-03-27T23:00:00Z'), to: new Date('2026-03-31T22:00:00Z') }
  expect(hours(bucketStarts(march, 'day', 'Europe/Berlin'))).toEqual([24, 23, 24])
  const october = { from: new Date('2026-10-23T22:00:00Z'), to: new Date('2026-10-27T23:00:00Z') }
  expect(hours(bucketStarts(october, 'day', 'Europe/Berlin'))).toEqual([24, 25, 24])
})

test('where the clocks jump over midnight the day begins at one', () => {
  const starts = bucketStarts(
    { from: new Date('2018-11-03T12:00:00Z'), to: new Date('2018-11-05T12:00:00Z') },
    'day',
    'America/Sao_Paulo',
  )
  expect(starts.map((start) => start.toISOString())).toEqual([
    '2018-11-03T03:00:00.000Z',
    '2018-11-04T03:00:00.000Z',
    '2018-11-05T02:00:00.000Z',
  ])
})

test('hours, weeks and months begin on the wall clock of the project', () => {
  const at = new Date('2026-05-06T07:45:12.345Z')
  expect(startOf(at, 'hour', 'Asia/Kolkata').toISOString()).toBe('2026-05-06T07:30:00.000Z')
  expect(startOf(at, 'week', 'Europe/Moscow').toISOString()).toBe('2026-05-03T21:00:00.000Z')
  expect(startOf(at, 'month', 'America/New_York').toISOString()).toBe('2026-05-01T04:00:00.000Z')
})

test('the width follows the length of the period', () => {
  const of = (days: number) => chooseBucket({ from: new Date(0), to: new Date(days * 86_400_000) })
  expect([of(1), of(3), of(4), of(92), of(93), of(731), of(732)]).toEqual([
    'hour',
    'hour',
    'day',
    'day',
    'week',
    'week',
    'month',
  ])
})

test('buckets cover every period without gap or overlap, in every zone', () => {
  const year2000 = Date.UTC(2000, 0, 1)
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom<Bucket>('hour', 'day', 'week', 'month'),
      fc.integer({ min: 0, max: 40 * 365 * 24 * 60 }),
      fc.integer({ min: 1, max: 40 * 24 * 60 }),
      (zone, bucket, fromMinute, minutes) => {
        const from = new Date(year2000 + fromMinute * 60_000)
        const to = new Date(from.getTime() + minutes * 60_000)
        const starts = bucketStarts({ from, to }, bucket, zone)
        const last = starts.at(-1) as Date
        expect((starts[0] as Date).getTime()).toBeLessThanOrEqual(from.getTime())
        expect(last.getTime()).toBeLessThan(to.getTime())
        expect(hours(starts).every((length) => length > 0)).toBe(true)
        if (bucket !== 'hour') for (const start of starts) expect(startOf(start, bucket, zone)).toEqual(start)
      },
    ),
    { numRuns: 60 },
  )
})
