import { expect, test } from 'vitest'
import { dayIn, formatFor, startOfDay } from './format.ts'

const english = formatFor('en', 'Europe/Moscow')
const russian = formatFor('ru', 'Europe/Moscow')
const now = Date.parse('2026-03-12T12:00:00Z')

test('a day begins at midnight of the project, not of the browser', () => {
  expect(startOfDay('2026-03-12', 'Europe/Moscow').toISOString()).toBe('2026-03-11T21:00:00.000Z')
  expect(startOfDay('2026-03-12', 'UTC').toISOString()).toBe('2026-03-12T00:00:00.000Z')
})

test('a day begins at midnight also when clocks change on it', () => {
  expect(startOfDay('2026-03-29', 'Europe/Berlin').toISOString()).toBe('2026-03-28T23:00:00.000Z')
  expect(startOfDay('2026-03-30', 'Europe/Berlin').toISOString()).toBe('2026-03-29T22:00:00.000Z')
})

test('late evening in London is the next day in Moscow', () => {
  expect(dayIn(new Date('2026-03-12T22:30:00Z'), 'Europe/Moscow')).toBe('2026-03-13')
})

test('numbers are short only from ten thousand on', () => {
  expect(english.short(9999)).toBe('9,999')
  expect(english.short(1_234_567)).toBe('1.23M')
  expect(russian.short(1_234_567)).toBe('1,23\u00a0млн')
})

test('a time is relative within the hour, an hour within the day, then a date', () => {
  expect(english.ago('2026-03-12T11:59:40Z', now)).toBe('now')
  expect(english.ago('2026-03-12T11:45:00Z', now)).toBe('15 min ago')
  expect(english.ago('2026-03-12T08:05:00Z', now)).toBe('11:05')
  expect(english.ago('2026-03-10T08:05:00Z', now)).toBe('10 Mar, 11:05')
  expect(english.ago('2025-03-10T08:05:00Z', now)).toBe('10 Mar 2025')
})

test('growth from nothing has no percentage', () => {
  expect(english.change(10, 0)).toBeNull()
  expect(english.change(120, 80)).toBe('+50%')
  expect(english.change(1369, 24)).toBe('×57')
})
