import { expect, test } from 'vitest'
import { lengthOf } from './left.ts'

test('a length of time is told in two units at most, and never as nothing', () => {
  const minute = 60_000
  expect([0, 25, 60, 190, 1440, 2 * 1440 + 185].map((minutes) => lengthOf(minutes * minute, 'en'))).toEqual([
    '1 min',
    '25 min',
    '1 hr',
    '3 hr 10 min',
    '1 day',
    '2 days 3 hr',
  ])
  expect(lengthOf(190 * minute, 'ru')).toBe('3 ч 10 мин')
})
