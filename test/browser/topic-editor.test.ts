import { expect, test } from 'vitest'
import { inSample } from './in-sample.ts'

const at = inSample()

const go = (path: string) => at.page.goto(`${at.product.url}/projects/${at.project}/${path}`)
const rows = (name: string) => at.page.getByRole('list', { name }).getByRole('listitem')
const tab = (name: RegExp) => at.page.getByRole('tab', { name })
const figure = (name: string) => at.page.locator('dl > div').filter({ hasText: name })

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await at.page.keyboard.press(key)
}

async function write(query: string): Promise<void> {
  await at.page.locator('.cm-content').click()
  await press('Control+a', 'Backspace')
  await at.page.keyboard.insertText(query)
}

test('a topic is measured on what people marked, its change is seen before it is saved, and an earlier text comes back', async () => {
  await go('topics')
  await at.page.getByRole('link', { name: 'Плюм' }).click()
  await rows('Выборка').first().waitFor()

  // Five marks: three by keys, two by the mouse.
  await press('j', 'w', 'w', 'u')
  await rows('Выборка').nth(3).getByRole('button', { name: 'Нужное' }).click()
  await rows('Выборка').nth(4).getByRole('button', { name: 'Нужное' }).click()
  await tab(/Разметка 5/).waitFor()
  await expect.poll(() => figure('Точность').textContent()).toMatch(/80\s%.*5 отметок — мало/)
  await expect.poll(() => figure('Полнота').textContent()).toMatch(/100\s%/)

  // What the narrower query loses is told, and the posts are one press away.
  const before = await at.page.locator('.cm-content').innerText()
  await write('(плюм OR plum) AND карта')
  await tab(/Изменение/).click()
  await at.page.getByRole('button', { name: /Уйдёт \d+/ }).waitFor()
  await rows('Уйдёт').or(at.page.locator('ul[aria-label^="Уйдёт"] > li')).first().waitFor()
  await figure('Полнота')
    .getByText(/у сохранённого 100/)
    .waitFor()
  // By one key it is said which part of the query a post lacks.
  await press('j', 'y')
  await at.page
    .getByRole('listitem')
    .filter({ has: at.page.getByText('карта', { exact: true }) })
    .getByText('не найдено', { exact: true })
    .first()
    .waitFor()
  await at.page.getByRole('button', { name: 'Полнота' }).click()
  const missed = at.page
    .getByRole('row', { name: /^Нужные/ })
    .getByRole('button')
    .nth(1)
  const count = Number(await missed.textContent())
  expect(count).toBeGreaterThan(0)
  await missed.click()
  await expect.poll(() => rows('Разметка').count()).toBe(count)

  // Each part of the query says what only it keeps away.
  await tab(/Части/).click()
  const part = at.page.getByRole('listitem').filter({ has: at.page.getByText('карта', { exact: true }) })
  await part
    .getByRole('button', { name: /отсекает только «карта»/ })
    .last()
    .click()
  await at.page
    .getByRole('list', { name: 'Записи, которые отсекает только эта часть:' })
    .getByRole('listitem')
    .first()
    .waitFor()
  await at.page.getByRole('button', { name: 'Все части' }).click()

  await at.page.getByRole('button', { name: 'Сохранить и пройти по архиву' }).click()
  await at.page.getByText('Сохранено').waitFor()
  await tab(/Версии 2/).click()
  const versions = at.page.getByRole('tabpanel').getByRole('listitem')
  await versions
    .first()
    .getByText(/Полнота .* · по 5 отметкам/)
    .waitFor()
  expect(await versions.first().locator('ins').allTextContents()).toContainEqual(expect.stringContaining('карта'))
  await versions.last().getByRole('button', { name: 'Взять этот текст' }).click()
  await at.page.getByText('В редакторе текст версии 1').waitFor()
  await expect.poll(() => at.page.locator('.cm-content').innerText()).toBe(before)
  await at.page.getByRole('button', { name: 'Сохранить и пройти по архиву' }).click()
  await tab(/Версии 3/).waitFor()
  await versions.first().getByText('возвращён текст версии 1').waitFor()
})

test('a mention that a topic should have found is marked in the stream', async () => {
  await go('inbox?q=гранат')
  const mention = at.page.getByRole('list', { name: 'Список упоминаний' }).getByRole('article').first()
  await mention.waitFor()
  await press('j', 'Enter')
  const detail = at.page.getByRole('complementary', { name: 'Упоминание' })
  await detail.getByRole('heading', { name: 'Разметка для тем' }).waitFor()
  await detail.getByRole('button', { name: 'Отметить для другой темы' }).click()
  await at.page.getByRole('menuitem', { name: 'Люди Филина' }).click()
  const row = detail.getByRole('listitem').filter({ hasText: 'Люди Филина' })
  await row.getByRole('button', { name: 'Нужное' }).click()
  await row.and(at.page.locator(':has([aria-pressed="true"])')).waitFor()
  await at.page.reload()
  await row.getByRole('button', { name: 'Нужное', pressed: true }).waitFor()

  await go('topics')
  await at.page.getByRole('link', { name: 'Люди Филина' }).click()
  await tab(/Разметка 1/).click()
  const wanted = at.page.getByRole('row', { name: /^Нужные/ }).getByRole('button')
  await expect.poll(() => wanted.allTextContents()).toEqual(['0', '1'])
})
