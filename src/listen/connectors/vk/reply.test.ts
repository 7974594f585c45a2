import { beforeEach, expect, test } from 'vitest'
import { must, UserError } from '../../../base/errors.ts'
import type { Request } from '../../../base/http/request.ts'
import type { ConnectorIo } from '../connector.ts'
import type { OutgoingReply } from '../reply-channel.ts'
import type { VkAccount } from './publish.ts'
import { vkReplies } from './reply.ts'
import { PlayedVk } from './service.testing.ts'

let vk: PlayedVk
let breaks: 'before' | 'after' | null = null
const now = new Date('2026-11-22T12:00:00Z')
const request: Request = async (url, options) => {
  if (breaks === 'before') return { kind: 'unreachable', reason: 'ECONNREFUSED', url, requests: 1 }
  const { body } = vk.answer(url, String(options?.body))
  if (breaks === 'after') return { kind: 'unreachable', reason: 'ECONNRESET', url, requests: 1 }
  const bytes = new TextEncoder().encode(String(body))
  return { kind: 'ok', status: 200, headers: {}, body: bytes, url, movedTo: null, requests: 1 }
}
const io: ConnectorIo = { request, now: () => now, signal: new AbortController().signal }
const key = 'k'.repeat(30)

const replyTo = (place: string, more: Partial<OutgoingReply> = {}): OutgoingReply => ({
  key: 'reply-1',
  text: 'Здравствуйте, [id7|Анна]! Карта работает.',
  lang: 'ru',
  begunAt: now,
  to: {
    ...{ id: `https://vk.com/wall${place}`, url: `https://vk.com/wall${place}`, title: null, parent: null, root: null },
    author: { id: '7', name: 'Анна', handle: 'anna7' },
  },
  ...more,
})

const connect = async (settings: object): Promise<VkAccount> => {
  const greeted = await vkReplies.greet(vkReplies.parseAccount(settings), io)
  if (greeted.kind !== 'ready') throw new Error(JSON.stringify(greeted))
  return greeted.account
}

beforeEach(() => {
  vk = new PlayedVk()
  vk.now = now.getTime() / 1000
  vk.comments.set('-1_5', [
    {
      id: 10,
      from_id: 7,
      date: vk.now - 60,
      text: 'Почему не работает карта?',
      thread: [{ id: 11, from_id: 8, date: vk.now - 30, text: 'И у меня' }],
    },
  ])
  breaks = null
})

test('an account is a person, a person for a community, or a community by its own key', async () => {
  expect(await vkReplies.greet(vkReplies.parseAccount({ vkKey: key }), io)).toMatchObject({
    kind: 'ready',
    name: 'Анна №7',
  })
  const forGroup = vkReplies.parseAccount({ vkKey: key, community: 'https://vk.com/club5' })
  expect(await vkReplies.greet(forGroup, io)).toMatchObject({
    name: 'Банк 5',
    account: { group: 5, isGroupKey: false },
  })
  vk.groupKey = 6
  expect(await vkReplies.greet(vkReplies.parseAccount({ vkKey: key }), io)).toMatchObject({
    name: 'Банк 6',
    account: { group: 6, isGroupKey: true },
  })
  expect(await vkReplies.greet(forGroup, io)).toMatchObject({ kind: 'refused', problem: { key: 'vk.other-community' } })
  for (const [input, field] of [
    [{}, 'vkKey'],
    [{ vkKey: key, serviceKey: 'x' }, 'serviceKey'],
    [{ vkKey: key, community: 'acme' }, 'community'],
  ] as const) {
    const parsing = () => vkReplies.parseAccount(input)
    expect(parsing).toThrow(UserError)
    expect(parsing).toThrow(expect.objectContaining({ field }))
  }
})

test('a reply stands in the thread once, however often it is sent, and is found, changed and removed', async () => {
  const account = await connect({ vkKey: key, community: 'club1' })
  const reply = replyTo('-1_5?reply=11', {})
  reply.to.url = 'https://vk.com/wall-1_5?reply=11&thread=10'
  expect(await vkReplies.find(reply, account, io)).toEqual({ kind: 'absent' })
  const sent = await vkReplies.send(reply, account, io)
  if (sent.kind !== 'sent') throw new Error(JSON.stringify(sent))
  expect(await vkReplies.send(reply, account, io)).toEqual(sent)
  const thread = () => must(must(vk.comments.get('-1_5'))[0]?.thread)
  expect(
    thread()
      .map(({ from_id, text }) => [from_id, text])
      .slice(1),
  ).toEqual([[-1, reply.text]])
  expect(await vkReplies.find(reply, account, io)).toEqual(sent)
  expect(sent).toMatchObject({
    mention: 'https://vk.com/wall-1_5?reply=9002',
    url: 'https://vk.com/wall-1_5?reply=9002&thread=10',
  })
  expect(await vkReplies.edit?.(sent, 'Готово', account, io)).toEqual({ kind: 'done' })
  expect(thread()[1]?.text).toBe('Готово')
  expect(await vkReplies.remove?.(sent, account, io)).toEqual({ kind: 'done' })
  expect(thread()).toHaveLength(1)
})

test('a reply whose answer was lost is looked up, and sent again only when it is proved that it is not there', async () => {
  const account = await connect({ vkKey: key })
  breaks = 'after'
  expect(await vkReplies.send(replyTo('-1_5'), account, io)).toMatchObject({ kind: 'unknown' })
  expect(await vkReplies.find(replyTo('-1_5'), account, io)).toMatchObject({ kind: 'unknown' })
  breaks = null
  expect(await vkReplies.find(replyTo('-1_5'), account, io)).toMatchObject({ kind: 'sent' })
  breaks = 'before'
  expect(await vkReplies.send(replyTo('-1_5', { key: 'reply-2' }), account, io)).toMatchObject({ kind: 'later' })
  breaks = null
  expect(await vkReplies.find(replyTo('-1_5', { key: 'reply-2', text: 'Другой ответ' }), account, io)).toEqual({
    kind: 'absent',
  })
})

test('below a post with more comments than can be read nothing is proved', async () => {
  const account = await connect({ vkKey: key })
  vk.comments.set(
    '-1_5',
    Array.from({ length: 1200 }, (_, index) => ({ id: 100 + index, from_id: 8, date: vk.now, text: `Ещё ${index}` })),
  )
  expect(await vkReplies.find(replyTo('-1_5'), account, io)).toMatchObject({
    kind: 'unknown',
    problem: { key: 'reply.many-since' },
  })
})

test('a community’s own key sends, and looks up with the service key only', async () => {
  vk.groupKey = 1
  const account = await connect({ vkKey: key })
  const sent = await vkReplies.send(replyTo('-1_5'), account, io)
  if (sent.kind !== 'sent') throw new Error(JSON.stringify(sent))
  expect(await vkReplies.find(replyTo('-1_5'), account, io)).toMatchObject({
    kind: 'unknown',
    problem: { key: 'vk.no-look-up' },
  })
  expect(await vkReplies.edit?.(sent, 'x', account, io)).toMatchObject({
    kind: 'refused',
    problem: { key: 'vk.person-only' },
  })
  expect(await vkReplies.remove?.(sent, account, io)).toMatchObject({
    kind: 'refused',
    problem: { key: 'vk.person-only' },
  })
  vk.groupKey = null
  expect(await vkReplies.find(replyTo('-1_5'), { ...account, service: key }, io)).toMatchObject({ kind: 'sent' })
})

test.each([
  [5, 'refused', 'vk.signed-out'],
  [6, 'later', 'vk.too-fast'],
  [9, 'later', 'vk.flood'],
  [10, 'unknown', 'vk.broken'],
  [14, 'refused', 'vk.captcha'],
  [15, 'refused', 'vk.no-replies'],
  [29, 'later', 'vk.daily'],
  [213, 'refused', 'vk.no-replies'],
  [222, 'refused', 'vk.no-links'],
  [223, 'later', 'vk.too-many-replies'],
  [100, 'refused', 'vk.refused'],
])('error %i when sending', async (code, kind, problem) => {
  const account = await connect({ vkKey: key })
  vk.refuses = { code, method: 'wall.createComment' }
  expect(await vkReplies.send(replyTo('-1_5'), account, io)).toMatchObject({ kind, problem: { key: problem } })
  expect(must(vk.comments.get('-1_5'))).toHaveLength(1)
})

test('what is none of VK is not answered', async () => {
  const account = await connect({ vkKey: key })
  const reply = replyTo('-1_5')
  const elsewhere = { ...reply, to: { ...reply.to, id: 'https://vk.com/photo-1_2' } }
  expect(await vkReplies.send(elsewhere, account, io)).toMatchObject({
    kind: 'refused',
    problem: { key: 'reply.gone' },
  })
})
