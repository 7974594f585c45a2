import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Missing: it may be made. Unusable: `reason` is the code of the system, like EACCES. */
export type Standing = { kind: 'usable' } | { kind: 'missing' } | { kind: 'unusable'; reason: string }

/** Whether something can be written in a directory. Changes nothing. */
export function lookAtDirectory(dir: string): Standing {
  try {
    const there = nearest(dir)
    accessSync(there, constants.W_OK | constants.X_OK)
    return { kind: there === dir ? 'usable' : 'missing' }
  } catch (error) {
    return { kind: 'unusable', reason: reasonOf(error) }
  }
}

/**
 * Makes a directory with all that lead to it. Step by step, because Node's own recursive mkdir never comes back
 * where a parent takes no directories (/proc).
 */
export function makeDirectory(dir: string, mode = 0o777): Exclude<Standing, { kind: 'missing' }> {
  try {
    const there = nearest(dir)
    const missing: string[] = []
    for (let path = dir; path !== there; path = dirname(path)) missing.unshift(path)
    for (const path of missing) makeOne(path, mode)
    accessSync(dir, constants.W_OK | constants.X_OK)
    return { kind: 'usable' }
  } catch (error) {
    return { kind: 'unusable', reason: reasonOf(error) }
  }
}

/** The directory, or the nearest one above it that is there; throws where something else stands in the way. */
function nearest(dir: string): string {
  const found = statSync(dir, { throwIfNoEntry: false })
  if (found === undefined) return nearest(dirname(dir))
  if (!found.isDirectory()) throw Object.assign(new Error(`${dir} is no directory`), { code: 'ENOTDIR' })
  return dir
}

function makeOne(path: string, mode: number): void {
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    // Another process may make the same one at this moment.
    if (reasonOf(error) !== 'EEXIST' || !statSync(path).isDirectory()) throw error
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
