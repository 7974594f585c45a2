import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SpilledTexts } from './spilled-texts.ts'

test('what was put in comes out, in any order and of any length', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 400 }), { maxLength: 60 }),
      fc.array(fc.nat({ max: 100 }), { maxLength: 50 }),
      (texts, asked) => {
        const spilled = new SpilledTexts()
        try {
          // Long ones in between fill the windows, or are written by themselves.
          const all = texts.flatMap((text, index) => (index % 3 === 0 ? [text, 'ё'.repeat(5_000 * index)] : [text]))
          for (const text of all) spilled.push(text)
          expect(spilled.length).toBe(all.length)
          for (const index of asked) expect(spilled.get(index)).toBe(all[index] ?? null)
        } finally {
          spilled.close()
        }
      },
    ),
    { numRuns: 100 },
  )
})
