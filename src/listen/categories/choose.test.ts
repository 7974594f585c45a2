import { expect, test } from 'vitest'
import { chooseMostTeaching } from './choose.ts'

const text = (words: string, doubt: number) => ({ words: new Set(words.split(' ')), doubt })

test('the doubtful come first, and what was asked already is asked once', () => {
  const candidates = [
    text('card was eaten by the machine', 0.9),
    text('card was eaten by the machine again', 0.89),
    text('nobody answers my letter', 0.6),
    text('thank you', 0),
    text('where is my parcel', 0.3),
  ]
  expect(chooseMostTeaching(candidates, 3)).toEqual([0, 2, 4])
  expect(chooseMostTeaching(candidates, 10)).toEqual([0, 2, 4, 1])
})

test('the same text twice is one question, and without doubt there is none', () => {
  expect(chooseMostTeaching([text('a b', 1), text('a b', 1)], 5)).toEqual([0])
  expect(chooseMostTeaching([text('a', 0)], 5)).toEqual([])
  expect(chooseMostTeaching([], 5)).toEqual([])
})
