import { randomBytes } from 'node:crypto'
import { chmod, link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../errors.ts'

/** The name of the key's file inside the data directory; a backup without it cannot open its secrets. */
export const keyFile = 'secret.key'

/**
 * The key of this installation: read from the data directory, or made there once. The file is readable by its owner
 * only, and two processes that start together get the same key. A damaged file is never replaced, because the
 * secrets sealed with the key would be lost.
 */
export async function loadOrCreateKey(dataDir: string): Promise<Uint8Array> {
  const path = join(dataDir, keyFile)
  const found = await readKey(path)
  if (found) return found
  await mkdir(dataDir, { recursive: true })
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    await writeFile(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
    // A link appears whole or not at all and fails when another process was first.
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(draft, { force: true })
  }
  const made = await readKey(path)
  if (!made) throw new Error(`The key ${path} vanished while it was made`)
  return made
}

/** Reads a key from a setting: 32 bytes in base64 or in hexadecimal. */
export function parseKey(text: string): Uint8Array {
  const written = text.trim()
  const bytes = /^[0-9a-f]{64}$/i.test(written) ? Buffer.from(written, 'hex') : Buffer.from(written, 'base64')
  if (bytes.byteLength === 32) return bytes
  throw new UserError('The key of the secrets must be 32 bytes, written in base64 or in hexadecimal', {
    key: 'secrets.key-unreadable',
  })
}

async function readKey(path: string): Promise<Uint8Array | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  // A copy or a backup tool may have opened it to others.
  if (((await stat(path)).mode & 0o077) !== 0) await chmod(path, 0o600)
  return parseKey(text)
}
