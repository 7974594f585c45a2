import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { migrateClickhouse } from '../src/base/clickhouse/migrate.ts'
import { migratePostgres } from '../src/base/postgres/migrate.ts'
import { first } from '../src/base/postgres/postgres.ts'
import { openTestClickhouse, openTestPostgres } from './database.ts'

test('PostgreSQL starts empty with all tables, and migrating again changes nothing', async () => {
  await using postgres = await openTestPostgres()
  await migratePostgres(postgres.pool)
  expect(await first(postgres.db, sql`select count(*) from project`)).toEqual({ count: 0 })
})

test('ClickHouse starts empty with all tables, and migrating again changes nothing', async () => {
  await using clickhouse = await openTestClickhouse()
  await migrateClickhouse(clickhouse, { archiveDays: 30 })
  expect(await clickhouse.row('select count() as count from mention')).toEqual({ count: 0 })
})
