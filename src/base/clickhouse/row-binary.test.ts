import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClickhouse } from '../../../test/database.ts'
import type { Clickhouse } from './clickhouse.ts'
import { decodeRow } from './read-row-binary.ts'
import { pickRows, RowEncoder, type ColumnTypes } from './row-binary.ts'

let clickhouse: Clickhouse
beforeAll(async () => {
  clickhouse = await openTestClickhouse()
  await clickhouse.command(
    `create table every_type (n UInt32, text String, name LowCardinality(String), names Array(LowCardinality(String)),
       yes Bool, maybe Nullable(Bool), big Nullable(UInt64), half Nullable(Float32), whole Float64, tiny UInt8, at DateTime64(3, 'UTC'),
       later Nullable(DateTime64(3, 'UTC')), keys Array(FixedString(8)), places Array(UInt32), positions Array(UInt16),
       sum UInt64 materialized n + 1) engine = MergeTree order by n`,
  )
})
afterAll(() => clickhouse[Symbol.asyncDispose]())

const types = {
  n: 'UInt32',
  text: 'String',
  name: 'LowCardinality(String)',
  names: 'Array(LowCardinality(String))',
  yes: 'Bool',
  maybe: 'Nullable(Bool)',
  big: 'Nullable(UInt64)',
  half: 'Nullable(Float32)',
  whole: 'Float64',
  tiny: 'UInt8',
  at: 'DateTime64(3)',
  later: 'Nullable(DateTime64(3))',
  keys: 'Array(FixedString(8))',
  places: 'Array(UInt32)',
  positions: 'Array(UInt16)',
}

function encode(columns: ColumnTypes, rows: { [column: string]: unknown }[]) {
  const encoder = new RowEncoder(columns)
  for (const one of rows) encoder.add(one)
  return encoder.take()
}

const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', "'\\\t\n\0", 'банк 😡', 'я'.repeat(200)))
const moment = fc
  .date({ min: new Date('1971-01-01'), max: new Date('2199-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 23).replace('T', ' '))
const row = fc.record({
  text,
  name: text,
  names: fc.array(text, { maxLength: 3 }),
  yes: fc.boolean(),
  maybe: fc.option(fc.boolean()),
  big: fc.option(fc.nat({ max: Number.MAX_SAFE_INTEGER })),
  half: fc.option(fc.integer({ min: -8, max: 8 }).map((n) => n / 2)),
  whole: fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
  tiny: fc.nat({ max: 255 }),
  at: moment,
  later: fc.option(moment),
  keys: fc.array(fc.string({ unit: fc.constantFrom('a', 'Z', '9', '-', '_'), minLength: 8, maxLength: 8 }), {
    maxLength: 3,
  }),
  places: fc.array(fc.nat({ max: 2 ** 32 - 1 }), { maxLength: 200 }),
  positions: fc.array(fc.nat({ max: 65_535 }), { maxLength: 200 }),
})

test('rows come back as they went in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
      await clickhouse.command('truncate table every_type')
      const numbered = rows.map((one, n) => ({ n, ...one }))
      const encoded = encode(types, numbered)
      await clickhouse.insertRows('every_type', types, encoded)
      expect(await clickhouse.rows('select * from every_type order by n')).toEqual(numbered)
      expect(numbered.map((_, row) => decodeRow(types, encoded, row))).toEqual(numbered)
    }),
    { numRuns: 50 },
  )
}, 60_000)

test('a page larger than the first room for it, and columns left out', async () => {
  await clickhouse.command('truncate table every_type')
  const rows = Array.from({ length: 3_000 }, (_, n) => ({ n, text: 'карта '.repeat(n % 500) }))
  const some = { n: 'UInt32', text: 'String' }
  const encoded = encode(some, rows)
  const odd = rows.filter((one) => one.n % 2 === 1)
  await clickhouse.insertRows(
    'every_type',
    some,
    pickRows(
      encoded,
      odd.map(({ n }) => n),
    ),
  )
  expect(await clickhouse.rows('select n, text, sum from every_type order by n')).toEqual(
    odd.map((one) => ({ ...one, sum: one.n + 1 })),
  )
})

test('what cannot be written is our mistake and throws', () => {
  expect(() => encode({ key: 'FixedString(8)' }, [{ key: 'short' }])).toThrow(/short/)
  expect(() => encode({ id: 'UUID' }, [{ id: '' }])).toThrow(/UUID/)
})
