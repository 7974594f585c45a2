import { expect, test } from 'vitest'
import { listOf, readFilterSearch, resolve, toggled } from './filter.ts'

test('the address keeps only filters that exist', () => {
  expect(readFilterSearch({ q: 'owl', period: '7d', mark: 'unread', media: '', other: 'x', status: 3 })).toEqual({
    q: 'owl',
    period: '7d',
    mark: 'unread',
  })
})

test('a value is put into a list and taken out again; an empty list leaves the address', () => {
  expect(toggled(undefined, 'ru')).toBe('ru')
  expect(toggled('ru,en', 'kk')).toBe('ru,en,kk')
  expect(toggled('ru,en', 'ru')).toBe('en')
  expect(toggled('ru', 'ru')).toBeUndefined()
})

test('a comma in the name of a source or a category does not cut it', () => {
  const both = toggled('Card', 'Money, 100 % plainly')
  expect(both).toBe('Card,Money%2C 100 %25 plainly')
  expect(listOf(both)).toEqual(['Card', 'Money, 100 % plainly'])
  expect(toggled(both, 'Money, 100 % plainly')).toBe('Card')
})

test('a moving period begins that long before now and has no end', () => {
  const now = Date.parse('2026-03-12T12:00:00Z')
  expect(resolve({ period: '7d', topic: '1' }, now)).toEqual({
    topic: '1',
    from: '2026-03-05T12:00:00.000Z',
    to: undefined,
  })
  expect(resolve({ period: '24h' }, now).from).toBe('2026-03-11T12:00:00.000Z')
})
