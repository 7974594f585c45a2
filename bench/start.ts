import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from 'playwright-core'
import { tell, type Row } from './table.ts'

const root = join(import.meta.dirname, '..')
const idleMs = 20_000

/** Starting with data that is there, the memory of a server at rest, and the first screen in a browser that has seen nothing. */
export async function start(): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'heed-bench-'))
  try {
    const port = await freePort()
    const cookie = await withServer(dataDir, port, fillSample)
    const begun = performance.now()
    return await withServer(dataDir, port, async (server) => {
      const seconds = (performance.now() - begun) / 1000
      const screens = await firstScreens(server, cookie)
      await sleep(idleMs)
      const megabytes = residentMegabytes(server.process)
      return [
        { what: 'start with data to the first answer', wanted: '≤ 4', measured: seconds, unit: 's', ok: seconds <= 4 },
        {
          what: 'memory with the sample, at rest',
          wanted: '≤ 700',
          measured: megabytes,
          unit: 'MB',
          ok: megabytes <= 700,
        },
        ...screens,
      ]
    })
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

type Server = { process: ChildProcess; url: string; output: () => string }

async function withServer<T>(dataDir: string, port: number, work: (server: Server) => Promise<T>): Promise<T> {
  const url = `http://127.0.0.1:${port}`
  const server = spawn(
    process.execPath,
    [join(root, 'bin/heed.mjs'), 'serve', '--demo', '--data', dataDir, '--port', String(port)],
    {
      env: { ...process.env, HEED_LOG: 'error' },
    },
  )
  let output = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (output += chunk))
  try {
    while (!(await answers(url))) {
      if (server.exitCode !== null) throw new Error(`The server ended: ${output}`)
      await sleep(20)
    }
    return await work({ process: server, url, output: () => output })
  } finally {
    server.kill('SIGTERM')
    if (server.exitCode === null) await once(server, 'exit')
  }
}

/** Signs in by the link that the start prints, and waits until the sample is in. Answers with the cookie of the session. */
async function fillSample({ url, output }: Server): Promise<string> {
  while (!/\/sign-in\/[\w-]+/.test(output())) await sleep(50)
  const token = /\/sign-in\/([\w-]+)/.exec(output())?.[1]
  const headers = { origin: url, 'content-type': 'application/json' }
  const entered = await fetch(`${url}/api/sign-in/link`, { method: 'POST', headers, body: JSON.stringify({ token }) })
  const cookie = entered.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const ask = async (path: string) =>
    (await (await fetch(`${url}/api${path}`, { headers: { cookie } })).json()) as unknown
  const { projects } = (await ask('/me')) as { projects: { id: number }[] }
  for (;;) {
    const { items } = (await ask(`/projects/${projects[0]?.id}/progress`)) as {
      items: { kind: string; state: string }[]
    }
    const { state } = items.find(({ kind }) => kind === 'sample') ?? { state: 'waiting' }
    if (state === 'done') return cookie
    if (state === 'failed' || state === 'cancelled') throw new Error(`The sample is ${state}: ${output()}`)
    await sleep(200)
  }
}

/** From the address to a drawn screen, each in a browser profile of its own that has seen nothing. */
async function firstScreens({ url }: Server, cookie: string): Promise<Row[]> {
  const executablePath = process.env['HEED_BROWSER'] ?? '/usr/bin/chromium'
  const wanted = { what: 'first screen, cold browser cache', wanted: '≤ 1.5', unit: 's' }
  if (!existsSync(executablePath))
    return [{ ...wanted, measured: null, ok: false, note: 'no browser: HEED_BROWSER names none' }]
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const cookies = cookie
      .split('; ')
      .map((one) => ({ url, name: one.slice(0, one.indexOf('=')), value: one.slice(one.indexOf('=') + 1) }))
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    await context.addCookies(cookies)
    const page = await context.newPage()
    const scripts: Promise<number>[] = []
    page.on('requestfinished', (request) => {
      if (new URL(request.url()).pathname.endsWith('.js'))
        scripts.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
    })
    await page.goto(url, { waitUntil: 'commit' })
    const drawn = await page.waitForFunction(() => {
      const main = document.querySelector<HTMLElement>('#main')
      return main && main.innerText.length > 40 && !main.querySelector('[role=status][aria-label]')
        ? performance.now()
        : false
    })
    const seconds = Number(await drawn.jsonValue()) / 1000
    const kilobytes = (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0) / 1000
    return [
      { ...wanted, measured: seconds, ok: seconds <= 1.5 },
      {
        what: 'JavaScript of the first screen, compressed',
        wanted: '≤ 350',
        measured: kilobytes,
        unit: 'kB',
        ok: kilobytes > 0 && kilobytes <= 350,
      },
    ]
  } finally {
    await browser.close()
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/api/health`)).ok
  } catch {
    return false
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

function residentMegabytes(server: ChildProcess): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}

if (import.meta.main) await tell(start)
