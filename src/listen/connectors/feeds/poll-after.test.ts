import { expect, test } from 'vitest'
import { pollAfterMs } from './poll-after.ts'

test('the longer of the two wishes counts, within a minute and a day', () => {
  expect(pollAfterMs(null, {})).toBeNull()
  expect(pollAfterMs(1_800_000, { 'cache-control': 'public, max-age=600' })).toBe(1_800_000)
  expect(pollAfterMs(null, { 'cache-control': 'max-age=600', age: '300' })).toBe(300_000)
  expect(pollAfterMs(null, { 'cache-control': 'max-age=1' })).toBe(60_000)
  expect(pollAfterMs(31_536_000_000, {})).toBe(86_400_000)
  expect(pollAfterMs(null, { 'cache-control': 'no-cache, s-maxage=600' })).toBeNull()
})
