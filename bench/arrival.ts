import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type Page } from 'playwright-core'
import { startBluesky, withoutBluesky, type Person } from '../test/peers/bluesky-network.ts'
import { askAs, cookiesOf, freePort, signIn, withServer, type Running } from './server.ts'
import { tell, type Row } from './table.ts'

const screens = join(import.meta.dirname, '../dist/web/index.html')
const posts = 100
const mostSeconds = 3

/**
 * From the moment before a post is handed to a Bluesky network of our own to the moment when an open inbox has told of it,
 * its reader has pressed the key for new mentions, and its text stands there.
 */
export async function arrival(): Promise<Row[]> {
  const executablePath = process.env['HEED_BROWSER'] ?? '/usr/bin/chromium'
  const wanted = { wanted: `≤ ${mostSeconds}`, unit: 's' }
  const missing =
    withoutBluesky ??
    (existsSync(executablePath) ? null : 'no browser: HEED_BROWSER names none') ??
    (existsSync(screens) ? null : 'no screens: npm run build makes them')
  const p95 = 'post on Bluesky to the mention on an open screen, p95'
  if (missing !== null) return [{ what: p95, ...wanted, measured: null, ok: false, note: missing }]

  const dataDir = mkdtempSync(join(tmpdir(), 'heed-bench-'))
  try {
    await using network = await startBluesky()
    const anna = await network.join('anna.test')
    const port = await freePort()
    const env = { HEED_ALLOW_PRIVATE: '1' }
    const seconds = await withServer(['--data', dataDir], port, env, async (server) => {
      const cookie = await signIn(server)
      const project = await setUp(server, cookie, network.jetstream)
      const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
      try {
        const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
        await context.addCookies(cookiesOf(server.url, cookie))
        const page = await context.newPage()
        await page.goto(`${server.url}/projects/${project}/inbox`)
        await untilListening(anna, page)
        return await measure(anna, page)
      } finally {
        await browser.close()
      }
    })
    const at = (share: number) => seconds.toSorted((a, b) => a - b)[Math.ceil(share * seconds.length) - 1] ?? 0
    return [
      {
        what: 'post on Bluesky to the mention on an open screen, p50',
        ...wanted,
        measured: at(0.5),
        ok: at(0.5) <= mostSeconds,
      },
      { what: p95, ...wanted, measured: at(0.95), ok: at(0.95) <= mostSeconds },
    ]
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** A project that listens to the network for one word. */
async function setUp(server: Running, cookie: string, jetstream: string): Promise<number> {
  const ask = askAs(server, cookie)
  const { id } = await ask<{ id: number }>('POST', '/projects', { name: 'Owl Bank', timeZone: 'UTC' })
  await ask('POST', `/projects/${id}/topics`, { name: 'Owl Bank', query: 'owlbank' })
  await ask('POST', `/projects/${id}/sources`, { platform: 'bluesky', url: jetstream })
  return id
}

/** A stream begins at its present, so what was posted before it is connected is not meant to come. */
async function untilListening(anna: Person, page: Page): Promise<void> {
  const article = page.locator('article').first()
  const deadline = Date.now() + 120_000
  let last = ''
  for (let n = 0; !(await article.isVisible()); n += 1) {
    if (Date.now() > deadline)
      throw new Error(`No post came within two minutes, on a screen that says: ${await page.innerText('body')}`)
    last = `owlbank hello ${n}`
    await anna.write(last)
    await sleep(1000)
  }
  // What was written meanwhile is taken in, so that the button tells of the next one only.
  while (!(await page.getByText(last).first().isVisible())) {
    await page.reload()
    await article.waitFor()
  }
}

/** Seconds of each post, one after the other, with a pause of up to two seconds so that no rhythm of ours meets theirs. */
async function measure(anna: Person, page: Page): Promise<number[]> {
  const seconds: number[] = []
  for (let n = 0; n < posts; n += 1) {
    await sleep(Math.random() * 2000)
    const text = `owlbank has lost my card ${n} ${crypto.randomUUID()}`
    const begun = performance.now()
    await anna.write(text)
    await page.getByRole('button', { name: /^\d+ (new|нов)/ }).waitFor()
    await page.keyboard.press('n')
    await page.getByText(text).first().waitFor()
    seconds.push((performance.now() - begun) / 1000)
  }
  return seconds
}

if (import.meta.main) await tell(arrival)
