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

test('what several ask at once is asked once, and nobody who comes after a write gets an answer of before', async () => {
  await clickhouse.command('create table shared_number (n UInt32) engine = MergeTree order by n')
  await clickhouse.insert('shared_number', [{ n: 1 }])
  const ask = (n: number) =>
    clickhouse.shared<{ count: number }>(
      'select count() as count, sleep(0.2) as slept from shared_number where n >= {n:UInt32} settings max_threads = 1',
      { n },
    )
  const [first, second, other] = await Promise.all([ask(0), ask(0), ask(2)])
  expect(second).toBe(first)
  expect(other).not.toBe(first)
  expect([first[0]!.count, other[0]!.count]).toEqual([1, 0])
  const before = ask(0)
  await clickhouse.insert('shared_number', [{ n: 5 }])
  const [after] = await ask(0)
  expect(after!.count).toBe(2)
  await before
  const [later] = await ask(0)
  expect(later).toEqual(after)
})

test('a shared question that fails fails for all who asked, and is asked anew', async () => {
  const ask = (table: string) => clickhouse.shared(`select * from ${table}`)
  expect(await Promise.all([ask('not_there'), ask('not_there')].map((one) => one.catch(() => 'failed')))).toEqual([
    'failed',
    'failed',
  ])
  await clickhouse.command('create table not_there (n UInt32) engine = MergeTree order by n')
  expect(await ask('not_there')).toEqual([])
})
