import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { findBrokenRules } from './imports.ts'

/** Part of `npm run check`: the import rules of the house, and migrations whose numbers meet. */
const src = join(import.meta.dirname, '../src')
const paths = globSync('**/*.{ts,tsx}', { cwd: src })
const problems = findBrokenRules(new Map(paths.map((path) => [path, readFileSync(join(src, path), 'utf8')])))

const migrations = globSync('**/migrations/*.sql', { cwd: src })
for (const same of Map.groupBy(migrations, numberOf).values()) {
  if (same.length > 1) problems.push(`${same.join(' and ')} have the same number`)
}

/** The number with the engine it is for: "0005.pg.sql". */
function numberOf(path: string): string {
  return basename(path).replace(/^(\d+)-[^.]*/, '$1')
}

for (const problem of problems) console.error(problem)
console.log(
  problems.length === 0 ? `The house rules hold in ${paths.length} files.` : `${problems.length} house rules broken.`,
)
process.exitCode = problems.length === 0 ? 0 : 1
