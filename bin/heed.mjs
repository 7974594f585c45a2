#!/usr/bin/env node
// Starts Heed on the Node it brings along, whatever Node the machine has. Plain JavaScript, so that an old one can read it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const wanted = 24
const main = new URL('../src/serve/cli/run.ts', import.meta.url)

if (Number(process.versions.node.split('.')[0]) >= wanted) {
  await import(main.href)
} else {
  const own = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))
  if (!existsSync(own)) {
    const russian = /^ru/.test(Intl.DateTimeFormat().resolvedOptions().locale)
    console.error(
      russian
        ? `Нужен Node ${wanted} или новее, а это ${process.versions.node}. Выполните npm install: он принесёт нужный.`
        : `Heed needs Node ${wanted} or newer, and this is ${process.versions.node}. Run npm install: it brings the right one along.`,
    )
    process.exit(1)
  }
  const child = spawn(
    own,
    ['--disable-warning=ExperimentalWarning', fileURLToPath(import.meta.url), ...process.argv.slice(2)],
    { stdio: 'inherit' },
  )
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) {
    // Ctrl-C on a terminal reaches the child as well, and a second one would end it at once.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)))
  }
  child.on('error', (error) => {
    console.error(error.message)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}
