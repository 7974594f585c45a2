import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { appCode } from '../app-code.ts'
import { inSample } from './in-sample.ts'
import { openVisitor } from './open-product.ts'

const at = inSample()

const go = (path: string) => at.page.goto(`${at.product.url}/projects/${at.project}/${path}`)
const rows = () => at.page.getByRole('list', { name: 'Список упоминаний' }).getByRole('article')
const current = () => rows().and(at.page.locator('[data-current]'))
const textOf = async (row: Locator) => (await row.locator('p').textContent()) ?? ''

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await at.page.keyboard.press(key)
}

test('the stream highlights what was found, and keys move, open, tag and take back', async () => {
  await go('inbox?q=филин AND карта')
  await rows().first().waitFor()
  expect(await rows().first().locator('mark').allTextContents()).not.toEqual([])

  await press('j', 'j', 'k')
  await expect.poll(() => current().getAttribute('data-current')).toBe('true')
  expect(await textOf(current())).toBe(await textOf(rows().first()))
  await press('j', 'Enter')
  const detail = at.page.getByRole('complementary', { name: 'Упоминание' })
  await detail.getByRole('heading', { name: 'Почему оно здесь' }).waitFor()
  expect(await detail.locator('mark').count()).toBeGreaterThan(0)

  await press('l')
  await at.page.getByPlaceholder('Метка: выберите или впишите новую').fill('на разбор')
  await press('Enter')
  await at.page.getByText('Поставлена метка «на разбор»').waitFor()
  await press('Escape')
  await current().getByText('на разбор').waitFor()
  await press('z')
  await current().getByText('на разбор').waitFor({ state: 'detached' })
})

test('what is selected together is done together, and taken back together', async () => {
  await go('inbox')
  await rows().first().waitFor()
  await press('j', 'x', 'j', 'x', 'j', 'x')
  await at.page.getByText('Выбрано 3').waitFor()
  await press('e')
  await at.page.getByText('Обработано 3 упоминания').waitFor()
  await expect.poll(() => rows().and(at.page.locator('[data-read]')).count()).toBe(3)
  await press('z')
  await expect.poll(() => rows().and(at.page.locator('[data-read]')).count()).toBe(0)
})

test('the word of a person on tonality and stage is given by a key, is filtered by, and is taken back', async () => {
  // The machine says that it is negative.
  await go('inbox?q="совместный возврат"')
  await rows().first().waitFor()
  await press('j', '2')
  await current().getByText('нейтральная').waitFor()
  await press('3')
  await current().getByText('позитивная').waitFor()
  await press('z')
  await current().getByText('нейтральная').waitFor()
  await press('s')
  await at.page.getByPlaceholder('На каком этапе этот человек?').fill('уход')
  await press('Enter')
  await current().getByText('уходит').waitFor()
  await press('Enter')
  const detail = at.page.getByRole('complementary', { name: 'Упоминание' })
  await detail.getByText('Этап: — → уходит').waitFor()
  const judged = await textOf(current())

  // The machine finds others neutral and leaving, too.
  await go('inbox?q=sentiment:neutral&stage=leaving')
  await rows()
    .filter({ hasText: judged.slice(0, 40) })
    .click()
  // The tonality stands before the stage.
  const takeBack = detail.getByRole('button', { name: 'Снять исправление' })
  await expect.poll(() => takeBack.count()).toBe(2)
  await takeBack.first().click()
  await expect.poll(() => takeBack.count()).toBe(1)
})

test('a mention is given to somebody by a key, and answered in its ticket', async () => {
  await go('inbox?q=приложение')
  await rows().first().waitFor()
  await press('j', 'Enter')
  await at.page.getByRole('complementary').getByRole('heading', { name: 'Почему оно здесь' }).waitFor()
  await press('a')
  await at.page.getByPlaceholder('Кому передать…').waitFor()
  await press('Enter')
  await at.page.getByText(/^Тикет \d+: /).waitFor()
  await press('r')
  await at.page.waitForURL(/tickets\/\d+$/)
  const ticket = at.page.getByRole('region', { name: /^Тикет/ })
  const assignee = ticket.getByRole('button', { name: /^Исполнитель: / })
  await assignee.waitFor()
  expect(await assignee.getAttribute('aria-label')).toMatch(/Исполнитель: Руководитель/)
  const box = ticket.getByRole('textbox', { name: 'Ответ клиенту' })
  await expect.poll(() => box.evaluate((element) => element === document.activeElement)).toBe(true)
})

test('what is no action is looked for in mentions, and a number opens a ticket', async () => {
  await go('inbox')
  await rows().first().waitFor()
  for (const [typed, address] of [
    ['капибара', /inbox\?q=/],
    ['#1', /tickets\/1$/],
  ] as const) {
    await press('Control+k')
    await at.page.getByPlaceholder('Что сделать или куда перейти?').fill(typed)
    await press('Enter')
    await expect.poll(() => at.page.url()).toMatch(address)
  }
})

test('the palette finds a customer by name and an article by title while one types', async () => {
  const headers = { origin: at.product.url }
  const base = `${at.product.url}/api/projects/${at.project}`
  await bring([
    {
      ...{ id: 'pal-1', platform: 'vk', text: 'Филин, где моя карта?', posted_at: new Date().toISOString() },
      ...{ author_id: 'olimpiada', author_name: 'Олимпиада Подъяблонская' },
    },
  ])
  const found = (await (await at.page.request.get(`${base}/mentions?author=olimpiada`)).json()) as {
    items: { id: string; author: { id: string } }[]
  }
  const [mention] = found.items
  await at.page.request.post(`${base}/tickets`, { headers, data: { mentions: [mention?.id] } })
  const data = { kind: 'article', lang: 'ru', title: 'Перевыпуск капибаровой карты', body: 'За два дня.' }
  await at.page.request.post(`${base}/knowledge/articles`, { headers, data })
  await go('inbox')
  await rows().first().waitFor()
  for (const [typed, hint, address] of [
    ['подъябл', 'Клиент', /authors\/olimpiada$/],
    ['капибаров пере', 'Статья', /knowledge\?article=\d+$/],
  ] as const) {
    await press('Control+k')
    await at.page.getByPlaceholder('Что сделать или куда перейти?').fill(typed)
    await at.page.getByRole('option', { name: hint }).waitFor()
    await press('Enter')
    await expect.poll(() => at.page.url()).toMatch(address)
  }
})

test('every key that the screens promise stands on the sheet of keys', async () => {
  await go('inbox')
  await rows().first().waitFor()
  await press('j', '?')
  const sheet = at.page.getByRole('dialog')
  await sheet.waitFor()
  const keys = await sheet.locator('kbd').allTextContents()
  for (const key of ['j', 'k', 'Enter', 'e', 't', 'a', '1', '2', '3', 's', 'l', 'r', 'x', 'z', '/', '?'])
    expect(keys, key).toContain(key)
})

test('filters live in the address and survive a reload', async () => {
  await go('inbox')
  await rows().first().waitFor()
  await press('/')
  await at.page.keyboard.type('плюм')
  await press('Enter')
  await at.page.waitForURL((address) => address.searchParams.get('q') === 'плюм')
  const total = at.page.getByText(/^\d+ упоминани/)
  await at.visitor.settled()
  const onAllPlatforms = await total.textContent()
  await press('f')
  await at.page.getByRole('dialog').getByText('Telegram', { exact: true }).click()
  await at.page.waitForURL((address) => address.searchParams.get('platform') === 'telegram')
  await press('Escape')
  await expect.poll(() => total.textContent()).not.toBe(onAllPlatforms)
  const before = await total.textContent()
  await at.page.reload()
  await rows().first().waitFor()
  expect(await total.textContent()).toBe(before)
  expect(await at.page.getByRole('textbox', { name: /Поиск/ }).inputValue()).toBe('плюм')
  expect(Number.parseInt(before ?? '', 10)).toBeLessThan(120)
})

test('a query with a mistake shows what is wrong, and one press repairs it', async () => {
  at.visitor.expects(422, /\/mentions\?q=филин AND \(карта&/)
  await go('inbox?q=филин AND (карта')
  await at.page.getByRole('alert').getByText('Эта скобка нигде не закрыта').waitFor()
  await at.page.getByRole('button', { name: 'Добавить «)»' }).click()
  await rows().first().waitFor()
  expect(new URL(at.page.url()).searchParams.get('q')).toBe('филин AND (карта)')
})

test('what comes in waits behind a button, so that nothing jumps under the hand', async () => {
  await go('inbox')
  await rows().first().waitFor()
  const first = await textOf(rows().first())
  await bring([
    { id: 'new-1', platform: 'vk', text: 'Филин, я только что написала вам', posted_at: new Date().toISOString() },
  ])
  const waiting = at.page.getByRole('button', { name: '1 новое' })
  await waiting.waitFor()
  expect(await textOf(rows().first())).toBe(first)
  await press('n')
  await expect.poll(() => textOf(rows().first())).toContain('я только что написала вам')
  await waiting.waitFor({ state: 'detached' })
})

test('hostile posts stay text: in the stream, in the detail and in a ticket', async () => {
  const hostile = `<img src=x onerror="window.hurt=1"><script>window.hurt=1</script> враждебный \u202Eтекст`
  await bring([
    {
      id: 'hostile',
      platform: 'vk',
      text: hostile,
      author_name: '<b onmouseover="window.hurt=1">Злой</b>\u202E',
      url: 'javascript:window.hurt=1',
      posted_at: new Date().toISOString(),
    },
  ])
  await go('inbox?q=враждебный')
  await rows().first().waitFor()
  await rows().first().getByRole('button').click()
  const detail = at.page.getByRole('complementary', { name: 'Упоминание' })
  await detail.getByRole('heading', { name: 'Автор' }).waitFor()
  expect(await detail.textContent()).toContain('<img src=x onerror="window.hurt=1"><script>')
  await press('t')
  await at.page.getByRole('button', { name: 'Показать тикет' }).click()
  const ticket = at.page.getByRole('region', { name: /^Тикет/ })
  await ticket.getByRole('article').getByText('враждебный').waitFor()
  for (const place of ['article img', 'article script', 'aside img', 'a[href^="javascript"]', 'main b[onmouseover]'])
    expect(await at.page.locator(place).count()).toBe(0)
  expect(await at.page.evaluate(() => 'hurt' in window)).toBe(false)
  // What turns the direction round stays inside its own box.
  const boxes = await ticket.getByText('враждебный').evaluateAll((found) =>
    found.map((element) => {
      const box = element.closest('bdi, [dir="auto"], textarea')
      return box === null ? 'none' : box instanceof HTMLTextAreaElement ? 'isolate' : getComputedStyle(box).unicodeBidi
    }),
  )
  expect(boxes.length).toBeGreaterThan(0)
  expect(boxes.filter((bidi) => bidi !== 'isolate' && bidi !== 'plaintext')).toEqual([])
})

test('a ticket is opened from a mention, gets a note, and is solved', async () => {
  await go('inbox?q=тариф')
  await rows().first().waitFor()
  await press('j', 't')
  await at.page.getByRole('button', { name: 'Показать тикет' }).click()
  const ticket = at.page.getByRole('region', { name: /^Тикет/ })
  const note = ticket.getByRole('textbox', { name: 'Внутренняя заметка' })
  await ticket.getByRole('button', { name: 'Внутренняя заметка' }).waitFor()
  await press('n')
  await note.waitFor()
  await expect.poll(() => note.evaluate((box) => box === document.activeElement)).toBe(true)
  await at.page.keyboard.type('Позвонили, ждём ответа')
  await press('Control+Enter')
  await ticket.getByRole('article').filter({ hasText: 'внутренняя заметка' }).getByText('Позвонили').waitFor()
  await ticket.getByRole('button', { name: 'Решён' }).click()
  await ticket.getByText('— статус «Открыт» → «Решён»').waitFor()
  await at.page.reload()
  await ticket.getByText('— статус «Открыт» → «Решён»').waitFor()
  await ticket.getByText('Позвонили, ждём ответа').waitFor()
})

test('a topic is written, its mistake repaired, and saving runs it over the archive', async () => {
  await go('topics/new')
  await at.page.getByLabel('Название').fill('Приложение')
  await at.page.locator('.cm-content').click()
  await at.page.keyboard.insertText('приложение AND (филин OR filin')
  await at.page.getByRole('button', { name: 'Добавить «)»' }).click()
  await at.page.getByText('Ожидается за месяц').waitFor()
  await at.page.getByRole('button', { name: 'Сохранить и пройти по архиву' }).click()
  await at.page.waitForURL(/topics\/\d+$/)
  await at.page.getByText('Готово').waitFor({ timeout: 30_000 })
  const found = at.page.getByRole('link', { name: /\d+ упоминани/ })
  await found.click()
  await rows().first().waitFor()
  expect(new URL(at.page.url()).searchParams.get('topic')).toMatch(/^\d+$/)
})

test('a number of the overview opens exactly its mentions', async () => {
  await go('overview')
  const totals = at.page.locator('dl').first()
  const total = totals.getByRole('link').first()
  await total.waitFor()
  const shown = digits(await total.textContent())
  await total.click()
  await rows().first().waitFor()
  expect(
    digits(
      await at.page
        .getByText(/упоминани[еяй]$/)
        .first()
        .textContent(),
    ),
  ).toBe(shown)

  await go('overview')
  const language = at.page.getByRole('link', { name: /казахский/ }).first()
  await language.waitFor()
  const kazakh = digits(await language.getAttribute('title'))
  await language.click()
  await rows().first().waitFor()
  expect(
    digits(
      await at.page
        .getByText(/упоминани[еяй]$/)
        .first()
        .textContent(),
    ),
  ).toBe(kazakh)
})

test('a file with a broken row is shown before it is read, and what could not be read is told', async () => {
  await go('sources/import')
  const csv =
    'Дата;Сообщение;Автор\n01.11.2026 10:00;Филин опять не пускает в приложение;Анна\n31.02.2026;Плюм лучше;Борис\n'
  await at.page
    .locator('input[type=file]')
    .setInputFiles({ name: 'выгрузка.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await at.page.getByText('Дату «31.02.2026» не удалось прочитать').waitFor()
  await at.page.getByRole('button', { name: 'Начать загрузку' }).click()
  await at.page.getByText('Готово').waitFor()
  await at.page.getByRole('cell', { name: 'Дату «31.02.2026» не удалось прочитать' }).waitFor()
  expect(await at.page.getByText(/сохранено 1 упоминание/).count()).toBeGreaterThan(0)
})

test('a second factor is set up, asked for at the door, and a recovery code stands in for the phone', async () => {
  await using moderator = await openVisitor(at.product)
  const own = moderator.page
  moderator.expects(401, /^\/api\/me$/)
  await own.goto(await invite('vera@heed.test'))
  await own.getByRole('link', { name: 'Филин Банк' }).first().waitFor()
  await own.goto(`${at.product.url}/projects/${at.project}/settings?part=me`)
  await own.getByLabel('Новый пароль').fill('верная лошадь')
  await own.getByRole('button', { name: 'Задать пароль' }).click()
  await own.getByRole('button', { name: 'Настроить приложение' }).click()
  await own.getByLabel('Нынешний пароль').last().fill('верная лошадь')
  await own.getByRole('button', { name: 'Продолжить' }).click()
  await own.getByRole('img', { name: 'QR-код для приложения' }).waitFor()
  const secret = (await own.locator('code').first().textContent()) ?? ''
  await own.getByLabel('Код из приложения').fill(appCode(secret))
  await own.getByRole('button', { name: 'Продолжить' }).click()
  const codes = own.getByRole('status').locator('li')
  await codes.first().waitFor()
  const recovery = await codes.allTextContents()
  expect(recovery).toHaveLength(10)
  await own.getByRole('button', { name: 'Коды сохранены' }).click()
  await own.getByText('Включён. При входе нужен код').waitFor()

  await using elsewhere = await openVisitor(at.product)
  elsewhere.expects(401, /^\/api\/(me|sign-in\/second-factor)$/)
  const door = elsewhere.page
  await door.goto(`${at.product.url}/sign-in`)
  await door.getByLabel('Почта').fill('vera@heed.test')
  await door.getByLabel('Пароль').fill('верная лошадь')
  await door.keyboard.press('Enter')
  await door.getByLabel('Код из приложения').fill('000 000')
  await door.getByRole('alert').getByText('Код не подошёл').waitFor()
  await door.getByRole('button', { name: 'Телефона нет под рукой: ввести запасной код' }).click()
  await door.getByLabel('Запасной код').fill(recovery[3] ?? '')
  await door.keyboard.press('Enter')
  await door.getByRole('link', { name: 'Сегодня' }).waitFor()
  expect([...moderator.complaints, ...elsewhere.complaints]).toEqual([])
})

/** A link for somebody new in the project. */
async function invite(email: string): Promise<string> {
  const answer = await at.page.request.post(`${at.product.url}/api/projects/${at.project}/members`, {
    headers: { origin: at.product.url },
    data: { name: 'Вера', email, role: 'moderator' },
  })
  return ((await answer.json()) as { link: string }).link
}

function digits(text: string | null): number {
  return Number((text ?? '').replace(/\D/g, ''))
}

/** Brings posts in as a file, past the screens; all of them become mentions. */
async function bring(posts: object[]): Promise<void> {
  const imports = `${at.product.url}/api/projects/${at.project}/imports`
  const headers = { origin: at.product.url }
  const file = await at.page.request.post(imports, {
    headers: { ...headers, 'x-file-name': 'posts.jsonl', 'content-type': 'application/octet-stream' },
    data: posts.map((post) => `${JSON.stringify(post)}\n`).join(''),
  })
  const { id } = (await file.json()) as { id: number }
  await at.page.request.put(`${imports}/${id}/mapping`, { headers, data: { columns: [], keepAll: true } })
  expect((await at.page.request.post(`${imports}/${id}/start`, { headers })).status()).toBe(200)
  const wanted = posts.length
  const done = async () => {
    const answer = await at.page.request.get(`${at.product.url}/api/projects/${at.project}/progress`)
    const { items } = (await answer.json()) as { items: { kind: string; state: string; saved: number }[] }
    const latest = items.find(({ kind }) => kind === 'import')
    return latest?.state === 'done' ? latest.saved : null
  }
  await expect.poll(done).toBe(wanted)
}
