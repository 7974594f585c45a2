import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '../src/base/errors.ts'
import { addProject } from '../src/base/team/project.ts'
import { addSource, saveCursor, type Source } from '../src/listen/collect/source.ts'
import { pushAddress } from '../src/listen/collect/push.ts'
import { collectWorld } from '../src/listen/collect/world.ts'
import type { PushAddress } from '../src/listen/connectors/connector.ts'
import { secretFor as vkSecret } from '../src/listen/connectors/vk/callback.ts'
import { vkConnector } from '../src/listen/connectors/vk/vk.ts'
import { telegramBotConnector } from '../src/listen/connectors/telegram-bot/telegram-bot.ts'
import { secretFor as botSecret } from '../src/listen/connectors/telegram-bot/webhook.ts'
import { addTopic } from '../src/listen/topics/topic.ts'
import { createApi } from '../src/serve/api/api.ts'
import type { Api } from '../src/serve/api/door.ts'
import { openTestHouse, type TestHouse } from './house.ts'

// What VK and Telegram push comes through the door of the house and is saved before they are answered.

let house: TestHouse
let api: Api
let vk: Source & { push: PushAddress }
let bot: Source & { push: PushAddress }

beforeAll(async () => {
  house = await openTestHouse()
  api = await createApi(house)
  const { db } = house.postgres
  const head = {
    kind: 'member',
    id: 'test',
    name: 'Test',
    email: 'test@heed.test',
    locale: 'en',
    isHead: true,
  } as const
  const { id: project } = await addProject(db, head, { name: 'Bank', timeZone: 'UTC' })
  house.topics.set(await addTopic(db, project, { name: 'Banks', group: null, query: 'банк' }, null))
  const add = async (connector: typeof vkConnector | typeof telegramBotConnector, url: string) => {
    const source = await addSource({ db, secrets: house.secrets }, project, connector, {
      settings: { url, delivery: 'webhook' },
      name: null,
    })
    return { ...source, push: must(pushAddress(collectWorld(house), source.id)) }
  }
  vk = await add(vkConnector, 'vk.com/club5')
  await saveCursor(db, vk.id, { url: 'https://vk.com/club5', owner: -5, title: 'Банк', code: 'c0ffee' })
  bot = await add(telegramBotConnector, '@acme_bot')
})
afterAll(() => house[Symbol.asyncDispose]())

type Told = { type: string; object?: unknown; event_id?: string; secret?: string; group_id?: number }

async function tellVk(event: Told): Promise<[number, string]> {
  const body = JSON.stringify({
    v: '5.199',
    group_id: 5,
    secret: vkSecret(vk.push.secret),
    event_id: `e${count++}`,
    ...event,
  })
  const answer = await api.request(new URL(vk.push.url).pathname, { method: 'POST', body })
  return [answer.status, await answer.text()]
}
let count = 0

const comment = (id: number, text: string) => ({
  id,
  from_id: 7,
  post_id: 1,
  owner_id: -5,
  date: Math.floor(Date.now() / 1000),
  text,
})

async function texts(): Promise<{ [id: string]: string }> {
  const rows = await house.clickhouse.rows<{ id: string; text: string }>('select id, text from mention final')
  return Object.fromEntries(rows.map(({ id, text }) => [id, text]))
}

test('VK hears the word it wants from our address, and strangers hear nothing', async () => {
  expect(await tellVk({ type: 'confirmation' })).toEqual([200, 'c0ffee'])
  expect((await tellVk({ type: 'wall_post_new', object: comment(1, 'Банк чужой'), secret: 'x' }))[0]).toBe(403)
  expect((await tellVk({ type: 'confirmation', group_id: 6 }))[0]).toBe(403)
  const wrong = new URL(vk.push.url).pathname.replace(/.$/, (last) => (last === 'x' ? 'y' : 'x'))
  expect((await api.request(wrong, { method: 'POST', body: '{}' })).status).toBe(404)
  expect((await api.request(new URL(vk.push.url).pathname, { method: 'POST', body: '{"type":' })).status).toBe(400)
  expect((await api.request(new URL(vk.push.url).pathname)).status).toBe(400)
})

test('a comment is saved before VK is answered, an edit and a deletion are followed, and a restored one is back', async () => {
  const id = 'https://vk.com/wall-5_1?reply=10'
  expect(await tellVk({ type: 'wall_post_new', object: { ...comment(1, 'Банк открыт'), from_id: -5 } })).toEqual([
    200,
    'ok',
  ])
  expect(await tellVk({ type: 'wall_reply_new', object: comment(10, 'Банк не работает') })).toEqual([200, 'ok'])
  expect(await texts()).toEqual({ 'https://vk.com/wall-5_1': 'Банк открыт', [id]: 'Банк не работает' })
  await tellVk({ type: 'wall_reply_edit', object: comment(10, 'Банк снова работает') })
  expect((await texts())[id]).toBe('Банк снова работает')
  await tellVk({ type: 'wall_reply_delete', object: { owner_id: -5, id: 10, user_id: 7, post_id: 1, deleter_id: 7 } })
  expect((await texts())[id]).toBeUndefined()
  await tellVk({ type: 'wall_reply_restore', object: comment(10, 'Банк снова работает') })
  expect((await texts())[id]).toBe('Банк снова работает')
})

test('an event that is told once more, after what followed it, changes nothing', async () => {
  const id = 'https://vk.com/wall-5_1?reply=20'
  const first = { type: 'wall_reply_new', object: comment(20, 'Банк, первое слово'), event_id: 'late' }
  await tellVk(first)
  await tellVk({ type: 'wall_reply_edit', object: comment(20, 'Банк, второе слово') })
  expect(await tellVk(first)).toEqual([200, 'ok'])
  expect((await texts())[id]).toBe('Банк, второе слово')
  await tellVk({ type: 'wall_reply_delete', object: { owner_id: -5, id: 20, user_id: 7, post_id: 1 } })
  expect(await tellVk(first)).toEqual([200, 'ok'])
  expect((await texts())[id]).toBeUndefined()
})

test('events of other kinds and of another form are taken and leave nothing', async () => {
  const before = await texts()
  for (const event of [
    { type: 'group_join', object: { user_id: 7 } },
    { type: 'wall_reply_new', object: { id: 'x' } },
    { type: 'wall_reply_delete', object: null },
    { type: 'wall_post_new', object: { ...comment(2, 'Банк, предложено'), post_type: 'suggest' } },
    { type: 'wall_post_new' },
  ])
    expect(await tellVk(event)).toEqual([200, 'ok'])
  expect(await texts()).toEqual(before)
})

test('an update that Telegram pushes is saved once, and only with the secret it was told', async () => {
  const message = (text: string) => ({
    message_id: 3,
    date: Math.floor(Date.now() / 1000),
    chat: { id: -1009, type: 'supergroup', title: 'Чат' },
    from: { id: 7, first_name: 'Анна' },
    text,
  })
  const push = (update: object, secret = botSecret(bot.push.secret)) =>
    api.request(new URL(bot.push.url).pathname, {
      method: 'POST',
      headers: { 'x-telegram-bot-api-secret-token': secret },
      body: JSON.stringify(update),
    })
  expect((await push({ update_id: 1, message: message('Банк чужой') }, 'x')).status).toBe(403)
  expect((await push({ update_id: 1, message: message('Банк закрыт?') })).status).toBe(200)
  expect((await push({ update_id: 2, edited_message: message('Банк открыт?') })).status).toBe(200)
  expect((await push({ update_id: 1, message: message('Банк закрыт?') })).status).toBe(200)
  expect((await texts())['telegram:-1009/3']).toBe('Банк открыт?')
})
