import { expect, test } from 'vitest'
import { parseRetryAfter } from './retry-after.ts'

const now = new Date('2026-11-22T12:00:00Z')

test('seconds and dates are understood', () => {
  expect(parseRetryAfter('120', now)).toEqual(new Date('2026-11-22T12:02:00Z'))
  expect(parseRetryAfter('Sun, 22 Nov 2026 13:00:00 GMT', now)).toEqual(new Date('2026-11-22T13:00:00Z'))
})

test('a moment in the past means soon, one in a hundred years means in a week', () => {
  expect(parseRetryAfter('Sun, 22 Nov 2020 13:00:00 GMT', now)).toEqual(new Date('2026-11-22T12:00:01Z'))
  expect(parseRetryAfter('0', now)).toEqual(new Date('2026-11-22T12:00:01Z'))
  expect(parseRetryAfter('99999999999999999999', now)).toEqual(new Date('2026-11-29T12:00:00Z'))
})

test('what cannot be read is no moment', () => {
  for (const text of [null, undefined, '', 'soon', '-5', '12,5', '0x10']) expect(parseRetryAfter(text, now)).toBeNull()
})
