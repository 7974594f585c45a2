import { expect, test } from 'vitest'
import { listPresent } from '../../src/respond/tickets/presence.ts'
import { inSample } from './in-sample.ts'

const at = inSample()

const press = async (...keys: string[]) => {
  for (const key of keys) await at.page.keyboard.press(key)
}

/** Opens a ticket for the first mention in the stream, and goes there. */
async function openTicket(query: string) {
  await at.page.goto(`${at.product.url}/projects/${at.project}/inbox?q=${encodeURIComponent(query)}`)
  await at.page.getByRole('list', { name: 'Список упоминаний' }).getByRole('article').first().waitFor()
  await press('j', 't')
  await at.page.getByRole('button', { name: 'Показать тикет' }).click()
  const ticket = at.page.getByRole('region', { name: /^Тикет/ })
  await ticket.getByRole('button', { name: 'Открыт Открыт' }).waitFor()
  return ticket
}

test('a ticket gets a priority and a tag without a hand leaving the keyboard, and z takes the last step back', async () => {
  const ticket = await openTicket('карта')
  await press('p')
  await at.page.getByRole('combobox', { name: 'Приоритет…' }).waitFor()
  await at.page.keyboard.type('сроч')
  await press('Enter')
  await ticket.getByRole('button', { name: 'Приоритет: Срочный. Сменить' }).waitFor()
  await press('l')
  await at.page.getByRole('combobox', { name: 'Метка…' }).waitFor()
  await at.page.keyboard.type('возврат')
  await press('Enter')
  await ticket.getByRole('button', { name: 'Метки: возврат. Сменить' }).waitFor()
  await press('Escape')
  await expect.poll(() => at.page.getByRole('combobox').count()).toBe(0)
  await press('z')
  await ticket.getByRole('button', { name: 'Метки: Нет меток. Сменить' }).waitFor()
  await ticket.getByRole('button', { name: 'Приоритет: Срочный. Сменить' }).waitFor()
})

test('tickets of all projects stand in one queue, are opened there by keys, and show who looks at them', async () => {
  await openTicket('вклад')
  // On a busy machine the second key may come too late to be one with the first.
  await expect.poll(() => press('Escape', 'g', 'u').then(() => at.page.url())).toMatch(/\/queue$/)
  await at.page.getByRole('list', { name: 'Очередь' }).getByRole('listitem').first().waitFor()
  await press('j', 'Enter')
  await at.page.waitForURL(/\/queue\/\d+\/\d+$/)
  const ticket = at.page.getByRole('region', { name: /^Тикет/ })
  await ticket.getByRole('textbox').first().waitFor()
  const { db } = at.product.house.postgres
  const [, id] = /(\d+)$/.exec(at.page.url()) ?? []
  const present = async () => (await listPresent(db, Number(id), new Date())).length
  await expect.poll(present).toBe(1)
  await press('Escape')
  await at.page.waitForURL(/\/queue$/)
  await expect.poll(present).toBe(0)
})

test('beside a ticket an answer is found by own words and taken by Enter, and C shows the card of the customer', async () => {
  const knowledge = `${at.product.url}/api/projects/${at.project}/knowledge/articles`
  const headers = { origin: at.product.url }
  const data = { kind: 'canned', lang: 'ru', title: 'Прощание', body: 'Хорошего дня, обнимаем крыльями!' }
  const { id } = (await (await at.page.request.post(knowledge, { headers, data })).json()) as { id: number }
  await at.page.request.patch(`${knowledge}/${id}`, { headers, data: { state: 'ready' } })
  const ticket = await openTicket('кэшбэк')
  await ticket.locator('summary', { hasText: 'Возможн' }).click()
  await ticket.getByLabel('Найти ответ своими словами').fill('прощание')
  await ticket.getByText('Прощание', { exact: true }).waitFor()
  await press('Enter')
  await expect.poll(() => ticket.getByPlaceholder('Ответ клиенту…').inputValue()).toContain('обнимаем крыльями')
  expect(await at.page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
  await at.page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await press('C')
  await at.page.waitForURL(/\/authors\//)
})

test('a title that repeats an abusive text is blurred like the text, until a key shows both', async () => {
  const ticket = await openTicket('toxic:yes')
  const title = ticket.getByRole('textbox', { name: 'Название' })
  await ticket.getByRole('button', { name: 'Оскорбления: показать' }).first().waitFor()
  expect(await title.count()).toBe(0)
  await press('U')
  await title.waitFor()
  await expect.poll(() => ticket.getByRole('button', { name: 'Оскорбления: показать' }).count()).toBe(0)
  await press('U')
  await ticket.getByRole('button', { name: 'Оскорбления: показать' }).first().waitFor()
})
