import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

// A backup and the directory that it restores are about the engines inside the process, in both passes of the suite.
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => name !== 'DATABASE_URL' && name !== 'CLICKHOUSE_URL'),
)
const heedFile = join(import.meta.dirname, '../bin/heed.mjs')
let dir = ''
let running: ChildProcess | null = null
const path = (name: string) => join(dir, name)

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'heed-commands-'))
  await writeFile(
    path('rows.jsonl'),
    Array.from({ length: 500 }, (_, index) =>
      JSON.stringify({ id: `r${index}`, platform: 'vk', text: `Запись ${index}` }),
    ).join('\n'),
  )
})
afterAll(async () => {
  running?.kill('SIGKILL')
  await rm(dir, { recursive: true, force: true })
})

test(
  'a server runs with the sample; import, export and backup reach it; the backup restores to the same',
  { timeout: 240_000 },
  async () => {
    const server = await start('data')
    const imported = await heed(['import', path('rows.jsonl'), '--project', '1', '--keep-all', '--data', path('data')])
    expect(JSON.parse(imported.out)).toEqual({ state: 'done', rows: 500, saved: 500, unmatched: 0, failed: 0 })
    expect((await heed(['import', path('rows.jsonl'), '--project', 'No such', '--data', path('data')])).code).toBe(1)
    expect((await stat(path('data/local.json'))).mode & 0o777).toBe(0o600)
    expect((await heed(['backup', path('backup'), '--data', path('data')])).code).toBe(0)
    const before = await exported('data')
    expect(before.lines).toBeGreaterThan(1000)
    expect((await heed(['doctor', '--data', path('data')])).out).toContain(`${server.pid}`)
    await server.stop()

    expect((await heed(['restore', path('backup'), '--data', path('restored')])).code).toBe(0)
    expect(await exported('restored')).toEqual(before)
    const doctor = await heed(['doctor', '--data', path('restored')])
    expect([doctor.code, doctor.out.includes('✗')]).toEqual([0, false])
    expect((await heed(['restore', path('backup'), '--data', path('restored')])).code).toBe(1)
    await appendFile(path('backup/secret.key'), 'x')
    const damaged = await heed(['restore', path('backup'), '--data', path('other')])
    expect([damaged.code, damaged.err]).toEqual([1, expect.stringContaining('secret.key')])
  },
)

test('a reader that leaves early is no failure', async () => {
  const posts = Array.from({ length: 50_000 }, (_, index) => JSON.stringify({ id: index, text: 'банк' })).join('\n')
  await writeFile(path('many.jsonl'), posts)
  const child = spawn(process.execPath, [heedFile, 'enrich', '--only', 'media', path('many.jsonl')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let err = ''
  child.stderr.on('data', (chunk) => (err += String(chunk)))
  child.stdout.once('data', () => child.stdout.destroy())
  const code = await new Promise((resolve) => child.once('exit', resolve))
  expect([code, err]).toEqual([0, ''])
})

async function start(data: string): Promise<{ pid: number; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [heedFile, 'serve', '--demo', '--port', '0', '--data', path(data)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  })
  running = child
  await once(child.stdout, 'data')
  // The sample comes in behind the scenes; its end is what this test waits for.
  for (let lines = -1, last = -2; lines !== last || lines < 1000; last = lines, lines = (await exported(data)).lines)
    await new Promise((resolve) => setTimeout(resolve, 2_000))
  return {
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve))
      expect(child.exitCode).toBe(0)
    },
  }
}

async function exported(data: string): Promise<{ lines: number; hash: string }> {
  const out = path(`${crypto.randomUUID()}.jsonl`)
  const { code } = await heed(['export', '--project', '1', '--data', path(data), '--out', out])
  if (code !== 0) return { lines: 0, hash: '' }
  const lines = (await readFile(out, 'utf8')).split('\n').filter((line) => line !== '')
  return { lines: lines.length, hash: createHash('sha256').update(lines.toSorted().join('\n')).digest('hex') }
}

async function heed(words: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [heedFile, ...words], { env }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
}
