import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from 'playwright-core'
import { cookiesOf, freePort, signIn, withServer, type Running } from './server.ts'
import { tell, type Row } from './table.ts'

const idleMs = 20_000

/** Starting with data that is there, the memory of a server at rest, and the first screen in a browser that has seen nothing. */
export async function start(): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'heed-bench-'))
  try {
    const port = await freePort()
    const cookie = await withServer(['--demo', '--data', dataDir], port, {}, fillSample)
    const begun = performance.now()
    return await withServer(['--demo', '--data', dataDir], port, {}, async (server) => {
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

/** Signs in by the link that the start prints, and waits until the sample is in. Answers with the cookie of the session. */
async function fillSample({ url, output }: Running): Promise<string> {
  const cookie = await signIn({ url, output })
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
async function firstScreens({ url }: Running, cookie: string): Promise<Row[]> {
  const executablePath = process.env['HEED_BROWSER'] ?? '/usr/bin/chromium'
  const wanted = { what: 'first screen, cold browser cache', wanted: '≤ 1.5', unit: 's' }
  if (!existsSync(executablePath))
    return [{ ...wanted, measured: null, ok: false, note: 'no browser: HEED_BROWSER names none' }]
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    await context.addCookies(cookiesOf(url, cookie))
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

function residentMegabytes(server: ChildProcess): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}

if (import.meta.main) await tell(start)
