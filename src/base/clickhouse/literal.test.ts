import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClickhouse } from '../../../test/database.ts'
import type { Clickhouse } from './clickhouse.ts'
import { inlineLongParams, inlineParams } from './literal.ts'

let clickhouse: Clickhouse
beforeAll(async () => {
  clickhouse = await openTestClickhouse()
})
afterAll(() => clickhouse[Symbol.asyncDispose]())

const hostile = [
  "it's",
  '\\',
  "\\'",
  '\n\t',
  "'); drop table mention; --",
  '{a:String}',
  'юникод 😡',
  '\u202e',
  '%s $1 $&',
  '',
]

test('a long parameter means the same in the body of a query as in its address', async () => {
  const texts = Array.from({ length: 5_000 }, (_, i) => `${hostile[i % hostile.length]}${i}`)
  const { query, params } = inlineLongParams('select {texts:Array(String)} as texts, {n:UInt32} as n', { texts, n: 7 })
  expect(params).toEqual({ n: 7 })
  expect(await clickhouse.row(query, params)).toEqual({ texts, n: 7 })
})

test('whatever a text holds, it comes back as it was and ends no literal', async () => {
  const piece = fc.constantFrom("'", '\\', '\0', '`', '"', '{t:String}', '--', '/*', '$$', '%', '\n', '\x1a', 'я', '😡')
  const text = fc.oneof(
    fc.array(piece).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary' }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 50 }), text, async (texts, t) => {
      const query = inlineParams('select {texts:Array(String)} as texts, {t:String} as t', { texts, t })
      expect(await clickhouse.row(query)).toEqual({ texts, t })
    }),
    { numRuns: 200 },
  )
})

test('numbers, unknowns and lists of lists keep their types', async () => {
  const numbers = Array.from({ length: 20_000 }, (_, i) => (i % 3 === 0 ? null : i))
  const lists = Array.from({ length: 5_000 }, (_, i) => [`a'${i}`, 'b'])
  const { query, params } = inlineLongParams(
    'select toTypeName({numbers:Array(Nullable(UInt64))}) as type, {numbers:Array(Nullable(UInt64))} as numbers, {lists:Array(Array(String))} as lists',
    { numbers, lists },
  )
  expect(await clickhouse.row(query, params)).toEqual({ type: 'Array(Nullable(UInt64))', numbers, lists })
})

test('short parameters stay parameters', () => {
  const query = 'select {a:String}'
  expect(inlineLongParams(query, { a: 'x' })).toEqual({ query, params: { a: 'x' } })
})
