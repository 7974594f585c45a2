import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClickhouse } from '../../../test/database.ts'
import type { Clickhouse } from './clickhouse.ts'

let clickhouse: Clickhouse
beforeAll(async () => {
  clickhouse = await openTestClickhouse()
})
afterAll(() => clickhouse[Symbol.asyncDispose]())

test('a quick question does not wait for the end of a slow one', async () => {
  let slowIsThere = false
  const slow = clickhouse.rows('select sleep(3)').then(() => (slowIsThere = true))
  await clickhouse.row('select {n:UInt32} as n', { n: 1 })
  expect(slowIsThere).toBe(false)
  await slow
})

test('each of many questions at once is answered by its own parameters', async () => {
  const texts = Array.from({ length: 200 }, (_, n) => `'${n}\\ {text:String}`)
  const answers = await Promise.all(
    texts.map((text) =>
      clickhouse.row('select {text:String} as text, {some:Array(String)} as some', { text, some: [text] }),
    ),
  )
  expect(answers).toEqual(texts.map((text) => ({ text, some: [text] })))
})

test('a question that fails leaves the way free for the next ones, which are asked under the same settings', async () => {
  const failed = Array.from({ length: 10 }, () => clickhouse.row('select no_such_column').catch(() => 'failed'))
  expect(await Promise.all(failed)).toEqual(failed.map(() => 'failed'))
  const asked = Array.from({ length: 10 }, () =>
    clickhouse.row('select toUInt64(1) as n, getSetting($$max_query_size$$) as most'),
  )
  expect(await Promise.all(asked)).toEqual(asked.map(() => ({ n: 1, most: 268_435_456 })))
})
