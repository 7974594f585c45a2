import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../free-port.ts'

const php = '/usr/bin/php'
const program = '/usr/share/rss-bridge'
/** Why tests against an rss-bridge cannot run here; null when they can. */
export const withoutRssBridge =
  existsSync(php) && existsSync(program) ? null : 'no rss-bridge: apt-get install rss-bridge php-cli'

export type RssBridge = AsyncDisposable & { base: string; start(): Promise<void>; kill(): Promise<void> }

/** A gateway of its own on loopback, with every bridge switched on and no memory of what it read. */
export async function startRssBridge(): Promise<RssBridge> {
  const dir = await mkdtemp(join(tmpdir(), 'heed-rss-bridge-'))
  const site = join(dir, 'site')
  await cp(program, site, {
    ...{ recursive: true, dereference: true },
    filter: (path) => !/\/(cache|whitelist\.txt|config\.ini\.php)$/.test(path),
  })
  await writeFile(join(site, 'whitelist.txt'), '*')
  await mkdir(join(site, 'cache'), { recursive: true })
  // Debian's configuration is read by its owner only, and remembers what it read for an hour.
  await writeFile(join(site, 'config.ini.php'), '[cache]\ncustom_timeout = true\n')
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  let server: ChildProcess | null = null
  const start = async () => {
    server = spawn(php, ['-S', `127.0.0.1:${port}`, '-t', site], { stdio: 'ignore' })
    for (let tries = 0; tries < 600; tries += 1) {
      if ((await fetch(base).catch(() => null)) !== null) return
      await sleep(50)
    }
    throw new Error('rss-bridge did not start')
  }
  const kill = async () => {
    if (server === null || server.exitCode !== null || server.signalCode !== null) return
    server.kill('SIGKILL')
    await once(server, 'exit')
  }
  await start()
  return {
    base,
    start,
    kill,
    [Symbol.asyncDispose]: async () => {
      await kill()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
