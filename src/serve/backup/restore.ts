import { existsSync, readdirSync } from 'node:fs'
import { chmod, copyFile, mkdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { sql } from 'kysely'
import { UserError } from '../../base/errors.ts'
import { makeDataDirectory } from '../../base/lock/lock.ts'
import { migrationFiles } from '../../base/postgres/migrate.ts'
import { first, inTransaction } from '../../base/postgres/postgres.ts'
import { keyFile } from '../../base/secrets/key.ts'
import type { House } from '../house.ts'
import { listMentionTables } from './clickhouse-tables.ts'
import { readLinesOf } from './lines-file.ts'
import { verifyBackup, type Manifest } from './manifest.ts'
import { fillTable, listTables, moveSequences } from './postgres-tables.ts'

const pageSize = 2_000

/**
 * Brings a backup back into an empty data directory. Everything is checked before anything is written; `open` opens the
 * house on the directory once the key lies there. Throws UserError when something is there already or is damaged.
 */
export async function restore(
  from: string,
  dataDir: string,
  open: () => Promise<House & AsyncDisposable>,
): Promise<Manifest> {
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new UserError(`${dataDir} is not empty; a backup is restored into an empty directory`, {
      key: 'restore-not-empty',
      values: { dir: dataDir },
    })
  }
  const manifest = await verifyBackup(from)
  refuseNewerBackup(manifest)
  makeDataDirectory(dataDir)
  for (const { path } of manifest.files.filter((file) => file.path === keyFile || file.path.startsWith('uploads/'))) {
    await mkdir(dirname(join(dataDir, path)), { recursive: true, mode: 0o700 })
    await copyFile(join(from, path), join(dataDir, path))
    await chmod(join(dataDir, path), 0o600)
  }
  await using house = await open()
  await refuseFullEngines(house)
  await fillWork(house, from, manifest)
  await fillMentions(house, from, manifest)
  return manifest
}

function refuseNewerBackup(manifest: Manifest): void {
  const ours = new Set(migrationFiles('.pg.sql').map(({ name }) => name))
  const strange = manifest.migrations.find((name) => !ours.has(name))
  if (strange)
    throw new UserError('The backup was made by a newer Heed; update this one first', {
      key: 'backup-newer',
      values: { migration: strange },
    })
}

// Engines on a server keep their data elsewhere, and an empty directory says nothing about them.
async function refuseFullEngines(house: House): Promise<void> {
  const project = await first(house.postgres.db, sql`select 1 from project limit 1`)
  const mention = await house.clickhouse.row('select 1 from mention limit 1')
  if (project || mention)
    throw new UserError('The databases already hold data; a backup is restored into empty ones', {
      key: 'restore-not-empty',
      values: { dir: '' },
    })
}

async function fillWork(house: House, from: string, manifest: Manifest): Promise<void> {
  const files = new Map(
    manifest.tables.filter(({ engine }) => engine === 'postgres').map((table) => [table.name, table]),
  )
  await inTransaction(house.postgres.db, async (tx) => {
    for (const table of await listTables(tx)) {
      const file = files.get(table)
      if (!file) continue
      let rows = 0
      for await (const page of readLinesOf(join(from, file.file), pageSize)) {
        await fillTable(tx, table, page)
        rows += page.length
      }
      refuseLostRows(file, rows)
    }
    await moveSequences(tx)
  })
}

async function fillMentions(house: House, from: string, manifest: Manifest): Promise<void> {
  const ours = new Set(await listMentionTables(house.clickhouse))
  for (const table of manifest.tables.filter(({ engine, name }) => engine === 'clickhouse' && ours.has(name))) {
    let rows = 0
    for await (const page of readLinesOf(join(from, table.file), pageSize)) {
      await house.clickhouse.insert(
        table.name,
        page.map((line) => JSON.parse(line) as object),
      )
      rows += page.length
    }
    refuseLostRows(table, rows)
  }
}

function refuseLostRows(table: Manifest['tables'][number], rows: number): void {
  if (rows === table.rows) return
  throw new UserError(`The backup is damaged: ${basename(table.file)} has ${rows} rows instead of ${table.rows}`, {
    key: 'backup-damaged',
    values: { path: table.file },
  })
}
