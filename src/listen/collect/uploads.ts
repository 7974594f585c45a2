import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { list } from '../../base/postgres/postgres.ts'
import type { CollectWorld } from './world.ts'

const hourMs = 3_600_000

/**
 * Removes the uploaded files that nobody needs any more: their import has ended, was never begun within
 * `keepUploadsHours`, or they belong to none (a crash during the upload, a project that was removed). Doing it again,
 * or in the middle of a crash, harms nothing: what is left over goes the next time.
 */
export async function sweepUploads({ db, dataDir, keepUploadsHours, now }: CollectWorld): Promise<void> {
  const folder = join(dataDir, 'uploads')
  const files = await readdir(folder).catch(() => [])
  const before = new Date(now().getTime() - keepUploadsHours * hourMs)
  // An import that begins at this moment holds its row, and whoever comes second finds it gone or begun.
  const forgotten = await list(
    db,
    sql<{ storedAs: string }>`
      delete from import where progress_id is null and uploaded_at <= ${before} returning stored_as`,
  )
  if (files.length === 0) return
  const imports = await list(
    db,
    sql<{ storedAs: string; ended: boolean }>`
      select i.stored_as, p.ended_at is not null as ended
      from import i
      left join progress p on p.id = i.progress_id`,
  )
  const known = new Map(imports.map(({ storedAs, ended }) => [storedAs, ended]))
  for (const { storedAs } of forgotten) known.set(storedAs, true)
  for (const file of files) {
    const ended = known.get(file)
    if (ended === false) continue
    const path = join(folder, file)
    // One that belongs to none may be on its way to its row.
    if (ended === undefined && !(await isOlder(path, before))) continue
    await rm(path, { force: true })
  }
}

async function isOlder(path: string, than: Date): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found !== null && found.mtime <= than
}
