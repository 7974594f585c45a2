import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { findProgress, type Progress } from '../../base/progress/progress.ts'
import { hasText, type Mapping } from '../connectors/files/mapping.ts'
import { beginRun } from './run.ts'
import type { Locale } from './told.ts'

/** An uploaded file, from the upload to its last row. */
export type Import = {
  id: number
  projectId: number
  /** What the person calls it. */
  file: string
  storedAs: string
  bytes: number
  mapping: Mapping | null
  keepAll: boolean
  locale: Locale
  /** Of the project; dates that name no zone are meant in it. */
  timeZone: string
  progressId: string | null
  collectedAt: Date | null
  nextRow: number
}

/** Keeps the bytes under the data directory. Throws UserError when there are more than `maxBytes`. */
export async function storeUpload(
  db: Database,
  dataDir: string,
  project: number,
  upload: { file: string; locale: Locale; bytes: AsyncIterable<Uint8Array>; maxBytes: number },
): Promise<Import> {
  const folder = join(dataDir, 'uploads')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const storedAs = `${crypto.randomUUID()}.upload`
  const partial = join(folder, `${storedAs}.partial`)
  try {
    // A file under its final name is whole and on the disk: an import begins long after the upload was answered.
    await pipeline(
      Readable.from(upload.bytes),
      refuseBeyond(upload.maxBytes),
      createWriteStream(partial, { mode: 0o600, flush: true }),
    )
    await rename(partial, join(folder, storedAs))
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
  const { size } = await stat(join(folder, storedAs))
  const row = must(
    await first(
      db,
      sql<{ id: number }>`
        insert into import (project_id, file, stored_as, bytes, locale)
        values (${project}, ${upload.file}, ${storedAs}, ${size}, ${upload.locale})
        returning id`,
    ),
  )
  return must(await findImport(db, row.id))
}

function refuseBeyond(maxBytes: number): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Uint8Array, _encoding, pass) {
      bytes += chunk.byteLength
      if (bytes <= maxBytes) pass(null, chunk)
      else
        pass(
          new UserError('The file is too large', {
            key: 'upload-too-large',
            values: { megabytes: Math.floor(maxBytes / 1024 / 1024) },
            field: 'file',
          }),
        )
    },
  })
}

export function pathOf(dataDir: string, file: Import): string {
  return join(dataDir, 'uploads', file.storedAs)
}

export async function findImport(db: Database, id: number): Promise<Import | null> {
  return first(
    db,
    sql<Import>`select i.*, p.time_zone from import i join project p on p.id = i.project_id where i.id = ${id}`,
  )
}

/** Throws NotFound when this project has no such import. */
export async function getImport(db: Database, project: number, id: number): Promise<Import> {
  const found = await findImport(db, id)
  if (found?.projectId !== project) throw new NotFound()
  return found
}

/** Nothing came of it: the file could not be read at all. */
export async function removeUpload(db: Database, dataDir: string, file: Import): Promise<void> {
  await sql`delete from import where id = ${file.id}`.execute(db)
  await rm(pathOf(dataDir, file), { force: true })
}

/** How the file is to be read. Throws UserError when it has begun already: its first rows were read otherwise. */
export async function saveMapping(db: Database, id: number, mapping: Mapping, keepAll: boolean): Promise<void> {
  const saved = await first(
    db,
    sql`
      update import
      set mapping = ${JSON.stringify(mapping)}::jsonb, keep_all = ${keepAll}
      where id = ${id} and progress_id is null
      returning id`,
  )
  if (!saved) throw new UserError('The import has begun already', { key: 'import-begun' })
}

/** Begins once: asking again shows the same progress. Throws UserError without a column for the text. */
export async function startImport(
  db: Database,
  file: Import,
  options: { maxRows: number; now: Date },
): Promise<Progress> {
  if (!file.mapping || !hasText(file.mapping)) {
    throw new UserError('No column was recognised as the text; choose it, or name it “text” in the file', {
      key: 'file.no-text-column',
      field: 'columns',
    })
  }
  return inTransaction(db, async (tx) => {
    const row = await first(
      tx,
      sql<{ progressId: string | null }>`select progress_id from import where id = ${file.id} for update`,
    )
    // It waited too long and was removed a moment ago.
    if (!row) throw new NotFound()
    if (row.progressId !== null) return must(await findProgress(tx, file.projectId, row.progressId), 'progress')
    const data = { import: file.id, maxRows: options.maxRows, locale: file.locale }
    const progress = await beginRun(tx, file.projectId, { kind: 'import', title: file.file, data })
    await sql`update import set progress_id = ${progress.id}, collected_at = ${options.now}, next_row = 1 where id = ${file.id}`.execute(
      tx,
    )
    return progress
  })
}

/** The rows before `to` are saved. Pages come in order: a page that does not begin where the last one ended is our bug. */
export async function moveOn(tx: Database, id: number, from: number, to: number): Promise<void> {
  const moved = await first(
    tx,
    sql`update import set next_row = ${to} where id = ${id} and next_row = ${from} returning id`,
  )
  must(moved, `page of import ${id} at row ${from}`)
}
