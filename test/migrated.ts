import { PGlite } from '@electric-sql/pglite'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { startJobs } from '../src/base/jobs/jobs.ts'
import { migratePostgres, migrationFiles } from '../src/base/postgres/migrate.ts'
import { openPostgres, type Postgres } from '../src/base/postgres/postgres.ts'

/*
 * Making a cluster and running every migration costs more than most files of tests do. So it is done once for each state of
 * the migrations, and tests begin with a copy.
 */
const modules = join(import.meta.dirname, '../node_modules')
const kept = join(modules, '.cache/heed-tests')

/** A cluster in memory, migrated and empty. */
export async function migratedArchive(): Promise<Blob> {
  const name = `postgres-${await stateOfMigrations()}.tar`
  const path = join(kept, name)
  const there = await readFile(path).catch(() => null)
  if (there !== null) return new Blob([there])
  const archive = Buffer.from(await (await makeArchive()).arrayBuffer())
  await mkdir(kept, { recursive: true })
  for (const other of await readdir(kept)) if (other.endsWith('.tar')) await rm(join(kept, other), { force: true })
  // Whole or not at all: several processes may make it at once.
  const unfinished = join(kept, `${process.pid}.new`)
  await writeFile(unfinished, archive)
  await rename(unfinished, path)
  return new Blob([archive])
}

async function makeArchive(): Promise<Blob> {
  const dir = await mkdtemp(join(tmpdir(), 'heed-migrated-'))
  try {
    const cluster = join(dir, 'cluster')
    const postgres = await openPostgres({ dir: cluster })
    await prepare(postgres)
    const closed = await PGlite.create({ dataDir: cluster })
    const archive = await closed.dumpDataDir('none')
    await closed.close()
    return archive
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** The name of a migrated, empty database on this server that others are made from. */
export async function migratedTemplate(server: string): Promise<string> {
  const name = `heed_migrated_${await stateOfMigrations()}`
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(72656565)')
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount === 0) await makeTemplate(client, server, name)
    return name
  } finally {
    await client.end()
  }
}

async function makeTemplate(client: pg.Client, server: string, name: string): Promise<void> {
  const unfinished = `${name}_new`
  await client.query(`drop database if exists ${unfinished}`)
  await client.query(`create database ${unfinished}`)
  const url = new URL(server)
  url.pathname = `/${unfinished}`
  const postgres = await openPostgres({ url: url.href })
  await prepare(postgres)
  await client.query(`alter database ${unfinished} rename to ${name}`)
}

/** Makes all tables, those of the job queue among them, and closes. */
async function prepare(postgres: Postgres): Promise<void> {
  await migratePostgres(postgres.pool)
  await (await startJobs(postgres, pino({ level: 'silent' })))[Symbol.asyncDispose]()
  await postgres[Symbol.asyncDispose]()
}

async function stateOfMigrations(): Promise<string> {
  const hash = createHash('sha256')
  for (const name of ['@electric-sql/pglite', 'pg-boss'])
    hash.update(await readFile(join(modules, name, 'package.json')))
  for (const { name, read } of migrationFiles('.pg.sql')) hash.update(`${name}\n${read()}\n`)
  return hash.digest('hex').slice(0, 16)
}
