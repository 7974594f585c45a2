import { failed } from './command.ts'
import { main } from './main.ts'

// Whoever reads us may stop early (`heed search … | head`); that is no failure worth a word.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : failed))

const language = /^ru/i.test(Intl.DateTimeFormat().resolvedOptions().locale) ? 'ru' : 'en'

try {
  const { argv, stdin, stdout, stderr, env } = process
  process.exitCode = await main(argv.slice(2), { language, stdin, stdout, stderr, env })
} catch (error) {
  process.stderr.write(`heed: ${error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = failed
}
