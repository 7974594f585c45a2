import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { chromium, type Browser, type BrowserContextOptions, type Page, type Request } from 'playwright-core'
import { vi } from 'vitest'
import { getFirstHead } from '../../src/base/team/first-head.ts'
import { ensureFirstHead } from '../../src/base/team/sign-in-link.ts'
import { startCollecting } from '../../src/listen/collect/collector.ts'
import { startSample } from '../../src/listen/collect/sample.ts'
import { collectWorld } from '../../src/listen/collect/world.ts'
import { createApi } from '../../src/serve/api/api.ts'
import { listen } from '../../src/serve/api/server.ts'
import { openTestHouse, type TestHouse } from '../house.ts'

// A browser on a busy machine is slow, and everything here waits for what it asks about; expect.poll does so everywhere.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 240_000 })
const patienceMs = 30_000

const browserPath = process.env['HEED_BROWSER'] ?? '/usr/bin/chromium'

/** Why screens cannot be tried here; null when they can. */
export const noBrowser = existsSync(browserPath) ? null : `no browser at ${browserPath}: HEED_BROWSER names one`

export type Product = AsyncDisposable & {
  house: TestHouse
  url: string
  browser: Browser
  /** The address of the first sign-in, as the start prints it. */
  link(): Promise<string>
}

/** The whole product on a port of its own, its screens built freshly, and a browser to use it with. */
export async function openProduct(): Promise<Product> {
  await using opened = new AsyncDisposableStack()
  const screens = await mkdtemp(join(tmpdir(), 'heed-screens-'))
  opened.defer(() => rm(screens, { recursive: true, force: true }))
  const root = join(import.meta.dirname, '../..')
  const build = [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error', '--outDir', screens]
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const [house] = await Promise.all([
    openTestHouse({ publicUrl: url }),
    promisify(execFile)(process.execPath, build, { cwd: root }),
  ])
  opened.use(house)
  opened.use(await startCollecting(collectWorld(house), { onlyProcess: true }))
  const listening = await listen(await createApi(house, { screens }), { host: '127.0.0.1', port }, 0)
  opened.defer(() => listening.close())
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
  opened.defer(() => browser.close())
  const closing = opened.move()
  return {
    house,
    url,
    browser,
    link: async () => `${url}/sign-in/${await ensureFirstHead(house.postgres.db, house.now())}`,
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}

/** The sample, whole; returns the number of its project. */
export async function fillSample({ house }: Product): Promise<number> {
  const { db } = house.postgres
  await ensureFirstHead(db, house.now())
  const asked = { now: house.now(), locale: 'ru' as const }
  const { project } = await startSample(db, await getFirstHead(db), asked)
  const deadline = Date.now() + 120_000
  for (;;) {
    const { progress } = await startSample(db, await getFirstHead(db), asked)
    if (progress.state === 'done') return project.id
    if (Date.now() > deadline) throw new Error(`The sample is still ${progress.state} after two minutes`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

export type Visitor = AsyncDisposable & {
  page: Page
  /** What a person would never see and should not be there: errors, refused loads, broken policy. */
  complaints: string[]
  /** A refusal that this visit is about, by its address in plain letters; every other from 400 on is a complaint. */
  expects(status: number, address: RegExp): void
  /** Settles when nothing is on its way any more: no skeleton, no request but the live one. */
  settled(): Promise<void>
}

/** A browser of somebody, on its own; `state` of another one brings its cookies along. */
export async function openVisitor(product: Product, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await product.browser.newContext({
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  })
  context.setDefaultTimeout(patienceMs)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    // The browser calls every refusal an error and leaves out the address; its answer is looked at below.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text())
  })
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`${request.url()} did not load`)
  })
  const expected: { status: number; address: RegExp }[] = []
  page.on('response', (response) => {
    const address = decodeURIComponent(response.url().replaceAll('+', ' ')).slice(product.url.length)
    const isExpected = expected.some((one) => one.status === response.status() && one.address.test(address))
    if (response.status() >= 400 && !isExpected)
      complaints.push(`${response.status()} from ${response.request().method()} ${address}`)
  })
  const underWay = new Set<Request>()
  page.on('request', (request) => request.resourceType() !== 'eventsource' && underWay.add(request))
  page.on('requestfinished', (request) => underWay.delete(request))
  page.on('requestfailed', (request) => underWay.delete(request))
  const settled = async () => {
    await page.waitForLoadState('load')
    const skeletons = page.getByRole('status', { name: /^(Loading|Загружа)/ })
    const deadline = Date.now() + patienceMs
    for (let calm = 0; calm < 2;) {
      if (Date.now() > deadline) throw new Error(`Still under way: ${[...underWay].map((one) => one.url()).join(' ')}`)
      await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))))
      calm = underWay.size === 0 && (await skeletons.count()) === 0 ? calm + 1 : 0
    }
  }
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`The policy refused ${blockedURI} (${violatedDirective})`),
    )
  })
  const expects = (status: number, address: RegExp) => void expected.push({ status, address })
  return { page, complaints, expects, settled, [Symbol.asyncDispose]: () => context.close() }
}

/** Somebody who came in by the link, as a state for further browsers. */
export async function signIn(product: Product): Promise<NonNullable<BrowserContextOptions['storageState']>> {
  await using visitor = await openVisitor(product)
  await visitor.page.goto(await product.link())
  await visitor.page.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
  // Awaited here: the browser of the visitor closes on the way out.
  return await visitor.page.context().storageState()
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
