import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyse, analysePost } from './analyse.ts'
import { storedWords } from './stored-words.ts'
import { keyOfStem, keyOfWord } from './word-key.ts'

test('the stored arrays are parallel and say the positions of the words and of their stems', () => {
  const stored = storedWords(analyse('Карты альфа-банка', { lang: 'ru' }))
  const spelled = stored.spelled.map(({ folded }) => folded)
  expect(spelled).toEqual(['карты', 'альфа-банка', 'альфа', 'банка'])
  expect([...stored.words]).toEqual(spelled.map((word) => keyOfWord(word).place))
  expect([...stored.word_at]).toEqual([0, 1, 1, 2])
  expect(stored.stems).toHaveLength(stored.stem_at.length)
  expect(storedWords(analysePost({ title: 'Сбер', text: 'банк', lang: 'ru' })).text_at).toBe(2)
})

test('the terms are every word with its stems, each word once', () => {
  const word = fc.constantFrom('банк', 'банки', 'bank', 'Альфа-банк', '#сбой', '7', 'https://t.me/bank')
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), (parts) => {
      const analysis = analyse(parts.join(' '), { lang: 'ru' })
      const { terms, words, stems } = storedWords(analysis)
      const keys = analysis.words.map(({ folded, stems }) => [keyOfWord(folded), ...stems.map(keyOfStem)])
      expect(new Set(Buffer.from(terms).toString('latin1').match(/.{8}/g))).toEqual(
        new Set(keys.length === 0 ? undefined : keys.flat().map(({ term }) => term)),
      )
      const each = new Map(analysis.words.map(({ folded, stems }) => [folded, 1 + stems.length]))
      expect(terms.length / 8).toBe([...each.values()].reduce((sum, count) => sum + count, 0))
      expect([...words]).toEqual(keys.map(([key]) => key!.place))
      expect([...stems]).toEqual(keys.flatMap(([, ...others]) => others.map(({ place }) => place)))
    }),
  )
})

test('a word and a stem never share a key', () => {
  expect(keyOfWord('банк')).not.toEqual(keyOfStem('банк'))
  expect([keyOfWord('').term.length, keyOfStem('ru:банк').term.length]).toEqual([8, 8])
})
