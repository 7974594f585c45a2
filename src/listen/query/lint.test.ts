import { expect, test } from 'vitest'
import { parseQuery } from './parse.ts'

test('brackets that are missing in a mix of AND and OR come with one press, and comments stay', () => {
  const text = 'owl bank OR <<< of the night >>> hawk\n AND shop OR tea'
  const [found] = parseQuery(text).problems
  const { start, end, text: written } = found!.repair!
  const repaired = text.slice(0, start) + written + text.slice(end)
  expect(repaired).toBe('(owl bank) OR <<< of the night >>> (hawk\n AND shop) OR tea')
  const again = parseQuery(repaired)
  expect(again.problems).toEqual([])
  expect(again.query).toEqual(parseQuery(text).query)
})
