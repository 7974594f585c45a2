import { expect, test } from 'vitest'
import { problem, tell } from './problems.ts'

test('a problem is told in both languages with its values', () => {
  const what = problem('row.date', { value: 'вчера' })
  expect(tell(what, 'en')).toBe('The date “вчера” cannot be read')
  expect(tell(what, 'ru')).toBe('Дату «вчера» не удалось прочитать')
})

test('a value from outside is shortened and cannot bring gaps of its own', () => {
  expect(tell(problem('row.date', { value: '{value}'.repeat(1000) }), 'en').length).toBeLessThan(200)
  expect(tell(problem('row.date', { value: '{value}$&' }), 'en')).toBe('The date “{value}$&” cannot be read')
})
