import { beforeEach, describe, expect, test } from 'vitest'
import { must, UserError } from '../../../base/errors.ts'
import type { Request } from '../../../base/http/request.ts'
import type { Stream } from '../../../base/http/stream.ts'
import { connectorContract } from '../connector.contract.ts'
import type { Cursor, Fetched, SourceIo, SourceToRead } from '../connector.ts'
import { plainIo } from '../reader.testing.ts'
import type { OutgoingReply } from '../reply-channel.ts'
import { telegramReplies } from './reply.ts'
import { PlayedBotApi, type PlayedUpdate } from './service.testing.ts'
import { receiveUpdate, telegramBotConnector, type TelegramBotConfig } from './telegram-bot.ts'
import { secretFor } from './webhook.ts'

const date = Date.UTC(2026, 10, 22, 11) / 1000
const channel = { id: -1001, type: 'channel', title: 'Банк «Филин»', username: 'Filin_Bank' }
const group = { id: -1002, type: 'supergroup', title: 'Чат банка' }
const anna = { id: 7, is_bot: false, first_name: 'Анна', last_name: 'К.', username: 'anna' }
const message = (id: number, more: object = {}) => ({
  message_id: id,
  date,
  chat: group,
  from: anna,
  text: `Сообщение ${id}`,
  ...more,
})
const update = (id: number, more: object = {}, kind = 'message'): PlayedUpdate => ({
  update_id: id,
  [kind]: message(id, more),
})

let api: PlayedBotApi
const now = () => new Date('2026-11-22T12:00:00Z')
const request: Request = async (url, options) => {
  const { status = 200, headers = {}, body } = api.answer(new URL(url).pathname, String(options?.body ?? ''))
  return { kind: 'ok', status, headers, body: new TextEncoder().encode(String(body)), url, movedTo: null, requests: 1 }
}
const stream: Stream = async (url, { body = '' }) => {
  const { status = 200, headers = {}, body: answered } = api.answer(new URL(url).pathname, body)
  const chunks = (async function* () {
    yield new TextEncoder().encode(String(answered))
  })()
  return { kind: 'open', status, headers, chunks, close: () => {} }
}
const settings = { url: '@acme_bot' }
beforeEach(() => {
  api = new PlayedBotApi()
})

function io(signal = new AbortController().signal): SourceIo {
  return { ...plainIo({ request, now, signal }), stream }
}
const source = (more: object = {}, cursor: Cursor | null = null): SourceToRead<TelegramBotConfig> => ({
  id: 5,
  config: telegramBotConnector.parseConfig({ ...settings, ...more }),
  secrets: { token: api.token },
  cursor,
})
/** What listening brings until it is stopped, and saved at once. */
async function listen(most: number, given = source()): Promise<Fetched[]> {
  const stop = new AbortController()
  const heard: Fetched[] = []
  const listening = must(telegramBotConnector.listen)(given, { ...io(stop.signal), saved: async () => {} })
  for await (const fetched of listening) {
    heard.push(fetched)
    if (heard.length >= most) break
  }
  stop.abort()
  return heard
}
const itemsOf = (heard: Fetched[]) => heard.flatMap((fetched) => (fetched.kind === 'page' ? fetched.items : []))

const contract = new PlayedBotApi()
contract.updates = Array.from({ length: 150 }, (_, index) => update(index + 1))
connectorContract('telegram-bot', {
  connector: telegramBotConnector,
  origin: 'https://api.telegram.org',
  settings: () => settings,
  secrets: { token: contract.token },
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'https://example.org/bot' }, field: 'url' },
    { input: { ...settings, server: 'ftp://x' }, field: 'server' },
    { input: { ...settings, delivery: 'pigeon' }, field: 'delivery' },
  ],
  answer: (asked, base, body) => {
    const kept = contract.updates
    const answer = contract.answer(new URL(asked.url ?? '', base).pathname, body)
    // The contract reads from the start again, which Telegram itself would not let it.
    contract.updates = kept
    return answer
  },
  posts: 150,
})

describe('a bot of Telegram', () => {
  test('hears channels, groups, topics and private messages', async () => {
    api.updates = [
      {
        update_id: 1,
        channel_post: {
          message_id: 3,
          date,
          chat: channel,
          sender_chat: channel,
          text: 'Новая #карта, t.me и тут',
          entities: [
            { type: 'hashtag', offset: 6, length: 6 },
            { type: 'url', offset: 14, length: 4 },
            { type: 'text_link', offset: 21, length: 3, url: 'https://bank.example/' },
          ],
        },
      },
      update(2, {
        message_thread_id: 40,
        is_topic_message: true,
        reply_to_message: { message_id: 40, chat: group, forum_topic_created: { name: 'Карты' } },
      }),
      update(3, { chat: { id: 7, type: 'private', first_name: 'Анна', username: 'anna' } }),
      update(4, { text: undefined, photo: [{}], caption: 'Скриншот', location: { latitude: 55.7, longitude: 37.6 } }),
      update(5, { text: undefined, poll: { question: 'Кто за?', options: [{ text: 'Я' }, { text: 'Не я' }] } }),
      update(6, { text: undefined, photo: [{}] }),
      update(7, { sender_chat: group, from: { id: 1087968824, is_bot: true, first_name: 'Group' } }),
    ]
    const [first, page] = await listen(2)
    expect(first).toMatchObject({ kind: 'unchanged', health: { title: '@Acme_Bot' } })
    expect(itemsOf([must(page)])).toMatchObject([
      {
        ...{
          id: 'https://t.me/Filin_Bank/3',
          platform: 'telegram',
          kind: 'post',
          source: 'Банк «Филин»',
          tags: ['карта'],
        },
        ...{ url: 'https://t.me/Filin_Bank/3', links: ['https://bank.example/', 'https://t.me'], has: ['link'] },
        author: { id: 'filin_bank', name: 'Банк «Филин»', handle: 'Filin_Bank' },
      },
      {
        id: 'telegram:-1002/2',
        kind: 'message',
        source: 'Чат банка · Карты',
        root: 'telegram:-1002/40',
        author: { id: '7', name: 'Анна К.', handle: 'anna', bot: false },
      },
      { id: 'telegram:7/3', url: null, source: 'Анна' },
      { text: 'Скриншот', has: ['image'], place: { point: { latitude: 55.7, longitude: 37.6 } } },
      { text: 'Кто за?\n• Я\n• Не я' },
      { id: 'telegram:-1002/7', author: { id: '-1002', name: 'Чат банка' } },
    ])
  })

  test('comments hang below the post of the channel, also those that answer each other', async () => {
    const origin = { type: 'channel', chat: channel, message_id: 3, date }
    const copy = { message_id: 50, chat: group, is_automatic_forward: true, forward_origin: origin }
    api.updates = [
      update(50, { ...copy, sender_chat: channel, text: 'Запись канала' }),
      update(51, { message_thread_id: 50, reply_to_message: copy }),
      update(52, { message_thread_id: 50, reply_to_message: { message_id: 51, chat: group } }),
      update(53, { reply_to_message: { message_id: 20, chat: group } }),
      update(54, { forward_origin: origin }),
    ]
    expect(itemsOf(await listen(2)).map(({ id, kind, parent, root }) => [id, kind, parent, root])).toEqual([
      ['https://t.me/Filin_Bank/3', 'post', null, null],
      ['telegram:-1002/51', 'comment', 'https://t.me/Filin_Bank/3', 'https://t.me/Filin_Bank/3'],
      ['telegram:-1002/52', 'comment', 'telegram:-1002/51', 'https://t.me/Filin_Bank/3'],
      ['telegram:-1002/53', 'reply', 'telegram:-1002/20', null],
      ['telegram:-1002/54', 'repost', 'https://t.me/Filin_Bank/3', null],
    ])
  })

  test('a thread is remembered over a stop, and an edit is the last word', async () => {
    const origin = { type: 'channel', chat: channel, message_id: 3, date }
    api.updates = [update(50, { is_automatic_forward: true, forward_origin: origin })]
    const page = must((await listen(2))[1])
    if (page.kind !== 'page') throw new Error(page.kind)
    api.updates = [
      update(52, { message_thread_id: 50, reply_to_message: { message_id: 51, chat: group } }),
      {
        update_id: 53,
        edited_message: message(52, {
          text: 'Исправлено',
          message_thread_id: 50,
          reply_to_message: { message_id: 51 },
        }),
      },
    ]
    const [, next] = await listen(2, source({}, page.next))
    expect(next).toMatchObject({
      items: [{ id: 'telegram:-1002/52', text: 'Исправлено', root: 'https://t.me/Filin_Bank/3' }],
      edited: ['telegram:-1002/52'],
    })
  })

  test('Telegram hears that a message was taken only after it was saved', async () => {
    api.updates = [update(1), update(2)]
    const stop = new AbortController()
    let save = () => {}
    const saved = () => new Promise<void>((resolve) => (save = resolve))
    const listening = must(telegramBotConnector.listen)(source(), { ...io(stop.signal), saved })
    await listening[Symbol.asyncIterator]().next()
    await listening[Symbol.asyncIterator]().next()
    const third = listening[Symbol.asyncIterator]().next()
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(api.updates).toHaveLength(2)
    save()
    expect((await third).value).toMatchObject({ kind: 'unchanged' })
    expect(api.updates).toHaveLength(0)
    stop.abort()
  })

  test('who only tries a bot out takes nothing from whoever reads it', async () => {
    api.updates = [update(1)]
    const stop = new AbortController()
    const heard: Fetched[] = []
    setTimeout(() => stop.abort(), 50)
    for await (const fetched of must(telegramBotConnector.listen)(source(), io(stop.signal))) heard.push(fetched)
    expect(itemsOf(heard)).toHaveLength(1)
    expect(api.updates).toHaveLength(1)
  })

  test('a bot that somebody else uses is left to them, and a webhook of ours is taken back', async () => {
    api.webhook = { url: 'https://crm.example/tg', secret_token: 's' }
    expect(await listen(1)).toMatchObject([
      { kind: 'failed', problem: { key: 'telegram-bot.webhook-of-others', values: { host: 'crm.example' } } },
    ])
    expect(api.webhook).not.toBeNull()
    api.webhook = { url: 'https://heed.example/push/5/t', secret_token: 's' }
    const push = { url: 'https://other-name.example/push/5/t', secret: 's' }
    expect(await listen(1, { ...source(), push })).toMatchObject([{ kind: 'unchanged' }])
    expect(api.webhook).toBeNull()
    api.refuses = {
      code: 409,
      description: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      method: 'getUpdates',
    }
    expect((await listen(2))[1]).toMatchObject({ kind: 'failed', problem: { key: 'telegram-bot.conflict' } })
  })

  test('a dead token, another bot, a flood and words of Telegram are told', async () => {
    api.username = 'Other_Bot'
    expect(await listen(1)).toMatchObject([
      { kind: 'signed-out', problem: { key: 'telegram-bot.other', values: { name: 'Other_Bot' } } },
    ])
    api.username = 'Acme_Bot'
    api.refuses = { code: 401, description: 'Unauthorized' }
    expect(await listen(1)).toMatchObject([{ kind: 'signed-out', problem: { key: 'telegram-bot.signed-out' } }])
    api.refuses = { code: 429, description: 'Too Many Requests: retry after 35', retryAfter: 35, method: 'getUpdates' }
    expect((await listen(2))[1]).toEqual({ kind: 'rate-limited', retryAt: new Date('2026-11-22T12:00:35Z') })
    api.refuses = { code: 400, description: 'Bad Request: something', method: 'getUpdates' }
    expect((await listen(2))[1]).toMatchObject({
      problem: { key: 'telegram-bot.refused', values: { reason: 'Bad Request: something' } },
    })
  })

  test('what is broken in one update is told and hides no other', async () => {
    api.updates = [
      { update_id: 1, message: { message_id: 'x' } },
      { update_id: 2, message: message(2, { date: 0 }) },
      { update_id: 3, poll_answer: {} },
      { update_id: 4, message: message(4, { entities: 'x', reply_to_message: 17, forward_origin: [] }) },
    ]
    const page = must((await listen(2))[1])
    expect(page).toMatchObject({
      kind: 'page',
      items: [{ postedAt: null }, { id: 'telegram:-1002/4' }],
      next: { offset: 5 },
    })
    expect(page.kind === 'page' && page.problems.map(({ problem }) => problem?.key)).toEqual([
      'entry.unreadable',
      'entry.date',
    ])
  })

  test('with a public address Telegram comes by itself, with the secret it was told', async () => {
    const push = { url: 'https://heed.example/push/5/t', secret: 'derived-secret' }
    const given = { ...source({ delivery: 'webhook' }), push }
    expect(telegramBotConnector.way?.(given.config, {})).toBe('push')
    const fetched = await must(telegramBotConnector.fetch)(given, io())
    expect(fetched).toMatchObject({ kind: 'unchanged', health: { title: '@Acme_Bot' } })
    expect(api.webhook).toEqual({ url: push.url, secret_token: secretFor(push.secret) })
    const tell = (body: string, secret: string | null) =>
      receiveUpdate(given, {
        ...{ method: 'POST', query: new URLSearchParams(), body: new TextEncoder().encode(body), at: now() },
        headers: new Headers(secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret }),
      })
    expect(tell(JSON.stringify(update(9)), secretFor(push.secret))).toMatchObject({
      ...{ kind: 'items', event: '9', reply: { status: 200 } },
      items: [{ id: 'telegram:-1002/9' }],
    })
    for (const secret of [null, '', 'x'.repeat(64)])
      expect(tell(JSON.stringify(update(9)), secret)).toMatchObject({ kind: 'refused', status: 403 })
    expect(tell('{"update_id":', secretFor(push.secret))).toMatchObject({ kind: 'refused', status: 400 })
    api.webhook = { url: 'https://crm.example/tg', secret_token: 's' }
    expect(await must(telegramBotConnector.fetch)(given, io())).toMatchObject({
      problem: { key: 'telegram-bot.webhook-of-others' },
    })
    api.webhook = { url: push.url, secret_token: secretFor(push.secret) }
    api.webhookError = 'Connection timed out'
    const again = { ...given, cursor: fetched.kind === 'unchanged' ? fetched.next : null }
    expect(await must(telegramBotConnector.fetch)(again, io())).toMatchObject({
      problem: { key: 'telegram-bot.not-reached' },
    })
    expect(await must(telegramBotConnector.fetch)(source({ delivery: 'webhook' }), io())).toMatchObject({
      problem: { key: 'telegram-bot.no-address' },
    })
  })
})

describe('an answer of a bot', () => {
  const account = () => telegramReplies.parseAccount({ botToken: api.token })
  const reply = (id: string, text = 'Карта работает'): OutgoingReply => ({
    ...{ key: 'r1', text, lang: 'ru', begunAt: now() },
    to: { id, url: null, title: null, parent: null, root: null, author: null },
  })

  test('goes out below what it answers, and is changed and removed', async () => {
    expect(await telegramReplies.greet(account(), io())).toMatchObject({ kind: 'ready', name: '@Acme_Bot' })
    const sent = await telegramReplies.send(reply('telegram:-1002/51'), account(), io())
    expect(sent).toEqual({ kind: 'sent', id: '-1002/901', mention: 'telegram:-1002/901', url: 'https://t.me/c/2/901' })
    expect(api.sent).toEqual([{ chat_id: -1002, text: 'Карта работает', reply_parameters: { message_id: 51 } }])
    if (sent.kind !== 'sent') return
    expect(await telegramReplies.edit?.(sent, 'Уже работает', account(), io())).toEqual({ kind: 'done' })
    expect(await telegramReplies.edit?.(sent, 'Карта работает', account(), io())).toEqual({ kind: 'done' })
    expect(await telegramReplies.remove?.(sent, account(), io())).toEqual({ kind: 'done' })
    expect(await telegramReplies.remove?.(sent, account(), io())).toEqual({ kind: 'done' })
    const inChannel = await telegramReplies.send(reply('https://t.me/Filin_Bank/3'), account(), io())
    expect(inChannel).toMatchObject({ mention: 'https://t.me/Filin_Bank/901', url: 'https://t.me/Filin_Bank/901' })
  })

  test('is counted in units of UTF-16', () => {
    expect(telegramReplies.limits(account()).length).toEqual({ most: 4096, unit: 'utf16' })
  })

  test.each([
    [429, 'Too Many Requests: retry after 7', 'later', 'reply.slow-down'],
    [400, 'Bad Request: message to be replied not found', 'refused', 'reply.gone'],
    [403, 'Forbidden: bot was kicked from the supergroup chat', 'refused', 'telegram-bot.not-allowed'],
    [400, 'Bad Request: not enough rights to send text messages to the chat', 'refused', 'telegram-bot.not-allowed'],
    [401, 'Unauthorized', 'refused', 'telegram-bot.signed-out'],
    [500, 'Internal Server Error', 'unknown', 'telegram-bot.refused'],
  ])('that Telegram answers with %i “%s”', async (code, description, kind, key) => {
    api.refuses = { code, description, ...(code === 429 && { retryAfter: 7 }), method: 'sendMessage' }
    const sent = await telegramReplies.send(reply('telegram:-1002/51'), account(), io())
    expect(sent).toMatchObject({ kind, problem: { key } })
    if (sent.kind === 'later') expect(sent.at).toEqual(new Date('2026-11-22T12:00:07Z'))
  })

  test('whose answer was lost is unknown, and stays so until a person has looked', async () => {
    const broken = {
      ...io(),
      request: (async (url) => ({ kind: 'unreachable', reason: 'ECONNRESET', url, requests: 1 })) satisfies Request,
    }
    expect(await telegramReplies.send(reply('telegram:-1002/51'), account(), broken)).toMatchObject({ kind: 'unknown' })
    expect(await telegramReplies.find(reply('telegram:-1002/51'), account(), io())).toMatchObject({
      kind: 'unknown',
      problem: { key: 'telegram-bot.no-look-up' },
    })
    const page = {
      ...io(),
      request: (async (url) => ({
        kind: 'ok',
        status: 200,
        headers: {},
        body: new TextEncoder().encode('<html>'),
        url,
        movedTo: null,
        requests: 1,
      })) satisfies Request,
    }
    expect(await telegramReplies.send(reply('telegram:-1002/51'), account(), page)).toMatchObject({ kind: 'unknown' })
  })

  test('to what is none of Telegram, and with a token that is none, is refused', async () => {
    expect(await telegramReplies.send(reply('https://vk.com/wall-1_2'), account(), io())).toMatchObject({
      kind: 'refused',
      problem: { key: 'reply.gone' },
    })
    expect(() => telegramReplies.parseAccount({ botToken: 'a token' })).toThrow(UserError)
  })
})
