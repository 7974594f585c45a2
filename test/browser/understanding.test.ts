import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { inSample } from './in-sample.ts'

const at = inSample()

const go = (path: string) => at.page.goto(`${at.product.url}/projects/${at.project}/${path}`)
const rows = () => at.page.getByRole('list', { name: 'Список упоминаний' }).getByRole('article')
const detail = () => at.page.getByRole('complementary')

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await at.page.keyboard.press(key)
}

test('a person says by keys what it is and where, tells why, and finds all of it in the history', async () => {
  await go('inbox')
  await rows().first().waitFor()
  await press('j', 'Enter')
  await detail().getByText('Эмоции', { exact: true }).waitFor()
  // The newest mention is another one at each hour: the machine may have said the same before.
  await press('1')
  await detail()
    .getByText(/Тональность: .*негативная/)
    .waitFor()
  await press('p')
  await at.page.getByPlaceholder('Из какой страны или о какой стране пишут?').fill('Монголия')
  await press('Enter')
  await detail()
    .getByText(/Место: .+ → Монголия/)
    .waitFor()
  await detail().getByText('сказал человек').nth(1).waitFor()
  await detail().getByRole('button', { name: 'Пояснить' }).first().click()
  await at.page.keyboard.type('это ирония')
  await press('Enter')
  await expect.poll(() => detail().getByText('это ирония').count()).toBeGreaterThan(0)
})

test('a category is given by one key, to one and to many, stands in the history, and leads to all that have it', async () => {
  await go('inbox')
  await rows().first().waitFor()
  await press('j', 'c')
  await at.page.getByRole('link', { name: 'Новый набор' }).waitFor()
  await press('Escape')
  const made = await at.page.request.post(`${at.product.url}/api/projects/${at.project}/category-sets`, {
    headers: { origin: at.product.url },
    data: { name: 'Причина', categories: ['Карта', 'Отделение, очередь'] },
  })
  expect(made.status()).toBe(200)
  await go('inbox')
  await rows().first().waitFor()
  await press('j', 'Enter', 'c')
  await at.page.getByPlaceholder('Какая это категория?').fill('очередь')
  await press('Enter')
  const chip = detail().getByRole('link', { name: 'Отделение, очередь' })
  await chip.waitFor()
  await detail().getByText('Категория, Причина: Отделение, очередь').waitFor()
  await chip.click()
  await at.page.waitForURL(/category=/)
  await expect.poll(() => rows().count()).toBe(1)
  await press('Escape')
  await go('inbox')
  await rows().nth(3).waitFor()
  await press('j', 'x', 'j', 'x', 'j', 'x', 'c')
  await at.page.getByPlaceholder('Какая это категория?').fill('Карта')
  await press('Enter')
  await at.page.getByText('Категория: Карта, 3 упоминания').waitFor()
  await press('z')
  await at.visitor.settled()
  await go(`inbox?category=${encodeURIComponent('Отделение%2C очередь')}`)
  await expect.poll(() => rows().count()).toBe(1)
})

test('an abusive text is blurred until somebody asks for it; it is counted for them, and rest is offered once', async () => {
  await sql`insert into care_limit (project_id, texts) values (${at.project}, 1)`.execute(at.product.house.postgres.db)
  await go('inbox?q=toxic:yes')
  const covers = at.page.getByRole('button', { name: 'Оскорбления: показать' })
  await covers.first().waitFor()
  const before = await covers.count()
  await press('j', 'u')
  await expect.poll(() => covers.count()).toBe(before - 1)
  await at.page.getByText('Сегодня это уже 1 оскорбительный текст').waitFor()
  await press('u')
  await expect.poll(() => covers.count()).toBe(before)
  await covers.first().click()
  await expect.poll(() => covers.count()).toBe(before - 1)
  await go('settings?part=care')
  await at.page.getByRole('meter', { name: 'Сколько вы прочитали' }).waitFor()
  await at.page.getByText('Руководитель', { exact: true }).last().waitFor()
})
