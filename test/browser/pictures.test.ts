import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { png, pngHead } from '../../src/listen/images/pictures.testing.ts'
import type { Care } from '../../src/serve/api/shapes/care.ts'
import { inSample } from './in-sample.ts'

const at = inSample()
const files: { [path: string]: Buffer } = {
  '/receipt.png': png(640, 480),
  '/queue.png': png(200, 900, [40, 90, 160]),
  // It says what it is, and ends there.
  '/cut.png': pngHead(640, 480),
}
const platform = createServer(({ url = '' }, response) => {
  const file = files[url]
  if (file) response.end(file)
  else response.writeHead(404).end()
})
let shown = ''

beforeAll(async () => {
  platform.listen(0, '127.0.0.1')
  await once(platform, 'listening')
  shown = `http://127.0.0.1:${(platform.address() as AddressInfo).port}`
})
afterAll(() => void platform.close())

const project = () => `${at.product.url}/projects/${at.project}`
const detail = () => at.page.getByRole('complementary')
const pictures = () => detail().getByRole('list', { name: 'Картинки публикации' })
const blurs = () =>
  pictures()
    .locator('img')
    .evaluateAll((images) => images.map((image) => getComputedStyle(image).filter.startsWith('blur')))
const look = (id: string) => at.page.goto(`${project()}/inbox?open=${encodeURIComponent(id)}`)

async function addMention(id: string, toxic: boolean, images: [name: string, alt: string | null][]): Promise<void> {
  const now = at.product.house.now().toISOString().replace('T', ' ').replace('Z', '')
  await at.product.house.clickhouse.insert('mention', [
    {
      ...{
        project_id: at.project,
        id,
        text: 'Вот так у них с чеками',
        author_id: 'vk:7',
        author_name: 'Анна',
        version: 1,
      },
      ...{ platform: 'vk', url: 'https://vk.com/wall-1_1', posted_at: now, collected_at: now, toxic, has: ['image'] },
      images: JSON.stringify(images.map(([name, alt]) => [`${shown}/${name}`, alt])),
    },
  ])
}

test('pictures stand beside the words, open large by keys, and say why they are not there', async () => {
  await addMention('vk:kind', false, [
    ['receipt.png', 'Чек за кофе'],
    ['queue.png', null],
    ['gone.png', null],
    ['cut.png', null],
  ])
  at.visitor.expects(410, /images\/2$/)
  await look('vk:kind')
  const first = pictures().getByRole('button', { name: 'Чек за кофе' })
  await first.waitFor()
  await pictures().getByText('На площадке этой картинки больше нет').waitFor()
  await pictures().getByText('Картинка повреждена').waitFor()
  expect(await pictures().getByRole('link', { name: 'Открыть оригинал' }).first().getAttribute('href')).toBe(
    'https://vk.com/wall-1_1',
  )
  // What arrives, and what does not, takes the room it was given.
  const heights = await pictures()
    .getByRole('listitem')
    .evaluateAll((items) => items.map((item) => item.firstElementChild?.clientHeight))
  expect(new Set(heights).size).toBe(1)
  expect(await blurs()).toEqual([false, false])

  await first.focus()
  await at.page.keyboard.press('Enter')
  const large = at.page.getByRole('dialog', { name: 'Чек за кофе' })
  await large.getByRole('img', { name: 'Чек за кофе' }).waitFor()
  await at.page.keyboard.press('ArrowRight')
  await at.page.getByRole('dialog', { name: 'Картинка 2 из 4' }).waitFor()
  await at.page.keyboard.press('Escape')
  await expect.poll(() => at.page.getByRole('dialog').count()).toBe(0)
  // The mention stays open, and the hand is where it was.
  expect(await first.evaluate((tile) => tile === document.activeElement)).toBe(true)
})

test('beside abusive words they are blurred with them, shown by the same key, and counted once', async () => {
  await addMention('vk:rude', true, [['receipt.png', 'Чек за кофе']])
  const count = async () =>
    ((await (await at.page.request.get(`${at.product.url}/api/projects/${at.project}/care`)).json()) as Care).mine.today
  const before = await count()
  await look('vk:rude')
  const show = detail().getByRole('button', { name: 'Картинки: показать' })
  await show.waitFor()
  await expect.poll(blurs).toEqual([true])
  expect(await pictures().getByRole('button').count()).toBe(0)
  await at.page.keyboard.press('U')
  await expect.poll(blurs).toEqual([false])
  await expect.poll(count).toBe(before + 1)
  await at.page.keyboard.press('U')
  await show.click()
  await expect.poll(blurs).toEqual([false])
  expect(await detail().getByRole('button', { name: 'Оскорбления: показать' }).count()).toBe(0)
  expect(
    await pictures()
      .getByRole('button')
      .evaluate((tile) => tile === document.activeElement),
  ).toBe(true)
  expect(await count()).toBe(before + 1)
})

test('whoever wishes has all of them blurred until they ask, also after the words are shown', async () => {
  await addMention('vk:calm', false, [
    ['receipt.png', null],
    ['queue.png', null],
  ])
  await addMention('vk:angry', true, [['receipt.png', null]])
  await at.page.goto(`${project()}/settings?part=care`)
  const wish = at.page.getByRole('checkbox', { name: 'Размывать все картинки' })
  await wish.click()
  await expect
    .poll(async () => (await at.page.request.get(`${at.product.url}/api/me/care`)).json())
    .toEqual({ blurImages: true })
  await look('vk:calm')
  await detail().getByRole('button', { name: 'Показать 2 картинки' }).click()
  await expect.poll(blurs).toEqual([false, false])
  await look('vk:angry')
  await detail().getByRole('button', { name: 'Картинки: показать' }).waitFor()
  await at.page.keyboard.press('U')
  await detail().getByRole('button', { name: 'Показать 1 картинку' }).waitFor()
  expect(await blurs()).toEqual([true])
  await at.page.keyboard.press('U')
  await expect.poll(blurs).toEqual([false])
  await at.page.keyboard.press('U')
  await detail().getByRole('button', { name: 'Картинки: показать' }).waitFor()
  await expect.poll(blurs).toEqual([true])
})
