import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseBlocks, printBlocks } from './blocks.ts'

test('working hours are read as people write them', () => {
  expect(parseBlocks('9-13, 14:00–18:30')).toEqual([
    { from: 540, to: 780 },
    { from: 840, to: 1110 },
  ])
  expect(parseBlocks('0–24')).toEqual([{ from: 0, to: 1440 }])
  expect(parseBlocks(' ')).toEqual([])
  for (const wrong of ['9', '18-9', '9-25', '9:60-10', 'утром', '9-12-15', '9-9'])
    expect([wrong, parseBlocks(wrong)]).toEqual([wrong, null])
})

test('what is written is read as the same', () => {
  const block = fc
    .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
    .filter(([from, to]) => from < to)
    .map(([from, to]) => ({ from, to }))
  fc.assert(
    fc.property(fc.array(block), (blocks) => {
      expect(parseBlocks(printBlocks(blocks))).toEqual(blocks)
    }),
  )
})
