import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { openClickhouse, type Clickhouse } from '../src/base/clickhouse/clickhouse.ts'
import { migrateClickhouse } from '../src/base/clickhouse/migrate.ts'
import { openPostgres, type Postgres } from '../src/base/postgres/postgres.ts'
import { migratedArchive, migratedTemplate } from './migrated.ts'

/**
 * A migrated, empty database that is gone when it is disposed: inside this process in memory, or, with DATABASE_URL,
 * a fresh one on that server.
 *   await using postgres = await openTestPostgres()
 */
export async function openTestPostgres(): Promise<Postgres> {
  const server = process.env['DATABASE_URL']
  if (!server) return openPostgres({ dir: null, from: await migratedArchive() })
  const name = freshName()
  await onServer(server, `create database ${name} template ${await migratedTemplate(server)}`)
  const postgres = await openPostgres({ url: withPath(server, name) })
  const close = postgres[Symbol.asyncDispose]
  return {
    ...postgres,
    [Symbol.asyncDispose]: async () => {
      await close()
      await onServer(server, `drop database ${name} with (force)`)
    },
  }
}

/**
 * The same for mentions; HEED_TEST_CLICKHOUSE_URL names a server. The embedded engine exists once per process,
 * so a test file opens it once and closes it at its end.
 */
export async function openTestClickhouse(): Promise<Clickhouse> {
  const server = process.env['HEED_TEST_CLICKHOUSE_URL']
  const name = freshName()
  const clickhouse = server ? await freshOnServer(server, name) : openClickhouse({ dir: null })
  await migrateClickhouse(clickhouse, { archiveDays: 30 })
  return clickhouse
}

async function freshOnServer(server: string, name: string): Promise<Clickhouse> {
  const admin = openClickhouse({ url: server })
  await admin.command(`create database ${name}`)
  const clickhouse = openClickhouse({ url: withPath(server, name) })
  const close = clickhouse[Symbol.asyncDispose].bind(clickhouse)
  return Object.assign(clickhouse, {
    [Symbol.asyncDispose]: async () => {
      await close()
      await admin.command(`drop database ${name} sync`)
      await admin[Symbol.asyncDispose]()
    },
  })
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(statement)
  await client.end()
}

function freshName(): string {
  return `heed_test_${randomBytes(6).toString('hex')}`
}

function withPath(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
