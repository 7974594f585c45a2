import { expect, test } from 'vitest'
import { parseQuery } from '../query/parse.ts'
import { keyKinds } from './keys.ts'
import { QueryIndex } from './query-index.ts'

/** How many queries a word leads to. */
function ledToBy(index: QueryIndex, word: string): number {
  return index.leadLengths.view[patternOf(index, word)]!
}

function patternOf({ patterns, lists }: QueryIndex, word: string): number {
  return lists.column.view[patterns.keys.listAt(patterns.keys.find(keyKinds.folded, word))]!
}

/** As if so many more posts were counted, and so many of them had the word. */
function count(index: QueryIndex, posts: number, word: string, withWord: number): void {
  index.patterns.met.view[0]! += posts
  index.patterns.met.view[patternOf(index, word)]! += withWord
}

function reviewAll(index: QueryIndex): void {
  while (!index.review());
}

test('a rare word that becomes common leads to its queries no longer', () => {
  const index = new QueryIndex({}, 'plain')
  for (let id = 0; id < 3; id++) index.set(id, parseQuery('пострадавшие AND банк').query)
  expect([ledToBy(index, 'пострадавшие'), ledToBy(index, 'банк')]).toEqual([3, 0])
  reviewAll(index)
  expect([ledToBy(index, 'пострадавшие'), ledToBy(index, 'банк')]).toEqual([3, 0])
  count(index, 1_000, 'пострадавшие', 500)
  reviewAll(index)
  expect([ledToBy(index, 'пострадавшие'), ledToBy(index, 'банк')]).toEqual([0, 3])
})

test('what is seen of a word counts as much however many posts were counted before it came', () => {
  const index = new QueryIndex({}, 'plain')
  index.set(0, parseQuery('банк').query)
  count(index, 50_000, 'банк', 5_000)
  index.set(1, parseQuery('да AND банк').query)
  // The shorter word was guessed to be in most posts.
  expect(ledToBy(index, 'банк')).toBe(2)
  count(index, 1_000, 'банк', 100)
  reviewAll(index)
  expect([ledToBy(index, 'да'), ledToBy(index, 'банк')]).toEqual([1, 1])
})

test('old posts count less and less', () => {
  const index = new QueryIndex({}, 'plain')
  index.set(0, parseQuery('банк AND карта').query)
  count(index, 66_000, 'банк', 100)
  const before = index.patterns.shareOf(patternOf(index, 'банк'))
  reviewAll(index)
  expect(index.patterns.met.view[0]).toBe(33_000)
  expect(index.patterns.shareOf(patternOf(index, 'банк')) / before).toBeCloseTo(1, 1)
})
