import { expect, test } from 'vitest'
import { parseCount, parseRating } from './numbers.ts'

test.each([
  ['0', 0],
  ['1234', 1234],
  ['1 234', 1234],
  ['1\u00a0234\u202f567', 1_234_567],
  ['1,234', 1234],
  ['1.234.567', 1_234_567],
  ['1,234.0', 1234],
  ["1'234", 1234],
  ['1,2 тыс.', 1200],
  ['12.5K', 12_500],
  ['3 млн', 3_000_000],
  ['1,234 тыс', 1234],
  ['2M', 2_000_000],
  ['1.5 млрд', 1_500_000_000],
  ['5+', 5],
  ['10к', 10_000],
])('%j is %d', (text, count) => {
  expect(parseCount(text)).toBe(count)
})

test.each(['', '-', '-5', 'много', '1,2,3', '12 попугаев', '1e9', '0x10', '1.2.3', '9'.repeat(30), 'NaN', '=1+1'])(
  '%j is no count',
  (text) => {
    expect(parseCount(text)).toBeNull()
  },
)

test('a rating is between 1 and 5, whatever the comma', () => {
  expect(['5', '4,5', '4.5', '5/5', '3 из 5', '★★★★☆', '⭐️⭐️'].map(parseRating)).toEqual([5, 4.5, 4.5, 5, 3, 4, 2])
  for (const text of ['', '0', '6', '8/10', 'хорошо', '4,5,5', '☆☆☆☆☆']) expect(parseRating(text), text).toBeNull()
})
