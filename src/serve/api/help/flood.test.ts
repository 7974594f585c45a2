import { expect, test } from 'vitest'
import { Flood } from './flood.ts'

test('a network that floods the pages is turned away, and others read on', () => {
  const flood = new Flood()
  const answers = Array.from({ length: 10_000 }, () => flood.read('203.0.113.7', 1_000_000))
  expect(answers[0]).toBeNull()
  expect(answers.at(-1)).toBeGreaterThan(0)
  expect(flood.read('198.51.100.1', 1_000_000)).toBeNull()
})

test('readers of many networks together are turned away until the next moment', () => {
  const flood = new Flood()
  const answers = Array.from({ length: 10_000 }, (_, n) => flood.read(`network ${n}`, 1_000_000))
  const late = answers.at(-1) ?? 0
  expect(late).toBeGreaterThan(0)
  expect(flood.read('198.51.100.1', 1_000_000)).toBe(late)
  expect(flood.read('198.51.100.1', 1_000_000 + late)).toBeNull()
})
