import { sql } from 'kysely'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from '../../base/errors.ts'
import { makeDirectory } from '../../base/lock/directory.ts'
import { list } from '../../base/postgres/postgres.ts'
import { keyFile } from '../../base/secrets/key.ts'
import type { House } from '../house.ts'
import { listMentionTables, readMentionTable } from './clickhouse-tables.ts'
import { writeLines, type LinesFile } from './lines-file.ts'
import { checksum, manifestFile, type Manifest } from './manifest.ts'
import { readTables } from './postgres-tables.ts'

/**
 * Writes everything of this installation into a new folder: both engines as lines of JSON, so that any engine can read
 * them, the uploaded files and the key of the secrets. The work comes first and the mentions after it: a cursor in a
 * backup may be behind its mentions, which brings some in again, but never ahead of them.
 */
export async function backUp(
  house: Pick<House, 'config' | 'clickhouse' | 'postgres' | 'now'>,
  to: string,
): Promise<Manifest> {
  if (existsSync(to)) throw new UserError(`${to} is already there`, { key: 'backup-target-taken', values: { dir: to } })
  const partial = `${to}.partial`
  await rm(partial, { recursive: true, force: true })
  const made = makeDirectory(join(partial, 'postgres'), 0o700)
  if (made.kind === 'unusable') {
    throw new UserError(`Nothing can be written in ${dirname(to)} (${made.reason})`, {
      key: 'backup-target-unusable',
      values: { dir: dirname(to), reason: made.reason },
    })
  }
  await mkdir(join(partial, 'clickhouse'), { mode: 0o700 })
  const tables = [...(await backUpWork(house, partial)), ...(await backUpMentions(house, partial))]
  const copied = await copyFiles(house.config.dataDir, partial)
  const paths = [...tables.map(({ file }) => file), ...copied]
  const files = await Promise.all(paths.map(async (path) => ({ path, ...(await checksum(join(partial, path))) })))
  const migrations = (
    await list(house.postgres.db, sql<{ name: string }>`select name from migration order by name`)
  ).map(({ name }) => name)
  const manifest: Manifest = { heed: 1, madeAt: house.now().toISOString(), migrations, tables, files }
  await writeFile(join(partial, manifestFile), JSON.stringify(manifest, null, 2), { mode: 0o600, flush: true })
  // A folder under its final name is whole.
  await rename(partial, to)
  return manifest
}

type Table = Manifest['tables'][number]

async function backUpWork(house: Pick<House, 'postgres'>, dir: string): Promise<Table[]> {
  const open = new Map<string, LinesFile>()
  const fileOf = (table: string) => `postgres/${table}.jsonl.gz`
  await readTables(house.postgres.db, async (table, rows) => {
    const file = open.get(table) ?? writeLines(join(dir, fileOf(table)))
    open.set(table, file)
    await file.add(rows)
  })
  return Promise.all(
    [...open].map(async ([name, file]) => ({
      engine: 'postgres' as const,
      name,
      file: fileOf(name),
      rows: await file.close(),
    })),
  )
}

async function backUpMentions(house: Pick<House, 'clickhouse'>, dir: string): Promise<Table[]> {
  const tables: Table[] = []
  for (const name of await listMentionTables(house.clickhouse)) {
    const file = `clickhouse/${name}.jsonl.gz`
    const lines = writeLines(join(dir, file))
    for await (const rows of readMentionTable(house.clickhouse, name))
      await lines.add(rows.map((row) => JSON.stringify(row)))
    tables.push({ engine: 'clickhouse', name, file, rows: await lines.close() })
  }
  return tables
}

async function copyFiles(dataDir: string, dir: string): Promise<string[]> {
  const uploads = await readdir(join(dataDir, 'uploads')).catch(() => [])
  const paths = [keyFile, ...uploads.filter((name) => name.endsWith('.upload')).map((name) => join('uploads', name))]
  const copied: string[] = []
  for (const path of paths) {
    await mkdir(dirname(join(dir, path)), { recursive: true, mode: 0o700 })
    try {
      await copyFile(join(dataDir, path), join(dir, path))
      copied.push(path)
    } catch (error) {
      // An upload goes once its import has ended, and a key may stand in the environment.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
  }
  return copied
}
