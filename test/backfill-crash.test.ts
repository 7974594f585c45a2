import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'

const rows = 10_000
const kills = 2
const worker = join(import.meta.dirname, 'backfill-crash-worker.ts')

test(`a run over the archive that is killed ${kills} times is taken up again and finds each post once`, async () => {
  const dir = await mkdtemp(join(tmpdir(), 'heed-backfill-'))
  try {
    for (let killed = 0; killed < kills; killed++) {
      const said = await live(dir, (line, kill) => {
        // In the middle of its pages, whenever that is.
        if (/^done [1-9]/.test(line)) setTimeout(kill, Math.random() * 100)
      })
      expect(said).toContainEqual(expect.stringMatching(/^done [1-9]/))
    }
    const found = (await live(dir, () => {})).at(-1)!
    const { progress, topic, ids } = JSON.parse(found.slice('found '.length))
    expect(progress).toMatchObject({ state: 'done', done: progress.total })
    expect(topic).toMatchObject({ searchedVersion: 1, backfill: null })
    expect(ids.toSorted()).toEqual(Array.from({ length: rows / 2 }, (_, n) => `vk:${n * 2}`).toSorted())
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}, 300_000)

/** What a process says until it ends or is killed. */
async function live(dir: string, hear: (line: string, kill: () => void) => void): Promise<string[]> {
  const args = [worker, join(dir, 'data'), String(rows)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const said: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line)
    hear(line, () => child.kill('SIGKILL'))
  }
  await ended
  expect([0, null]).toContain(child.exitCode)
  return said
}
