import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '../../src/base/errors.ts'
import { addProject } from '../../src/base/team/project.ts'
import { addSource, findSource, type Source } from '../../src/listen/collect/source.ts'
import { streamSource } from '../../src/listen/collect/stream.ts'
import { trySource } from '../../src/listen/collect/try-source.ts'
import { collectWorld } from '../../src/listen/collect/world.ts'
import { telegramReplies } from '../../src/listen/connectors/telegram-bot/reply.ts'
import { telegramBotConnector } from '../../src/listen/connectors/telegram-bot/telegram-bot.ts'
import { addTopic } from '../../src/listen/topics/topic.ts'
import { openTestHouse, type TestHouse } from '../house.ts'
import { botToken, groupId, startTelegram, withoutTelegram, type TelegramServer } from './telegram-server.ts'

let house: TestHouse
let telegram: TelegramServer
let source: Source
const secrets = { token: botToken }
const head = { kind: 'member', id: 'test', name: 'Test', email: 'test@heed.test', locale: 'en', isHead: true } as const

beforeAll(async () => {
  if (withoutTelegram !== null) return
  telegram = await startTelegram()
  house = await openTestHouse()
  const { db } = house.postgres
  const { id } = await addProject(db, head, { name: 'Bank', timeZone: 'UTC' })
  house.topics.set(await addTopic(db, id, { name: 'Банк', group: null, query: 'банк' }, null))
  const settings = { url: '@TestNameBot', server: telegram.base }
  source = await addSource({ db, secrets: house.secrets }, id, telegramBotConnector, { settings, secrets, name: null })
})
afterAll(async () => {
  await telegram?.[Symbol.asyncDispose]()
  await house?.[Symbol.asyncDispose]()
})

async function texts(): Promise<string[]> {
  const rows = await house.clickhouse.rows<{ text: string }>('select text from mention final order by posted_at, id')
  return rows.map(({ text }) => text).toSorted()
}

/** Listens until so many mentions are there. */
async function listenUntil(count: number): Promise<void> {
  const stop = new AbortController()
  const listening = streamSource(collectWorld(house), source.id, stop.signal)
  await expect.poll(texts, { timeout: 8000, interval: 100 }).toHaveLength(count)
  stop.abort()
  await listening
}

test('what is written to a bot arrives once, over a stop of the peer and one of ours', async ({ skip }) => {
  skip(withoutTelegram !== null, withoutTelegram ?? '')
  await telegram.write('Банк, первое')
  await telegram.write('Погода')
  await listenUntil(1)
  await telegram.write('Банк, второе')
  await listenUntil(2)
  const stop = new AbortController()
  await telegram.stop()
  await streamSource(collectWorld(house), source.id, stop.signal)
  expect(await findSource(house.postgres.db, source.id)).toMatchObject({
    lastAnswer: 'failed',
    error: { key: 'site.unreachable' },
  })
  await telegram.start()
  await telegram.write('Банк, третье')
  await listenUntil(3)
  await sleep(200)
  expect(await texts()).toEqual(['Банк, второе', 'Банк, первое', 'Банк, третье'])
  const [stored] = await house.clickhouse.rows<object>(`select source, platform from mention final limit 1`)
  expect(stored).toMatchObject({ source: 'Чат банка', platform: 'telegram' })
})

test('who only tries the bot out sees its name and what waits', async ({ skip }) => {
  skip(withoutTelegram !== null, withoutTelegram ?? '')
  await telegram.write('Банк, на пробу')
  const world = { ...house, db: house.postgres.db, project: must(source.projectId) }
  const tried = await trySource(
    world,
    telegramBotConnector,
    { settings: { url: '@TestNameBot', server: telegram.base }, secrets },
    AbortSignal.timeout(2000),
  )
  expect(tried).toMatchObject({ kind: 'readable', title: '@TestNameBot', items: [{ text: 'Банк, на пробу' }] })
})

test('a reply stands in the chat once, below what it answers, is changed and removed', async ({ skip }) => {
  skip(withoutTelegram !== null, withoutTelegram ?? '')
  const signal = new AbortController().signal
  const io = { request: house.request, now: house.now, signal }
  const account = telegramReplies.parseAccount({ botToken, botServer: telegram.base })
  expect(await telegramReplies.greet(account, io)).toMatchObject({ kind: 'ready', name: '@TestNameBot' })
  const to = { id: `telegram:${groupId}/1`, url: null, title: null, parent: null, root: null, author: null }
  const reply = { key: 'r-1', text: 'Банк работает, спасибо!', lang: 'ru', begunAt: new Date(), to }
  const sent = await telegramReplies.send(reply, account, io)
  if (sent.kind !== 'sent') throw new Error(JSON.stringify(sent))
  const written = await telegram.written()
  expect(written.map(({ message }) => message)).toMatchObject([
    { chat_id: groupId, text: reply.text, reply_parameters: { message_id: 1 } },
  ])
  expect(sent.id).toBe(`${groupId}/${written[0]?.messageId}`)
  expect(await telegramReplies.edit?.(sent, 'Банк снова работает', account, io)).toEqual({ kind: 'done' })
  expect((await telegram.written()).map(({ message }) => message['text'])).toEqual(['Банк снова работает'])
  expect(await telegramReplies.remove?.(sent, account, io)).toEqual({ kind: 'done' })
  expect(await telegram.written()).toEqual([])
})

test('a peer that is not there answers with “later”, not with a lost reply', async ({ skip }) => {
  skip(withoutTelegram !== null, withoutTelegram ?? '')
  await telegram.stop()
  const io = { request: house.request, now: house.now, signal: new AbortController().signal }
  const account = telegramReplies.parseAccount({ botToken, botServer: telegram.base })
  const to = { id: `telegram:${groupId}/1`, url: null, title: null, parent: null, root: null, author: null }
  expect(
    await telegramReplies.send({ key: 'r-2', text: 'Ответ', lang: 'ru', begunAt: new Date(), to }, account, io),
  ).toMatchObject({ kind: 'later' })
})
