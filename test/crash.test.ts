import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'

const rows = 20_000
const kills = 20
const worker = join(import.meta.dirname, 'crash-worker.ts')

test(
  `an import of ${rows} rows that is killed ${kills} times loses nothing and doubles nothing`,
  { timeout: 300_000 },
  async () => {
    const dir = await mkdtemp(join(tmpdir(), 'heed-crash-'))
    try {
      const file = join(dir, 'rows.jsonl')
      const ids = Array.from({ length: rows }, (_, index) => `row-${index + 1}`)
      await writeFile(file, ids.map(line).join('\n'))

      const acknowledged: number[] = []
      let killed = 0
      for (;;) {
        const ended = await live(join(dir, 'data'), file, momentOfDeath(killed, acknowledged.at(-1) ?? 0), (done) =>
          acknowledged.push(done),
        )
        if (ended === 'finished') break
        killed += 1
      }

      expect(killed).toBeGreaterThanOrEqual(kills)
      expect(acknowledged).toEqual(acknowledged.toSorted((a, b) => a - b))
      const found = await report(join(dir, 'data'))
      expect(found.progress).toMatchObject({ state: 'done', done: rows, saved: rows, failureCount: 0 })
      expect(found.raw).toBe(rows)
      expect(found.ids.toSorted()).toEqual(ids.map((id) => `vk:${id}`).toSorted())
    } finally {
      await rm(dir, { recursive: true, force: true })
    }
  },
)

function line(id: string, index: number): string {
  const at = new Date(Date.UTC(2026, 8, 1) + index * 60_000).toISOString()
  return JSON.stringify({
    id,
    platform: 'vk',
    text: `Запись ${id} о банке и его приложении, ${index * 7919}`,
    posted_at: at,
    author: { id: `a${index % 500}` },
  })
}

type Death = { after: 'start' | 'working'; ms: number } | null

/**
 * Any moment: while the databases open, while the file is stored, within a page, between saving and acknowledging.
 * One that is ahead of its share dies sooner, so that the last death comes before the end on a fast machine too.
 */
function momentOfDeath(killed: number, done: number): Death {
  if (killed >= kills) return null
  if (killed % 4 === 0) return { after: 'start', ms: Math.random() * 3_000 }
  return { after: 'working', ms: Math.random() * (done / rows > killed / kills ? 60 : 900) }
}

async function live(
  data: string,
  file: string,
  death: Death,
  acknowledged: (done: number) => void,
): Promise<'killed' | 'finished'> {
  const child = start(data, 'work', file)
  const die = () => death && setTimeout(() => child.kill('SIGKILL'), death.ms)
  if (death?.after === 'start') die()
  let finished = false
  for await (const text of createInterface({ input: child.stdout! })) {
    if (text === 'working' && death?.after === 'working') die()
    else if (text === 'finished') finished = true
    else if (text.startsWith('done ')) acknowledged(Number(text.slice(5)))
  }
  await exit(child)
  if (finished) return 'finished'
  // Anything but our own shot is a failure of the product.
  expect(child.signalCode).toBe('SIGKILL')
  return 'killed'
}

type Report = {
  progress: { state: string; done: number; saved: number; failureCount: number }
  raw: number
  ids: string[]
}

async function report(data: string): Promise<Report> {
  const child = start(data, 'report', '')
  let text = ''
  for await (const chunk of child.stdout!) text += String(chunk)
  await exit(child)
  return JSON.parse(text) as Report
}

function start(data: string, what: 'work' | 'report', file: string): ChildProcess {
  return spawn(process.execPath, [worker, data, what, file], { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function exit(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve))
}
