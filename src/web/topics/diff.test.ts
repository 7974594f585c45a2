import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffWords, type DiffPart } from './diff.ts'

const shown = (parts: DiffPart[]) =>
  parts.map(({ kind, text }) => ({ same: text, gone: `[-${text}-]`, new: `[+${text}+]` })[kind]).join('')

test('a difference is told word by word', () => {
  expect(shown(diffWords('coffee OR tea', 'coffee OR кофе OR tea'))).toBe('coffee OR [+кофе OR +]tea')
  expect(shown(diffWords('(a OR b) NOT cake', '(a OR b)'))).toBe('(a OR b)[- NOT cake-]')
  expect(shown(diffWords('"owl bank"', '"hawk bank"'))).toBe('"[-owl-][+hawk+] bank"')
  expect(shown(diffWords('owl bank here', 'hawk shop here'))).toBe('[-owl bank-][+hawk shop+] here')
  expect(shown(diffWords('', 'new'))).toBe('[+new+]')
  expect(diffWords('same', 'same')).toEqual([{ kind: 'same', text: 'same' }])
})

test('both texts can be read out of their difference', () => {
  const text = fc
    .array(fc.constantFrom('owl', ' ', 'OR', '(', ')', '\n', 'банк', '"', '😀', '-'))
    .map((all) => all.join(''))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = diffWords(before, after)
      const without = (kind: DiffPart['kind']) =>
        parts
          .filter((part) => part.kind !== kind)
          .map((part) => part.text)
          .join('')
      expect([without('new'), without('gone')]).toEqual([before, after])
    }),
  )
})

test('texts of thousands of words are compared line by line', () => {
  const words = Array.from({ length: 5000 }, (_, i) => `word${i}`)
  const turned = words.toReversed()
  const parts = diffWords(`${words.join(' ')}\nlast`, `${turned.join(' ')}\nlast`)
  expect(parts.map(({ kind }) => kind)).toEqual(['gone', 'new', 'same'])
})
