import { expect, test } from 'vitest'
import { inSample } from './in-sample.ts'

const at = inSample()

const go = (path: string) => at.page.goto(`${at.product.url}/projects/${at.project}/${path}`)
const rows = () => at.page.getByRole('list', { name: 'Список упоминаний' }).getByRole('article')

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await at.page.keyboard.press(key)
}

test('the card of an author opens by a key, takes the word of a person, joins accounts and separates them', async () => {
  await go('inbox?author=vk:filinbank')
  await rows().first().waitFor()
  await press('j', 'w')
  await at.page.waitForURL(/\/authors\/vk/)
  await at.page.getByRole('heading', { name: 'Вероятная роль' }).waitFor()
  await press('r')
  await at.page.getByPlaceholder('Кто этот автор?').fill('журналист')
  await press('Enter')
  await at.page.getByText('Роль: Журналист').waitFor()
  await at.page.getByText('Признаки говорят: сотрудник или представитель').waitFor()
  await press('z')
  await at.page.getByRole('heading', { name: 'Вероятная роль' }).waitFor()

  const together = at.page.getByText('2 аккаунта одного человека')
  await at.page.getByRole('button', { name: 'Тот же человек' }).first().click()
  await together.waitFor()
  await at.page.getByRole('link', { name: 'Все упоминания' }).click()
  await rows().first().waitFor()
  const platforms = await rows()
    .getByRole('img')
    .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('aria-label')))
  expect(new Set(platforms).size).toBe(2)
  await at.page.goBack()
  await together.waitFor()
  await at.page.getByRole('button', { name: 'Отделить' }).last().click()
  await together.waitFor({ state: 'detached' })
})

test('an account that nothing points at is joined by its name, and what was said of consent before stays to be read', async () => {
  await go('authors/vk%3Aigor.skeptikov')
  await at.page.getByRole('heading', { name: 'Согласия' }).waitFor()
  await press('j')
  await at.page.getByPlaceholder('Имя или ник этого же человека').fill('скепт №')
  await at.page.getByRole('option', { name: /Скептик №1/ }).waitFor()
  await press('Enter')
  await at.page.getByText('2 аккаунта одного человека').waitFor()

  const focused = () => at.page.evaluate(() => document.activeElement?.textContent)
  const note = at.page.getByRole('button', { name: 'Записать' }).first()
  await note.focus()
  await press('Enter')
  await at.page.keyboard.type('в личке')
  await press('Enter')
  await at.page.getByText('согласие есть').waitFor()
  await expect.poll(focused).toBe('Записать')
  await press('Enter')
  await at.page.keyboard.type('передумал')
  await at.page.getByRole('button', { name: 'Отказ', exact: true }).click()
  await at.page.getByText('Что было раньше').click()
  await at.page.getByText('в личке', { exact: true }).waitFor()
})

test('a person is removed once their name was typed, and is then nowhere', async () => {
  const author = 'telegram%3Aseva_raschet'
  await go(`authors/${author}`)
  await at.page.getByRole('heading', { name: 'Аккаунты' }).waitFor()
  const name = await at.page.getByRole('heading', { level: 2 }).first().textContent()
  await at.page.getByRole('button', { name: 'Ещё', exact: true }).click()
  await at.page.getByRole('menuitem', { name: 'Удалить данные человека…' }).click()
  const remove = at.page.getByRole('button', { name: 'Удалить навсегда' })
  expect(await remove.isDisabled()).toBe(true)
  await at.page.getByLabel(/чтобы продолжить, введите/i).fill(name ?? '')
  await remove.click()
  await at.page.getByText(/^Удалено \d+ упоминани/).waitFor()
  at.visitor.expects(404, /\/authors\/telegram/)
  await go(`authors/${author}`)
  await at.page.getByText('По этому адресу ничего нет').waitFor()
})
