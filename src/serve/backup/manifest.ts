import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../../base/errors.ts'

/** What a backup holds, with a checksum of every file, so that a damaged one is not restored. */
export type Manifest = {
  heed: 1
  madeAt: string
  /** The migrations the data was written under; restoring needs them all. */
  migrations: string[]
  tables: { engine: 'postgres' | 'clickhouse'; name: string; file: string; rows: number }[]
  files: { path: string; bytes: number; sha256: string }[]
}

export const manifestFile = 'manifest.json'

export async function checksum(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return { bytes: (await stat(path)).size, sha256: hash.digest('hex') }
}

/** Reads the manifest of a backup and compares every file with it. Throws UserError naming what is wrong. */
export async function verifyBackup(dir: string): Promise<Manifest> {
  const manifest = await readManifest(dir)
  for (const { path, bytes, sha256 } of manifest.files) {
    const found = await checksum(join(dir, path)).catch(() => null)
    if (found?.bytes !== bytes || found.sha256 !== sha256) {
      throw new UserError(`The backup is damaged: ${path} is not what it was`, {
        key: 'backup-damaged',
        values: { path },
      })
    }
  }
  return manifest
}

async function readManifest(dir: string): Promise<Manifest> {
  try {
    const manifest = JSON.parse(await readFile(join(dir, manifestFile), 'utf8')) as Manifest
    if (manifest.heed === 1) return manifest
  } catch {
    // Told below: a folder without a readable manifest is no backup.
  }
  throw new UserError(`${dir} is not a backup of Heed`, { key: 'backup-unreadable', values: { dir } })
}
