import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noBrowser, openProduct, openVisitor, type Product } from './open-product.ts'

let product: Product

beforeAll(async () => {
  if (noBrowser === null) product = await openProduct()
})
afterAll(() => product?.[Symbol.asyncDispose]())
beforeEach(({ skip }) => skip(noBrowser !== null, noBrowser ?? ''))

test('a newcomer signs in by the link once and not twice, and starts with the sample, watching it come', async () => {
  const link = await product.link()
  await using newcomer = await openVisitor(product)
  const { page, complaints } = newcomer
  newcomer.expects(401, /^\/api\/me$/)
  await page.goto(link)
  await page.getByRole('heading', { name: 'Это Heed' }).waitFor()
  await page.getByLabel('Ваше имя').fill('Ада')
  await page.getByRole('button', { name: 'Начать с примера' }).click()
  await page.getByRole('progressbar', { name: 'Филин Банк' }).waitFor()
  await page.getByText('Готово').waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: 'К упоминаниям' }).click()
  await page.getByText('Ада').first().waitFor()
  await page.getByRole('list', { name: 'Список упоминаний' }).getByRole('article').first().waitFor()
  expect(await page.locator('mark').count()).toBeGreaterThan(0)
  expect(complaints).toEqual([])

  await using second = await openVisitor(product)
  second.expects(410, /^\/api\/sign-in\/link$/)
  second.expects(401, /^\/api\/me$/)
  await second.page.goto(link)
  await second.page.getByRole('heading', { name: 'Ссылка уже использована или устарела' }).waitFor()
  expect(second.complaints).toEqual([])

  // Whoever is in already follows it in vain, but not to a closed door.
  newcomer.expects(410, /^\/api\/sign-in\/link$/)
  await page.goto(link)
  await page.getByText('Ссылка уже использована или устарела, но вы и так вошли').waitFor()
  await page.getByRole('link', { name: 'Филин Банк' }).first().waitFor()
  expect(new URL(page.url()).pathname).not.toMatch(/sign-in/)
  expect(complaints).toEqual([])
})

test('the language of the browser is the first, and the one chosen stays, also in another browser', async () => {
  await using english = await openVisitor(product, { locale: 'en-GB' })
  await english.page.goto(await product.link())
  // The first sign-in of this member was Russian, so the account speaks Russian whatever browser asks.
  await english.page.getByRole('link', { name: 'Сегодня' }).waitFor()
  await english.page.getByRole('button', { name: /Ада/ }).or(english.page.getByText('Ада')).first().click()
  await english.page.getByRole('menuitem', { name: 'English' }).click()
  await english.page.getByRole('link', { name: 'Today' }).waitFor()

  await using other = await openVisitor(product)
  await other.page.goto(await product.link())
  await other.page.getByRole('link', { name: 'Today' }).waitFor()
  expect([...english.complaints, ...other.complaints]).toEqual([])
})

test('the first screen takes less than 350 kB of script', async () => {
  // Whose browser speaks another language than their account gets the words of both.
  await using visitor = await openVisitor(product, { locale: 'en-GB' })
  const sizes: Promise<number>[] = []
  visitor.page.on('requestfinished', (request) => {
    if (new URL(request.url()).pathname.endsWith('.js'))
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
  })
  await visitor.page.goto(await product.link())
  await visitor.page.getByRole('link', { name: 'Филин Банк' }).waitFor()
  await visitor.page.waitForLoadState('load')
  const sum = (await Promise.all(sizes)).reduce((all, size) => all + size, 0)
  expect(sum).toBeGreaterThan(50_000)
  expect(sum).toBeLessThan(350_000)
})
