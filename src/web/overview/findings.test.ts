import { expect, test } from 'vitest'
import { findHeavy, findLeader, findPeak, sumByBucket } from './findings.ts'

test('a day with twice the usual mentions is a peak', () => {
  expect(findPeak([10, 12, 9, 11, 44, 10])).toEqual({ index: 4, count: 44, times: 4.4 })
})

test('an ordinary week has no peak', () => {
  expect(findPeak([10, 12, 9, 11, 19, 10])).toBeNull()
})

test('a handful of mentions is no peak, and neither is a period of a few days', () => {
  expect(findPeak([1, 1, 1, 1, 6, 1])).toBeNull()
  expect(findPeak([10, 90])).toBeNull()
  expect(findPeak([0, 0, 0, 0, 50, 0])).toBeNull()
})

test('the first leads only when it is clearly ahead', () => {
  expect(
    findLeader([
      { name: 'a', share: 0.3 },
      { name: 'b', share: 0.7 },
    ])?.name,
  ).toBe('b')
  expect(
    findLeader([
      { name: 'a', share: 0.51 },
      { name: 'b', share: 0.49 },
    ]),
  ).toBeNull()
  expect(
    findLeader([
      { name: 'a', share: null },
      { name: 'b', share: null },
    ]),
  ).toBeNull()
})

test('a source that brings a quarter of everything is worth a title', () => {
  expect(findHeavy([{ count: 30 }], 100)?.share).toBe(0.3)
  expect(findHeavy([{ count: 20 }], 100)).toBeNull()
  expect(findHeavy([{ count: 3 }], 4)).toBeNull()
})

test('series that share nothing add up to the volume of each bucket', () => {
  expect(sumByBucket([{ counts: [1, 2] }, { counts: [3, 4] }], 2)).toEqual([4, 6])
})
