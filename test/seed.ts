import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

// Properties draw anew at each run, so that every run tries something no run has tried. Before a merge they draw what they
// drew last time (`HEED_SEED`): red then means that this change broke something, and not that luck has found an old fault.
const { HEED_SEED: seed } = process.env
const { testPath } = expect.getState()
if (seed && testPath && readFileSync(testPath, 'utf8').includes('fast-check')) {
  const fc = await import('fast-check')
  fc.configureGlobal({ seed: Number(seed) })
}
