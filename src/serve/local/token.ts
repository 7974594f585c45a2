import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the running server takes commands of whoever may read its data directory. */
export type LocalDoor = { port: number; token: string }

const file = 'local.json'

export function announceDoor(dataDir: string, door: LocalDoor): Disposable {
  const path = join(dataDir, file)
  rmSync(path, { force: true })
  writeFileSync(path, JSON.stringify(door), { mode: 0o600, flag: 'wx' })
  return { [Symbol.dispose]: () => rmSync(path, { force: true }) }
}

export function findDoor(dataDir: string): LocalDoor | null {
  try {
    return JSON.parse(readFileSync(join(dataDir, file), 'utf8')) as LocalDoor
  } catch {
    return null
  }
}
