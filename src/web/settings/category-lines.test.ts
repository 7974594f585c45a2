import { expect, test } from 'vitest'
import { matchLines } from './category-lines.ts'

const categories = [
  { id: 1, name: 'Delivery' },
  { id: 2, name: 'Card' },
  { id: 3, name: 'App' },
]

test.each([
  ['lines that moved are the same', ['App', 'delivery ', 'Card'], [3, 1, 2]],
  ['a line that was rewritten is the same under another name', ['Delivery', 'Bank card', 'App'], [1, 2, 3]],
  ['a line that was added is a new one', ['Delivery', 'Card', 'App', 'Other'], [1, 2, 3, null]],
  ['a line that was taken out is gone', ['Delivery', 'App'], [1, 3]],
  [
    'one taken out and two written: nobody can tell which is which',
    ['Delivery', 'Loan', 'Deposit', 'App'],
    [1, null, null, 3],
  ],
])('%s', (_, lines, ids) => {
  expect(matchLines(categories, lines).map(({ id }) => id)).toEqual(ids)
})
