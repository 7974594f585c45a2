import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyse } from './analyse.ts'
import { segmentRun } from './segment.ts'

const runs = ['我们是一个', '銀行カタカナ', 'ひらがな', 'กรุงเทพมหานคร', 'ภาษาไทย', '𠀀字', '々', '字'.repeat(700)]
const between = [' ', '\n', '，', 'a', '1', '_', '\u0301', '\u200d', '👍', 'я ']

test('a run of letters has the same words whatever stands around it', () => {
  const parts = fc.tuple(fc.constantFrom(...runs), fc.constantFrom(...between))
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 20 }), (some) => {
      const text = some.flat().join('')
      let at = 0
      for (const [run, mark] of some) {
        expect(segmentRun(text, at)).toEqual({ end: at + run.length, words: segmentRun(run, 0).words })
        at += run.length + mark.length
      }
    }),
    { numRuns: 200 },
  )
})

test('a word has the same forms whichever of its spellings is met first', () => {
  for (const words of ['Банкой банкой БАНКОЙ', 'жильё Жилье ЖИЛЬЁ', 'CITIES Cities cities']) {
    const [first, ...others] = analyse(words, { lang: 'ru' }).words
    for (const other of others) expect([other.folded, other.stems]).toEqual([first!.folded, first!.stems])
  }
})
