import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createServer } from 'vite'

/**
 * `npm run dev [-- --demo …]`: the server, started again at every change of its source, and the screens, changed in
 * place. Everything after `--` goes to `heed serve`.
 */
const root = join(import.meta.dirname, '..')

const server = spawn(
  process.execPath,
  [
    '--watch',
    '--watch-preserve-output',
    '--disable-warning=ExperimentalWarning',
    join(root, 'bin/heed.mjs'),
    'serve',
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
)
const screens = await createServer({ root: join(root, 'src/web'), configFile: join(root, 'vite.config.ts') })
await screens.listen()
console.error(`The screens, changing as you write them: ${screens.resolvedUrls?.local[0] ?? ''}`)

server.on('exit', (code) => void screens.close().then(() => process.exit(code ?? 1)))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal))
