import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { must } from '../../src/base/errors.ts'
import { first } from '../../src/base/postgres/postgres.ts'
import { noWords } from '../../src/base/text/stored-words.ts'
import { findMentions } from '../../src/listen/mentions/read.ts'
import { saveMentions } from '../../src/listen/mentions/save.ts'
import { barePost } from '../../src/listen/posts/post.ts'
import { askExpert } from '../../src/respond/knowledge/expert.ts'
import { addressOfQuestion } from '../../src/respond/knowledge/expert-link.ts'
import { setPolicy, submitReply } from '../../src/respond/replies/approval.ts'
import { addApprover, addressOfRequest, requestsFor } from '../../src/respond/replies/approver.ts'
import { beginDraft, writeDraft } from '../../src/respond/replies/draft.ts'
import { getReply } from '../../src/respond/replies/reply.ts'
import { addNote } from '../../src/respond/tickets/change.ts'
import { openTicket } from '../../src/respond/tickets/open.ts'
import { inSample } from './in-sample.ts'
import { noBrowser } from './open-product.ts'

const at = inSample()
let ticket = 0

beforeAll(async () => {
  if (noBrowser !== null) return
  ticket = await ticketFor('https://social.example/@ivan/7', 'Почему заблокировали карту и когда разблокируют?')
  const { db } = at.product.house.postgres
  const account = {
    server: 'https://social.example',
    token: 'a-token-of-ours',
    id: '1',
    acct: 'bank@social.example',
    longest: 500,
  }
  const { id } = must(
    await first(
      db,
      sql<{ id: number }>`
        insert into channel (project_id, platform, name, sealed, connected_by)
        values (${at.project}, 'mastodon', '@bank@social.example', '', 'Test') returning id`,
    ),
  )
  const sealed = at.product.house.secrets.seal(`channel:${id}`, JSON.stringify(account))
  await sql`update channel set sealed = ${sealed} where id = ${id}`.execute(db)
})

async function ticketFor(id: string, text: string): Promise<number> {
  const { clickhouse, postgres } = at.product.house
  const post = {
    ...barePost({ id, platform: 'mastodon', text, url: id, kind: 'post', media: 'social', lang: 'ru' }),
    author: {
      id: 'ivan@social.example',
      name: 'Иван Петров',
      handle: 'ivan@social.example',
      bio: null,
      followers: 120,
      verified: null,
    },
    postedAt: new Date(Date.now() - 3_600_000),
  }
  const rest = {
    project: at.project,
    sourceId: null,
    collectedAt: new Date(),
    langConfidence: null,
    cluster: id,
    topics: [],
    places: {},
  }
  await saveMentions(clickhouse, [{ post, ...rest, words: noWords }])
  const mentions = await findMentions(clickhouse, at.project, [id])
  return (await openTicket(postgres.db, at.project, { mentions }, null)).id
}

const open = async (page: Page, id = ticket) => {
  await page.goto(`${at.product.url}/projects/${at.project}/tickets/${id}`)
  await at.visitor.settled()
}
const box = (page: Page) => page.getByRole('textbox', { name: 'Ответ клиенту' })

test('a reply is written with its reasons beside it, kept as typed over a reload, and goes out by keys only', async () => {
  const { page } = at
  await open(page)
  await expect.poll(() => page.getByText('@bank@social.example').count()).toBeGreaterThan(0)
  await box(page).click()
  await page.keyboard.type('Вы сами виноваты. Мы разберёмся.')
  const checks = page.getByRole('list', { name: 'Перед отправкой' })
  await expect.poll(() => checks.getByRole('listitem').count()).toBe(3)
  expect(await page.getByText('32 / 500').count()).toBe(1)
  await page.reload()
  await at.visitor.settled()
  await expect.poll(() => box(page).inputValue()).toBe('Вы сами виноваты. Мы разберёмся.')
  await box(page).fill('Иван, карту заблокировали из-за трёх неверных кодов, разблокируем сегодня до 18:00.')
  await expect.poll(() => page.getByText('Черновик сохранён').count()).toBe(1)
  await expect.poll(() => checks.getByRole('listitem').count()).toBeLessThan(2)
  // Nobody has the ticket, so the first press shows what is open and the second sends all the same.
  await box(page).press('Control+Enter')
  const anyway = page.getByRole('button', { name: 'Всё равно отправить' })
  const onItsWay = page.getByText(/Будет отправлен|Отправляется/)
  await anyway.or(onItsWay).first().waitFor()
  if ((await anyway.count()) > 0) await box(page).press('Control+Enter')
  await expect.poll(() => onItsWay.count()).toBeGreaterThan(0)
  await expect.poll(() => box(page).inputValue()).toBe('')
})

test('what a colleague did meanwhile is shown and stops the reply until it was seen', async () => {
  const { page } = at
  const other = await ticketFor('https://social.example/@ivan/8', 'Приложение не открывается')
  await open(page, other)
  await box(page).fill('Иван, обновите приложение до версии 5.2, пожалуйста.')
  await expect.poll(() => page.getByText('Черновик сохранён').count()).toBe(1)
  const colleague = { id: 'colleague', name: 'Борис' }
  await addNote(at.product.house.postgres.db, at.project, other, 'Клиент уже позвонил нам', colleague)
  await at.product.house.events.publish({ project: at.project, kind: 'ticket', ticket: other })
  await expect.poll(() => page.getByText('Пока вы писали, тикет изменился').count()).toBe(1)
  expect(await page.getByRole('button', { name: 'Отправить', exact: true }).isDisabled()).toBe(true)
  await box(page).press('Control+Enter')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.getByRole('button', { name: 'Отправить', exact: true }).isEnabled()).toBe(true)
  expect(await box(page).evaluate((element) => element === document.activeElement)).toBe(true)
})

test('an expert and a client follow their links without an account', async () => {
  const { house, url, browser } = at.product
  const { db } = house.postgres
  const asking = { ticket, expert: 'Пётр', email: null, text: 'Почему заблокирована карта?', lang: 'ru', days: 7 }
  const question = await askExpert(db, at.project, asking, 'Анна', house.now())
  const [mention] = await findMentions(house.clickhouse, at.project, ['https://social.example/@ivan/7'])
  await setPolicy(db, at.project, ['client'])
  const anna = { id: 'anna', name: 'Анна' }
  const begun = await beginDraft(db, at.project, { ticket, mention: must(mention), channel: null }, anna)
  const { version } = await writeDraft(db, at.project, begun.id, { text: 'Карта работает.', version: begun.version })
  const reply = await submitReply(db, at.project, begun.id, version, anna)
  await addApprover(db, at.project, { name: 'Ольга', email: null, lang: 'ru' }, 'Анна', house.now())
  const [request] = await requestsFor(db, at.project, reply, house.now())
  await setPolicy(db, at.project, [])

  const context = await browser.newContext({ locale: 'ru-RU' })
  const page = await context.newPage()
  await page.goto(addressOfQuestion(house.secrets, url, question.id))
  await page.getByRole('textbox', { name: 'Ваш ответ' }).fill('Три неверных кода подряд.')
  await page.getByRole('button', { name: 'Отправить ответ' }).click()
  await page.getByText('Ваш ответ получен').waitFor()

  await page.goto(addressOfRequest(house.secrets, url, must(request).id))
  await page.getByText('Почему заблокировали карту и когда разблокируют?').waitFor()
  await page.getByRole('textbox').fill('Карта снова работает.')
  await page.getByRole('button', { name: 'Согласовать в таком виде' }).click()
  await page.getByText('Ответ согласован').waitFor()
  await context.close()
  expect(await getReply(db, at.project, reply.id)).toMatchObject({ state: 'approved', text: 'Карта снова работает.' })
})
