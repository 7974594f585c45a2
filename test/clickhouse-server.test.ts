import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrateClickhouse } from '../src/base/clickhouse/migrate.ts'
import { RowEncoder } from '../src/base/clickhouse/row-binary.ts'
import { openClickhouse } from '../src/base/clickhouse/clickhouse.ts'

let server: ChildProcessWithoutNullStreams
let url = ''
beforeAll(async () => {
  server = spawn(process.execPath, [join(import.meta.dirname, 'clickhouse-server.ts')])
  url = String((await once(server.stdout, 'data'))[0]).trim()
})
afterAll(async () => {
  server.stdin.end()
  await once(server, 'exit')
})

test('values bound over HTTP arrive as they were', async () => {
  await using clickhouse = openClickhouse({ url })
  const text = `it's "100%" \\ back\tslash\nand ‘нет’ 😀`
  const row = await clickhouse.row(
    'select {text:String} as text, {list:Array(String)} as list, {n:Nullable(UInt32)} as n, {at:DateTime64(3)} as at, {on:Bool} as yes',
    { text, list: [text, '', '\\N'], n: null, at: '2026-11-01 10:00:00.123', on: true },
  )
  expect(row).toEqual({ text, list: [text, '', '\\N'], n: null, at: '2026-11-01 10:00:00.123', yes: true })
})

test('databases hold their own tables, and rows go in and out', async () => {
  await using admin = openClickhouse({ url })
  await admin.command('create database one')
  await admin.command('create database two')
  await using one = openClickhouse({ url: `${url}/one` })
  await using two = openClickhouse({ url: `${url}/two` })
  await migrateClickhouse(one, { archiveDays: 30 })
  await two.command('create table mention (id String) engine = MergeTree order by id')
  await two.insert('mention', [{ id: `a'b` }, { id: 'я;\nselect 1' }])
  expect(await one.row('select count() as n from mention')).toEqual({ n: 0 })
  expect(await two.rows('select id from mention order by id')).toEqual([{ id: `a'b` }, { id: 'я;\nselect 1' }])
  const types = { word: 'String', term: 'FixedString(8)', place: 'UInt32' }
  const encoder = new RowEncoder(types)
  encoder.add({ word: 'я\n\0', term: 'a-_45678', place: 2 ** 32 - 1 })
  await one.insertRows('word', types, encoder.take(), ['none'])
  expect(await one.rows('select * from word')).toEqual([{ word: 'я\n\0', term: 'a-_45678', place: 2 ** 32 - 1 }])
  await admin.command('drop database two sync')
  await expect(two.rows('select 1')).rejects.toThrow(/two/)
})

test('an error keeps the code and the name that ClickHouse gives it', async () => {
  await using clickhouse = openClickhouse({ url })
  await expect(clickhouse.rows('select from where')).rejects.toMatchObject({ code: '62', type: 'SYNTAX_ERROR' })
  await expect(clickhouse.rows('select * from nowhere')).rejects.toMatchObject({ code: '60', type: 'UNKNOWN_TABLE' })
  const answer = await fetch(`${url}/?query=${encodeURIComponent('select * from nowhere')}`, { method: 'POST' })
  expect([answer.status, answer.headers.get('x-clickhouse-exception-code')]).toEqual([404, '60'])
})

test('a value longer than a server takes in the address is refused there, and travels in the body', async () => {
  const text = 'a'.repeat(140_000)
  const client = createClient({ url, log: { level: ClickHouseLogLevel.OFF } })
  await expect(client.query({ query: 'select {text:String} as text', query_params: { text } })).rejects.toThrow(
    /too long/,
  )
  await client.close()
  await using clickhouse = openClickhouse({ url })
  expect(await clickhouse.rows('select {text:String} as text', { text })).toEqual([{ text }])
})

test('the client pings, compresses both ways and sends values as a form', async () => {
  const client = createClient({ url, compression: { request: true, response: true }, use_multipart_params: true })
  expect(await client.ping()).toEqual({ success: true })
  await client.command({ query: 'create table zipped (id UInt32, text String) engine = Memory' })
  const rows = Array.from({ length: 500 }, (_, id) => ({ id, text: `строка ${id}` }))
  await client.insert({ table: 'zipped', values: rows, format: 'JSONEachRow' })
  const answer = await client.query({
    query: 'select * from zipped where id < {n:UInt32} order by id',
    query_params: { n: 500 },
    format: 'JSONEachRow',
  })
  expect(await answer.json()).toEqual(rows)
  const plain = await fetch(`${url}/?default_format=JSONCompact`, {
    method: 'POST',
    body: 'select max(id) from zipped',
  })
  expect(await plain.json()).toMatchObject({ data: [[499]] })
  await client.close()
})

test('many queries at once do not mix their values', async () => {
  await using clickhouse = openClickhouse({ url })
  const rows = await Promise.all(
    Array.from({ length: 40 }, (_, n) => clickhouse.row<{ n: number }>('select {n:UInt32} as n', { n })),
  )
  expect(rows.map((row) => row?.n)).toEqual(Array.from({ length: 40 }, (_, n) => n))
})
