import type { TFunction } from 'i18next'
import { expect, test } from 'vitest'
import { repaired, repairWords } from './repair.ts'

const t = ((key: string, words: object) => `${key} ${Object.values(words).join(' → ')}`) as TFunction

test('a repair says what it adds, takes away or puts in place of what', () => {
  const add = { label: ')', start: 8, end: 8, replacement: ')' }
  expect(repairWords(t, 'a AND (b', add)).toBe('filter.repairAdd )')
  expect(repaired('a AND (b', add)).toBe('a AND (b)')
  expect(repairWords(t, 'a AND', { label: '', start: 1, end: 5, replacement: '' })).toBe('filter.repairRemove AND')
  expect(repairWords(t, 'lnag:ru', { label: '', start: 0, end: 4, replacement: 'lang' })).toBe(
    'filter.repairReplace lnag → lang',
  )
})
