import { expect, test } from 'vitest'
import { firstHeadName } from '../../src/base/team/sign-in-link.ts'
import { noWords } from '../../src/base/text/stored-words.ts'
import { saveMentions } from '../../src/listen/mentions/save.ts'
import { barePost } from '../../src/listen/posts/post.ts'
import { bitrix24StandIn } from '../../src/respond/integrations/bitrix24/stand-in.testing.ts'
import { findSystem } from '../../src/respond/integrations/catalogue.ts'
import { workIntegrations } from '../../src/respond/integrations/work.ts'
import { zammadStandIn } from '../../src/respond/integrations/zammad/stand-in.testing.ts'
import { openTicket } from '../../src/respond/tickets/open.ts'
import { listPresent } from '../../src/respond/tickets/presence.ts'
import { getTicket } from '../../src/respond/tickets/ticket.ts'
import { inSample } from './in-sample.ts'

const at = inSample()

const press = async (...keys: string[]) => {
  for (const key of keys) await at.page.keyboard.press(key)
}

/** Opens a ticket for the first mention in the stream, and goes there. */
async function ticketOf(query: string) {
  await at.page.goto(`${at.product.url}/projects/${at.project}/inbox?q=${encodeURIComponent(query)}`)
  await at.page.getByRole('list', { name: 'Список упоминаний' }).getByRole('article').first().waitFor()
  await press('j', 't')
  await at.page.getByRole('button', { name: 'Показать тикет' }).click()
  const ticket = at.page.getByRole('region', { name: /^Тикет/ })
  await ticket.getByRole('button', { name: 'Открыт Открыт' }).waitFor()
  return ticket
}

test('a ticket gets a priority and a tag without a hand leaving the keyboard, and z takes the last step back', async () => {
  const ticket = await ticketOf('карта')
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
  await ticketOf('вклад')
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

test('a row of the queue is given, answered and solved by keys in its own project without being opened, and a refusal says so', async () => {
  const { page, product } = at
  const { db } = product.house.postgres
  const headers = { origin: product.url }
  const made = await page.request.post(`${product.url}/api/projects`, {
    headers,
    data: { name: 'Чайная', timeZone: 'Europe/Moscow' },
  })
  const { id: other } = (await made.json()) as { id: number }
  const [ours, theirs] = [await bringTicket('vk:queue-1', at.project), await bringTicket('vk:queue-2', other)]
  await page.goto(`${product.url}/queue`)
  const row = page.getByRole('list', { name: 'Очередь' }).getByRole('button').filter({ hasText: 'Чайная' })
  await row.waitFor()
  const onRow = () => row.getAttribute('data-current')
  while ((await onRow()) === null) {
    await press('j')
    await at.visitor.settled()
  }

  await press('a')
  await page.getByRole('combobox', { name: 'Кому передать…' }).waitFor()
  await press('Enter')
  await row.getByText(firstHeadName.ru).waitFor()
  expect(await getTicket(db, other, theirs)).toMatchObject({ assigneeName: firstHeadName.ru, status: 'open' })

  at.visitor.expects(422, /\/status$/)
  await page.route(/\/status$/, (route) => route.fulfill({ status: 422, json: { detail: 'Так нельзя' } }))
  await press('s')
  await page.getByRole('option', { name: 'Решён' }).click()
  await page.getByText('Тикет не изменился, на экране — как есть').waitFor()
  await row.getByRole('img', { name: 'Открыт' }).waitFor()
  await page.unroute(/\/status$/)
  await press('s')
  await page.getByRole('option', { name: 'Решён' }).click()
  await expect.poll(async () => (await getTicket(db, other, theirs)).status).toBe('solved')
  expect(new URL(page.url()).pathname).toBe('/queue')
  expect(await getTicket(db, at.project, ours)).toMatchObject({ assigneeName: null, status: 'open' })

  await row.waitFor({ state: 'detached' })
  await press('z')
  await expect.poll(async () => (await row.count()) > 0 && (await onRow())).toBe('true')
  await press('r')
  await page.waitForURL(new RegExp(`/queue/${other}/${theirs}$`))
  const box = page.getByRole('region', { name: /^Тикет/ }).getByRole('textbox', { name: 'Ответ клиенту' })
  await expect.poll(() => box.evaluate((element) => element === document.activeElement)).toBe(true)
})

/** A ticket of a mention that is just there. */
async function bringTicket(id: string, project: number): Promise<number> {
  const { clickhouse, postgres } = at.product.house
  const post = { ...barePost({ id, platform: 'vk', text: `Где заказ? ${id}` }), postedAt: new Date() }
  await saveMentions(clickhouse, [
    {
      ...{ post, project, sourceId: null, collectedAt: new Date(), langConfidence: null, cluster: id },
      ...{ topics: [], places: {}, words: noWords },
    },
  ])
  return (await openTicket(postgres.db, project, { mentions: [post] }, null)).id
}

test('beside a ticket an answer is found by own words and taken by Enter, and C shows the card of the customer', async () => {
  const knowledge = `${at.product.url}/api/projects/${at.project}/knowledge/articles`
  const headers = { origin: at.product.url }
  const data = { kind: 'canned', lang: 'ru', title: 'Прощание', body: 'Хорошего дня, обнимаем крыльями!' }
  const { id } = (await (await at.page.request.post(knowledge, { headers, data })).json()) as { id: number }
  await at.page.request.patch(`${knowledge}/${id}`, { headers, data: { state: 'ready' } })
  const ticket = await ticketOf('кэшбэк')
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
  const ticket = await ticketOf('toxic:yes')
  const title = ticket.getByRole('textbox', { name: 'Название' })
  await ticket.getByRole('button', { name: 'Оскорбления: показать' }).first().waitFor()
  expect(await title.count()).toBe(0)
  await press('U')
  await title.waitFor()
  await expect.poll(() => ticket.getByRole('button', { name: 'Оскорбления: показать' }).count()).toBe(0)
  await press('U')
  await ticket.getByRole('button', { name: 'Оскорбления: показать' }).first().waitFor()
})

test('what a record is worth is shown of a CRM, and not of a ticket system, which knows no amounts', async () => {
  const { house, url } = at.product
  await using crm = await bitrix24StandIn()
  await using desk = await zammadStandIn()
  const base = `${url}/api/projects/${at.project}`
  const headers = { origin: url }
  const ticket = await bringTicket('vk:record-1', at.project)
  for (const [system, { settings }] of [
    ['bitrix24', crm],
    ['zammad', desk],
  ] as const) {
    const made = await at.page.request.post(`${base}/integrations`, { headers, data: { system, settings } })
    const { id } = (await made.json()) as { id: number }
    await at.page.request.post(`${base}/tickets/${ticket}/records`, { headers, data: { integration: id } })
  }
  const world = { ...house, db: house.postgres.db, now: () => new Date(), systemOf: findSystem }
  await workIntegrations(world, new AbortController().signal)
  await at.page.goto(`${url}/projects/${at.project}/tickets/${ticket}`)
  const records = at.page.getByRole('region', { name: 'В других системах' }).locator('dl')
  const facts = async () => Promise.all((await records.all()).map((record) => record.locator('dt').allTextContents()))
  // The newest first.
  await expect.poll(facts).toEqual([
    ['Этап', 'Ответственный', 'Обновлено'],
    ['Этап', 'Сумма', 'Ответственный', 'Обновлено'],
  ])
})
