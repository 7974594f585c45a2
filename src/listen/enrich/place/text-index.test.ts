import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aName, anOpening, aStem, aWord, TextIndex } from './text-index.ts'

test('all places where letters were put are found in their order, and nothing else, however many there are', () => {
  const letters = fc.constantFrom('a', 'aa', 'ab', 'б', 'a b', 'край')
  const what = fc.constantFrom(aWord, anOpening, aName, aStem)
  // Enough others that the index has to grow, before and after.
  const others = fc.nat({ max: 6_000 })
  fc.assert(
    fc.property(fc.array(fc.tuple(letters, what), { maxLength: 40 }), others, others, (some, before, after) => {
      const numbers = (count: number, from: number) => Array.from({ length: count }, (_, n) => `${n + from}`)
      const pieces = [...numbers(before, 0), ...some.map(([piece]) => piece), ...numbers(after, before)]
      const text = pieces.join('|')
      const index = new TextIndex(text)
      const wanted = new Map<string, number[]>()
      for (let i = 0, at = 0; i < pieces.length; at += pieces[i]!.length + 1, i++) {
        const kind = some[i - before]?.[1] ?? aWord
        index.put(kind, at, at + pieces[i]!.length)
        const key = `${kind} ${pieces[i]!}`
        wanted.set(key, [...(wanted.get(key) ?? []), at])
      }
      for (const [piece] of some)
        for (const kind of [aWord, anOpening, aName, aStem])
          expect(index.find(kind, piece)).toEqual(wanted.get(`${kind} ${piece}`) ?? [])
      expect(index.find(aWord, 'abc')).toEqual([])
    }),
    { numRuns: 30 },
  )
})

test('what is to be put once is found where it was put first', () => {
  const index = new TextIndex('la paz|la plata')
  for (const [from, to] of [
    [0, 2],
    [3, 6],
    [7, 9],
  ] as const)
    index.putOnce(aWord, from, to)
  expect(index.find(aWord, 'la')).toEqual([0])
  expect(index.find(aWord, 'paz')).toEqual([3])
  expect(index.find(anOpening, 'la')).toEqual([])
})
