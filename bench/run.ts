import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { calibrate, machine, printTable, type Row } from './table.ts'

/**
 * `npm run bench [-- part …]`: every figure we promise, measured, in one table. Each part runs in a process of its own,
 * so that none pays for the memory of another.
 */
const parts = [
  'match',
  'query',
  'pipeline',
  'understand',
  'search',
  'overview',
  'start',
  'archive',
  'cluster',
  'feeds',
  'jetstream',
  'arrival',
  'suggestions',
  'clocks',
  'shift',
  'both-answer',
  'seen-elsewhere',
  'service',
].filter((part) => existsSync(join(import.meta.dirname, `${part}.ts`)))
const asked = process.argv.slice(2)
const unknown = asked.filter((part) => !parts.includes(part))
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}; the parts are ${parts.join(', ')}`)
  process.exit(2)
}

const ratio = calibrate()
const rows: Row[] = []
for (const part of asked.length > 0 ? asked : parts) {
  console.error(`${part} …`)
  rows.push(...(await measure(part)))
}
printTable(rows)
console.log(`\n${machine()}; fixed work takes ${ratio.toFixed(2)} times as long as on the reference machine`)
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1

function measure(part: string): Promise<Row[]> {
  return new Promise((resolve) => {
    let told: Row[] | null = null
    const child = fork(join(import.meta.dirname, `${part}.ts`))
    child.on('message', (message) => (told = message as Row[]))
    child.on('exit', (code) => {
      const failed: Row = {
        what: part,
        wanted: '',
        measured: null,
        unit: '',
        ok: false,
        note: `ended with status ${code}`,
      }
      resolve(told ?? [failed])
    })
  })
}
