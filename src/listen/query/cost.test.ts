import { expect, test } from 'vitest'
import { costOf, costWords, guessedShareOf, tooCostly, type WordPart } from './cost.ts'
import { parseQuery } from './parse.ts'

const shares: { [word: string]: number } = { и: 0.4, банк: 0.01, карта: 0.002, филин: 0.00001 }
const shareOf = (part: WordPart) =>
  Math.min(...(part.kind === 'wildcard' ? [part.pattern] : part.text.split(' ')).map((word) => shares[word] ?? 0.5))

function cost(text: string) {
  const { query, places } = parseQuery(text)
  return costOf(query, places, shareOf)
}

test.each([
  ['филин', 10],
  ['банк филин', 10],
  ['банк OR карта', 12_000],
  ['банк NEAR/5 карта', 2_000],
  ['"и филин"', 10],
  ['банк NOT и', 10_000],
  ['lang:ru', 1_000_000],
  ['lang:ru филин', 10],
  ['ATLEAST/2 (банк, карта, филин)', 12_010],
  ['*а*', 20_500_000],
  ['банк raw:"C++"', 10_000],
  ['raw:"C++"', 501_000_000],
])('%s costs %i looks at a million posts', (text, looks) => {
  expect(cost(text).looks).toBe(looks)
})

test('each part says what it costs, the costliest first', () => {
  const text = '(банк OR карта) AND (и NOT филин) AND сбор~2'
  const parts = cost(text).parts.map(({ place, ...part }) => [
    text.slice(place.start, place.end),
    costWords(part as never).en,
  ])
  expect(parts).toContainEqual(['и', '400,000 of a million posts are looked at'])
  expect(parts[0]).toEqual([
    'сбор~2',
    '500,000 of a million posts are looked at; it is as much work as 1 broad pattern',
  ])
})

test('a query beyond the limit is refused at its costliest part, and a long one of rare words is not', () => {
  const broad = Array.from({ length: 120 }, (_, i) => `*а${String.fromCharCode(0x430 + (i % 32))}*`).join(' OR ')
  const refused = tooCostly(cost(`филин OR ${broad}`), 2_000_000_000)
  expect(refused).toMatchObject({ key: 'too-costly', severity: 'error', values: { limit: 2000 } })
  expect(refused!.start).toBeGreaterThan(0)
  const long = Array.from({ length: 10_000 }, (_, i) => `слово${i}`).join(' OR ')
  const { query, places } = parseQuery(long)
  expect(tooCostly(costOf(query, places, guessedShareOf), 2_000_000_000)).toBeNull()
})
