import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Chains } from './chains.ts'

function all(chains: Chains, hash: number): number[] {
  const found: number[] = []
  for (let thing = chains.first(hash); thing !== 0; thing = chains.next(thing))
    if (chains.hash(thing) === hash) found.push(thing)
  return found.sort((a, b) => a - b)
}

test('what was added and not removed is found by its hash, by another thread too', () => {
  const change = fc.record({ remove: fc.boolean(), hash: fc.integer({ min: -40, max: 40 }) })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
      const memory = {}
      const chains = new Chains(memory, 'thing')
      const hashes = new Map<number, number>()
      // More than the places there are at first, so that they are split.
      for (let thing = 1; thing <= 3_000; thing++) {
        chains.add(thing, thing % 70)
        hashes.set(thing, thing % 70)
      }
      for (const [i, { remove, hash }] of changes.entries()) {
        const thing = remove ? 1 + ((i * 37) % 3_000) : 3_001 + i
        if (remove ? !hashes.has(thing) : hashes.has(thing)) continue
        if (remove) chains.remove(thing)
        else chains.add(thing, hash)
        if (remove) hashes.delete(thing)
        else hashes.set(thing, hash)
      }
      const other = new Chains(memory, 'thing')
      for (let hash = -40; hash < 70; hash++) {
        const expected = [...hashes].flatMap(([thing, its]) => (its === hash ? [thing] : []))
        expect(all(chains, hash)).toEqual(expected)
        expect(all(other, hash)).toEqual(expected)
      }
    }),
    { numRuns: 20 },
  )
})
