import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startVitest, type TestModule } from 'vitest/node'

/**
 * `npm test [-- part of a file name …]`: the whole suite on the embedded engines, and what uses an engine once more
 * on servers when DATABASE_URL names a PostgreSQL that may create databases. Ends with what could not be run and why, and one line
 * that counts both passes together.
 */
const filters = process.argv.slice(2)
const { DATABASE_URL: databaseUrl } = process.env

type Outcome = { passed: number; failed: string[]; skipped: { test: string; reason: string }[] }

async function run(): Promise<void> {
  delete process.env['DATABASE_URL']
  delete process.env['HEED_TEST_CLICKHOUSE_URL']
  const outcomes = [await pass('On the embedded engines', [])]
  if (databaseUrl) {
    await using clickhouse = await startClickhouse()
    process.env['DATABASE_URL'] = databaseUrl
    process.env['HEED_TEST_CLICKHOUSE_URL'] = clickhouse.url
    // The screens ask the same questions whatever answers them, so a browser tries them once; and what other programs
    // say is the same whatever keeps it, except where we are killed while we answer them.
    const once = ['test/browser/**', 'test/peers/!(*-kill).test.ts']
    outcomes.push(await pass('On a PostgreSQL server and a ClickHouse address', [...once, ...testsWithoutEngines()]))
  } else {
    outcomes.push({
      passed: 0,
      failed: [],
      skipped: [{ test: 'the whole suite on servers', reason: 'no PostgreSQL server: DATABASE_URL is not set' }],
    })
  }
  const all = outcomes.reduce((a, b) => ({
    passed: a.passed + b.passed,
    failed: [...a.failed, ...b.failed],
    skipped: [...a.skipped, ...b.skipped],
  }))
  tell(all)
  process.exitCode = all.failed.length > 0 || all.passed === 0 ? 1 : 0
}

async function pass(title: string, without: string[]): Promise<Outcome> {
  console.log(`\n${title}`)
  const exclude = ['**/node_modules/**', ...without]
  const vitest = await startVitest('test', filters, { watch: false, passWithNoTests: true, exclude })
  const outcome: Outcome = { passed: 0, failed: vitest.state.getUnhandledErrors().map(messageOf), skipped: [] }
  for (const module of vitest.state.getTestModules()) count(module, outcome)
  await vitest.close()
  return outcome
}

/** Tests beside the code that open neither engine, themselves or by what they import of `test/`: a server changes nothing for them. */
function testsWithoutEngines(): string[] {
  const root = join(import.meta.dirname, '..')
  const openers = /from '[./]+\/test\/(?:collecting|database|heed|house|migrated)\.ts'/
  return globSync('src/**/*.test.ts', { cwd: root }).filter(
    (path) => !openers.test(readFileSync(join(root, path), 'utf8')),
  )
}

function count(module: TestModule, outcome: Outcome): void {
  const before = outcome.failed.length
  for (const test of module.children.allTests()) {
    const result = test.result()
    if (result.state === 'passed') outcome.passed++
    else if (result.state === 'failed')
      outcome.failed.push(`${module.relativeModuleId} > ${test.fullName}\n${result.errors.map(messageOf).join('\n')}`)
    else
      outcome.skipped.push({
        test: test.fullName,
        reason: (result.state === 'skipped' && result.note) || 'no reason given',
      })
  }
  // A file that cannot be loaded or prepared has no failed test, and yet it failed.
  if (!module.ok() && outcome.failed.length === before)
    outcome.failed.push(`${module.relativeModuleId}\n${module.errors().map(messageOf).join('\n')}`)
}

/** Of a counterexample all that is needed to see it again, and not the page of stack behind it. */
const messageOf = (error: unknown): string =>
  (error instanceof Object && 'message' in error ? String(error.message) : String(error)).slice(0, 4_000)

function tell({ passed, failed, skipped }: Outcome): void {
  if (skipped.length > 0) console.log('\nNot run:')
  for (const [reason, tests] of Map.groupBy(skipped, (one) => one.reason)) {
    console.log(`  ${reason}`)
    for (const { test } of tests) console.log(`    ${test}`)
  }
  // Said once more where a log that was cut still has it.
  if (failed.length > 0) console.log(`\nFailed:\n${failed.join('\n\n')}`)
  console.log(`\n${passed} passed, ${failed.length} failed, ${skipped.length} skipped`)
}

async function startClickhouse(): Promise<AsyncDisposable & { url: string }> {
  const server = spawn(process.execPath, [join(import.meta.dirname, '../test/clickhouse-server.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = await once(server.stdout, 'data')
  return {
    url: String(line).trim(),
    [Symbol.asyncDispose]: async () => {
      server.stdin.end()
      await once(server, 'exit')
    },
  }
}

await run()
