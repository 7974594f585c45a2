import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../errors.ts'
import { makeDirectory } from './directory.ts'

/** What stands in the lock file of a data directory: who holds it, and where that process listens. */
export type Holder = { pid: number; url: string | null }

export type Lock = Disposable & {
  /** Tells other commands where the holding process can be reached. */
  announce(url: string): void
}

/**
 * Takes the data directory for this process: the embedded engines allow one owner. Throws UserError naming the
 * holder when another living process has it, and when nothing can be written there; a lock left by a killed process is taken over.
 */
export function lockDirectory(dir: string): Lock {
  makeDataDirectory(dir)
  const path = join(dir, 'heed.lock')
  const write = (url: string | null, flag: 'wx' | 'w') =>
    writeFileSync(path, JSON.stringify({ pid: process.pid, url } satisfies Holder), { flag, mode: 0o600 })
  try {
    write(null, 'wx')
  } catch {
    const holder = findHolder(dir)
    if (holder) {
      throw new UserError(`The data directory ${dir} is in use by process ${holder.pid}`, {
        key: 'data-dir-in-use',
        values: { dir, pid: holder.pid, url: holder.url ?? '' },
      })
    }
    write(null, 'w')
  }
  return { announce: (url) => write(url, 'w'), [Symbol.dispose]: () => rmSync(path, { force: true }) }
}

/** Makes the directory where it is missing; throws UserError when nothing can be written there. */
export function makeDataDirectory(dir: string): void {
  const made = makeDirectory(dir)
  if (made.kind === 'usable') return
  throw new UserError(`Nothing can be written in the data directory ${dir} (${made.reason})`, {
    key: 'data-dir-unusable',
    values: { dir, reason: made.reason },
  })
}

/** The living process that holds a data directory; null when none does. */
export function findHolder(dir: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(join(dir, 'heed.lock'), 'utf8')) as Holder
    if (holder.pid === process.pid) return null
    process.kill(holder.pid, 0)
    return holder
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM' ? { pid: 0, url: null } : null
  }
}
