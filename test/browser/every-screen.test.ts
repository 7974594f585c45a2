import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { firstHeadName } from '../../src/base/team/sign-in-link.ts'
import { en } from '../../src/web/locales/en.ts'
import { ru } from '../../src/web/locales/ru.ts'
import { fillSample, noBrowser, openProduct, openVisitor, signIn, type Product } from './open-product.ts'

let product: Product
let project = 0
let state: NonNullable<BrowserContextOptions['storageState']>
let russian: Seen[] = []
let english: Seen[] = []

/** What was noticed on one screen. */
type Seen = {
  screen: string
  texts: string[]
  sideways: number
  faint: string[]
  complaints: string[]
}

beforeAll(async () => {
  if (noBrowser !== null) return
  product = await openProduct()
  project = await fillSample(product)
  state = await signIn(product)
  russian = await walk('ru', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' })
  english = await walk('en', { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true })
}, 480_000)
afterAll(() => product?.[Symbol.asyncDispose]())
beforeEach(({ skip }) => skip(noBrowser !== null, noBrowser ?? ''))

test('no screen breaks the policy of the page, logs an error, or asks for what is not there', () => {
  expect(noticed(({ complaints }) => complaints)).toEqual({})
})

test('no screen shows the key of a sentence instead of the sentence', () => {
  const keys = new Set(flat(en).map(([key]) => key))
  expect(noticed(({ texts }) => texts.filter((text) => keys.has(text)))).toEqual({})
})

test('no screen shows a sentence of the other language', () => {
  expect(noticed(({ texts }) => onlyIn(en, ru, texts), russian)).toEqual({})
  expect(noticed(({ texts }) => onlyIn(ru, en, texts), english)).toEqual({})
})

test('no screen scrolls sideways on a phone, nor on a desk', () => {
  expect(noticed(({ sideways }) => (sideways > 0 ? [`${sideways} px`] : []))).toEqual({})
})

test('text stands out from its ground, on light and on dark', () => {
  expect(noticed(({ faint }) => faint)).toEqual({})
})

test('the picture of the README is of this product', async () => {
  await using visitor = await openVisitor(product, { storageState: state, locale: 'en-GB' })
  const { page } = visitor
  await page.goto(`${product.url}/projects/${project}/inbox?topic=1&period=28d&order=engagement`)
  const rows = page.getByRole('list', { name: 'Mentions' }).getByRole('article')
  await rows.first().waitFor()
  for (const key of ['j', 'j', 'Enter']) await page.keyboard.press(key)
  await page.getByRole('complementary').getByRole('heading', { name: 'Why it is here' }).waitFor()
  await visitor.settled()
  const picture = await page.screenshot()
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1280, 800])
  if (process.env['HEED_SCREENSHOT'] === '1')
    await writeFile(join(import.meta.dirname, '../../docs/screenshot.png'), picture)
})

/** Looks at every screen as one person with one kind of device. */
async function walk(locale: 'en' | 'ru', device: BrowserContextOptions): Promise<Seen[]> {
  await using visitor = await openVisitor(product, { storageState: state, ...device })
  const { page, complaints } = visitor
  visitor.expects(422, /\/mentions\?q=филин AND \(карта&/)
  // A name that is no word of either language.
  await page.request.patch(`${product.url}/api/me`, {
    headers: { origin: product.url },
    data: { locale, name: 'Ада' },
  })
  const at = `/projects/${project}`
  visitor.expects(404, /\/help\/filin\/404/)
  await page.request.put(`${product.url}/api${at}/help`, {
    headers: { origin: product.url },
    data: {
      ...{ slug: 'filin', isOn: true, isListed: false, lang: locale, moderation: 'first' },
      ...{ title: 'Филин', intro: locale === 'ru' ? 'Спросите нас' : 'Ask us' },
    },
  })
  const inbox = `${at}/inbox`
  const screens = [
    '/welcome',
    '/',
    inbox,
    `${inbox}?q=филин AND карта`,
    `${inbox}?q=филин AND (карта`,
    `${inbox}?q=ничего_такого_нет`,
    `${at}/tickets`,
    `${at}/overview`,
    `${at}/overview?period=24h&lang=it`,
    `${at}/phrasebook`,
    `${at}/knowledge`,
    `${at}/knowledge?article=new`,
    `${at}/knowledge?part=questions`,
    `${at}/knowledge?part=gaps`,
    `${at}/knowledge?part=help`,
    `${at}/authors/vk%3Afilinbank`,
    `${at}/service`,
    `${at}/service?part=all&period=365d`,
    '/service',
    `${at}/topics`,
    `${at}/topics/1`,
    `${at}/topics/new`,
    `${at}/rules`,
    `${at}/rules?rule=new`,
    `${at}/playbooks`,
    `${at}/playbooks?playbook=new`,
    `${at}/sources`,
    `${at}/sources/add`,
    `${at}/sources/import`,
    ...[
      'project',
      'members',
      'lists',
      'categories',
      'integrations',
      'help',
      'alarms',
      'webhooks',
      'keys',
      'audit',
      'letters',
      'me',
    ].map((part) => `${at}/settings?part=${part}`),
    '/projects/404/inbox',
    ...['', '/write?kind=idea', '/search?q=карта', '/404'].map((rest) => `/help/filin${rest}`),
  ]
  const seen: Seen[] = []
  for (const screen of screens) {
    await page.goto(product.url + screen)
    await page.locator('h1, h2').first().waitFor()
    await visitor.settled()
    seen.push({ screen: `${locale} ${screen}`, ...(await look(page)), complaints: complaints.splice(0) })
  }
  return seen
}

async function look(page: Page): Promise<Pick<Seen, 'texts' | 'sideways' | 'faint'>> {
  return page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    if (canvas === null) throw new Error('The browser paints nothing')
    type Color = [red: number, green: number, blue: number, alpha: number]
    const read = (css: string): Color => {
      canvas.clearRect(0, 0, 1, 1)
      canvas.fillStyle = css
      canvas.fillRect(0, 0, 1, 1)
      const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data
      return [red, green, blue, alpha / 255]
    }
    const over = ([r, g, b, a]: Color, [r0, g0, b0]: Color): Color => [
      r * a + r0 * (1 - a),
      g * a + g0 * (1 - a),
      b * a + b0 * (1 - a),
      1,
    ]
    const ground = (element: Element | null): Color => {
      if (element === null) return read('canvas')
      const own = read(getComputedStyle(element).backgroundColor)
      return own[3] >= 1 ? own : over(own, ground(element.parentElement))
    }
    const light = ([r, g, b]: Color) => {
      const [x = 0, y = 0, z = 0] = [r, g, b].map((part) =>
        part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      )
      return 0.2126 * x + 0.7152 * y + 0.0722 * z
    }
    const contrast = (one: Color, other: Color) => {
      const [dark = 0, bright = 0] = [light(one), light(other)].sort((a, b) => a - b)
      return (bright + 0.05) / (dark + 0.05)
    }

    const texts = new Set<string>()
    const faint = new Set<string>()
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent?.trim() ?? ''
      const element = walker.currentNode.parentElement
      if (text === '' || element === null || element.closest('script, style, .cm-editor') !== null) continue
      // A customer may say the very word that a screen says in that language.
      if (element.closest('blockquote') === null) texts.add(text)
      const box = element.getBoundingClientRect()
      const style = getComputedStyle(element)
      const isSeen = box.width > 1 && box.height > 1 && box.top < innerHeight && box.bottom > 0
      // What cannot be used is pale on purpose; a mark paints its ground as a picture.
      const isOff = element.closest(':disabled, [data-disabled], [aria-disabled="true"], mark') !== null
      if (!isSeen || isOff || style.visibility === 'hidden' || Number(style.opacity) < 1) continue
      const behind = ground(element)
      const isLarge = Number.parseFloat(style.fontSize) >= 24
      const found = contrast(over(read(style.color), behind), behind)
      if (found < (isLarge ? 3 : 4.5)) faint.add(`${text.slice(0, 40)}: ${found.toFixed(2)}`)
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
      for (const name of ['aria-label', 'title', 'placeholder']) {
        const text = element.getAttribute(name)
        if (text !== null) texts.add(text)
      }
    }
    const { scrollWidth, clientWidth } = document.documentElement
    return { texts: [...texts], sideways: scrollWidth - clientWidth, faint: [...faint] }
  })
}

/** By screen, so that a failure names the place. */
function noticed(what: (seen: Seen) => string[], among = [...russian, ...english]): { [screen: string]: string[] } {
  expect(among.length).toBeGreaterThan(10)
  return Object.fromEntries(
    among.map((seen) => [seen.screen, what(seen)] as const).filter(([, found]) => found.length > 0),
  )
}

/** Texts that are a sentence of one dictionary and none of the other. */
function onlyIn(one: object, other: object, texts: readonly string[]): string[] {
  const shared = new Set(flat(other).map(([, words]) => words))
  const own = new Set(flat(one).flatMap(([, words]) => (shared.has(words) || words.includes('{{') ? [] : [words])))
  // The first member is called so until they say their name, and the audit knows them by that name.
  const firstNames = Object.values(firstHeadName)
  return texts.filter((text) => own.has(text) && !firstNames.includes(text))
}

function flat(words: object, before = ''): [key: string, words: string][] {
  return Object.entries(words).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string'
      ? [[`${before}${name}`, value] as [string, string]]
      : typeof value === 'object' && value !== null
        ? flat(value, `${before}${name}.`)
        : [],
  )
}
