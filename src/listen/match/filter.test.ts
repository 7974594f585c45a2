import { expect, test } from 'vitest'
import { foldedHash } from '../../base/text/folds.ts'
import { wholeAddress } from '../../base/text/tokens.ts'
import { Filter, groupIn } from './filter.ts'

function wants(filter: Filter, word: string, { language = '', width = 1 } = {}): boolean {
  const hash = /^https?:/.test(word) ? wholeAddress : foldedHash(word, 0, word.length)
  return filter.wants(word, 0, word.length, hash, width, groupIn(language))
}

test('forms are wanted in posts of their language, and in any post only those of any language', () => {
  const filter = new Filter({}, 'forms')
  filter.wantForms('банк', '')
  filter.wantForms('vorstand', 'de')
  expect(wants(filter, 'Банками')).toBe(true)
  expect(wants(filter, 'банками', { language: 'de' })).toBe(true)
  expect(wants(filter, 'Vorstandes', { language: 'de' })).toBe(true)
  expect(wants(filter, 'Vorstandes')).toBe(false)
  expect(wants(filter, 'Vorstandes', { language: 'nl' })).toBe(false)
  expect(wants(filter, 'бан')).toBe(false)
})

test('a word with a letter that tells its language is looked at in any post', () => {
  const filter = new Filter({}, 'forms')
  expect(wants(filter, 'швидкості', { language: 'ru' })).toBe(true)
  expect(wants(filter, 'скорости', { language: 'ru' })).toBe(false)
})

test('tags and hyphenated words have no forms, but may begin as a pattern does', () => {
  const filter = new Filter({}, 'forms')
  filter.wantForms('банк', '')
  expect(wants(filter, '#банк')).toBe(false)
  expect(wants(filter, 'банк-клиент', { width: 2 })).toBe(false)
  filter.wantBeginning('банк-')
  expect(wants(filter, 'банк-клиент', { width: 2 })).toBe(true)
  filter.wantWord('#банк')
  expect(wants(filter, '#Банк')).toBe(true)
})

test('an address is wanted as a whole or by its beginning', () => {
  const filter = new Filter({}, 'forms')
  filter.wantWord('https://example.org/a')
  expect(wants(filter, 'https://Example.org/a')).toBe(true)
  expect(wants(filter, 'https://example.org/b')).toBe(false)
  filter.wantBeginning('https://example.org')
  expect(wants(filter, 'https://example.org/b')).toBe(true)
  expect(wants(filter, 'https://example.net/b')).toBe(false)
})

test('while only whole words are wanted their bits tell everything', () => {
  const filter = new Filter({}, 'plain')
  filter.wantWord('банк')
  expect(filter.words).not.toBeNull()
  filter.wantBeginning('кред')
  expect(filter.words).toBeNull()
})

test('with many words wanted, each of them still is, and few others are', () => {
  const memory = {}
  const filter = new Filter(memory, 'plain')
  const words = Array.from({ length: 40_000 }, (_, i) => `w${i.toString(36)}`)
  for (const [count, word] of words.entries()) {
    filter.wantWord(word)
    if (count % 500 === 0) expect(wants(filter, words[count >> 1]!)).toBe(true)
  }
  const other = new Filter(memory, 'plain')
  expect(words.filter((word) => !wants(other, word))).toEqual([])
  expect(words.filter((word) => wants(other, `x${word}`)).length).toBeLessThan(words.length / 12)
})
