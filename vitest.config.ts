import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: ['test/seed.ts'],
    // The embedded engines allow one owner per process and are heavy to open, so a file is a process and few run at once.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for comes in a moment, except on a machine with much else to do.
    expect: { poll: { timeout: 20_000 } },
  },
})
