import { execFileSync } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { builtScreens } from '../src/serve/api/static.ts'

/**
 * `npm start [-- --demo …]`: builds the screens when they are missing or older than their source, then serves.
 * Everything after `--` goes to `heed serve`.
 */
const root = join(import.meta.dirname, '..')

if (screensAreStale()) {
  console.error('Building the screens; this takes a moment and happens only when they have changed …')
  // In a process of its own: the builder takes memory that the server would never give back.
  execFileSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
}

process.argv.splice(2, 0, 'serve')
await import('../src/serve/cli/run.ts')

function screensAreStale(): boolean {
  const page = join(builtScreens, 'index.html')
  if (!existsSync(page)) return true
  const builtAt = statSync(page).mtimeMs
  const sources = globSync(['src/web/**/*', 'src/serve/api/shapes/**/*', 'vite.config.ts', 'package-lock.json'], {
    cwd: root,
  })
  return sources.some((path) => statSync(join(root, path)).mtimeMs > builtAt)
}
