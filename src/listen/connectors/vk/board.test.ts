import { beforeEach, expect, test } from 'vitest'
import { must } from '../../../base/errors.ts'
import type { Request } from '../../../base/http/request.ts'
import { connectorContract } from '../connector.contract.ts'
import type { Cursor } from '../connector.ts'
import { plainIo, readerOf } from '../reader.testing.ts'
import type { Post } from '../../posts/post.ts'
import { vkReplies } from './reply.ts'
import { PlayedVk, refusal, type PlayedComment } from './service.testing.ts'
import { readTarget } from './target.ts'
import { vkConnector } from './vk.ts'

const now = new Date('2026-11-22T12:00:00Z')
const nowS = now.getTime() / 1000
const secrets = { token: 'service-key-0123456789' }
const said = (id: number, more: Partial<PlayedComment> = {}): PlayedComment => ({
  id,
  from_id: 7,
  date: nowS - 7200 + id,
  text: `Сказано ${id}`,
  ...more,
})
const topic = (id: number, count: number, more: object = {}) => ({
  id,
  title: `Тема ${id}`,
  comments: Array.from({ length: count }, (_, index) =>
    said(id * 1000 + index, { date: nowS - 90_000 + id * 300 + index }),
  ),
  ...more,
})

/** A pinned topic, one with more comments than a page, and others. */
function board(others: number): PlayedVk {
  const vk = new PlayedVk()
  const topics = Array.from({ length: others }, (_, index) => topic(3 + index, 1 + (index % 2)))
  vk.topics = [topic(1, 3, { is_fixed: 1 }), topic(2, 150), ...topics]
  return vk
}
const played = board(6)

connectorContract('vk discussions', {
  connector: vkConnector,
  origin: 'https://api.vk.com',
  settings: () => ({ url: 'vk.com/board1' }),
  secrets,
  wrongSettings: [{ input: { url: 'stream:  ' }, field: 'url' }],
  answer: (request, base, body) => played.answer(new URL(request.url ?? '', base).href, body),
  posts: played.topics.reduce((sum, { comments }) => sum + comments.length, 0),
})

let vk: PlayedVk
beforeEach(() => {
  vk = new PlayedVk()
  vk.topics = [topic(5, 3)]
})

async function readAll(url: string, from: Cursor | null = null, at = now) {
  const items: Post[] = []
  const edited: string[] = []
  const problems: (string | undefined)[] = []
  let cursor = from
  for (let turn = 0; turn < 50; turn += 1) {
    const { read } = readerOf(vkConnector, { url }, at.toISOString(), secrets)
    const fetched = await read((asked, body) => vk.answer(asked.href, body), cursor)
    if (fetched.kind !== 'page' && fetched.kind !== 'unchanged') throw new Error(JSON.stringify(fetched))
    cursor = fetched.next
    if (fetched.kind === 'unchanged') break
    items.push(...fetched.items)
    edited.push(...(fetched.edited ?? []))
    problems.push(...fetched.problems.map(({ problem }) => problem?.key))
    if (!fetched.more) break
  }
  return { items, edited, problems, cursor }
}

test('a discussion is its opening and what is said after it, by whom and where', async () => {
  const { items } = await readAll('https://vk.com/topic-1_5')
  expect(items).toMatchObject([
    {
      id: 'https://vk.com/topic-1_5',
      title: 'Тема 5',
      text: 'Сказано 5000',
      kind: 'post',
      source: 'Банк 1',
      author: { name: 'Анна №7' },
      comments: 3,
      root: null,
    },
    { id: 'https://vk.com/topic-1_5?post=5002', kind: 'comment', likes: 2, root: 'https://vk.com/topic-1_5' },
    { id: 'https://vk.com/topic-1_5?post=5001', parent: 'https://vk.com/topic-1_5' },
  ])
})

test('a board with more topics than a page is read to its end, and then only where something was said', async () => {
  vk = board(118)
  const { items, cursor } = await readAll('vk.com/board1')
  expect(items).toHaveLength(vk.topics.reduce((sum, { comments }) => sum + comments.length, 0))
  must(vk.topics.at(-1)).comments.push(said(99, { date: nowS - 1 }))
  vk.asked.length = 0
  const next = await readAll('vk.com/board1', cursor, new Date(now.getTime() + 60_000))
  expect(next.items.map(({ id }) => id)).toEqual(['https://vk.com/topic-1_120?post=99'])
  expect(vk.asked.filter(({ method }) => method === 'board.getTopics')).toHaveLength(1)
})

test('what is said later comes once, and an edit is met when its turn comes', async () => {
  const { cursor } = await readAll('vk.com/board1')
  must(vk.topics[0]).comments.push(said(5009, { date: nowS - 60 }))
  const second = await readAll('vk.com/board1', cursor, new Date(now.getTime() + 60_000))
  expect(second.items.map(({ id }) => id)).toEqual(['https://vk.com/topic-1_5?post=5009'])
  must(must(vk.topics[0]).comments[1]).text = 'Теперь иначе'
  const soon = await readAll('vk.com/board1', second.cursor, new Date(now.getTime() + 120_000))
  expect(soon.items).toEqual([])
  const later = await readAll('vk.com/board1', soon.cursor, new Date(now.getTime() + 8 * 3_600_000))
  expect([later.items.map(({ text }) => text), later.edited]).toEqual([
    ['Теперь иначе'],
    ['https://vk.com/topic-1_5?post=5001'],
  ])
})

test('a discussion that is closed to the key is told and hides no other', async () => {
  vk.refuses = { code: 15, method: 'board.getComments' }
  const { items, problems } = await readAll('vk.com/board1')
  expect([items.map(({ id }) => id), problems]).toEqual([['https://vk.com/topic-1_5'], ['vk.comments-closed']])
  const { read } = readerOf(vkConnector, { url: 'vk.com/board1' }, now.toISOString(), secrets)
  expect(await read(() => refusal(15, 'Access denied'))).toMatchObject({ kind: 'signed-out' })
})

test('boards and topics are understood however they are written', () => {
  expect(readTarget('https://m.vk.com/board123')).toMatchObject({ kind: 'board', group: 123, topic: null })
  expect(readTarget('vk.com/topic-12_34?post=5')).toEqual({
    kind: 'board',
    url: 'https://vk.com/topic-12_34',
    group: 12,
    topic: 34,
  })
})

const key = 'k'.repeat(30)
let breaks = false
const request: Request = async (url, options) => {
  const { body } = vk.answer(url, String(options?.body))
  if (breaks) return { kind: 'unreachable', reason: 'ECONNRESET', url, requests: 1 }
  const bytes = new TextEncoder().encode(String(body))
  return { kind: 'ok', status: 200, headers: {}, body: bytes, url, movedTo: null, requests: 1 }
}
const io = plainIo({ request, now: () => now, signal: new AbortController().signal })
const reply = {
  key: 'reply-1',
  text: 'Здравствуйте! Уже чиним.',
  lang: 'ru',
  begunAt: now,
  to: {
    ...{ id: 'https://vk.com/topic-1_5?post=5001', url: null, title: null, author: null },
    ...{ parent: 'https://vk.com/topic-1_5', root: 'https://vk.com/topic-1_5' },
  },
}
const account = { token: key, service: '', group: 1, user: 7, isGroupKey: false }

test('an answer in a discussion stands there once, is found when it was lost, changed and removed', async () => {
  vk.now = nowS
  expect(await vkReplies.find(reply, account, io)).toEqual({ kind: 'absent' })
  breaks = true
  expect(await vkReplies.send(reply, account, io)).toMatchObject({ kind: 'unknown' })
  breaks = false
  const sent = await vkReplies.find(reply, account, io)
  if (sent.kind !== 'sent') throw new Error(JSON.stringify(sent))
  expect(await vkReplies.send(reply, account, io)).toEqual(sent)
  const comments = () => must(vk.topics[0]).comments.slice(3)
  expect(comments().map(({ from_id, text }) => [from_id, text])).toEqual([[-1, reply.text]])
  expect(sent.mention).toBe('https://vk.com/topic-1_5?post=8003')
  expect(await vkReplies.edit?.(sent, 'Готово', account, io)).toEqual({ kind: 'done' })
  expect(comments()[0]?.text).toBe('Готово')
  expect(await vkReplies.remove?.(sent, account, io)).toEqual({ kind: 'done' })
  expect(comments()).toEqual([])
})

test('a community’s own key cannot speak in discussions, and says why', async () => {
  expect(await vkReplies.send(reply, { ...account, isGroupKey: true }, io)).toMatchObject({
    kind: 'refused',
    problem: { key: 'vk.board-person' },
  })
})

test('in the board of others an account speaks for itself', async () => {
  const person = { ...account, group: 99 }
  vk.now = nowS
  const sent = await vkReplies.send(reply, person, io)
  expect(must(vk.topics[0]).comments.at(-1)).toMatchObject({ from_id: 7 })
  expect(await vkReplies.find(reply, person, io)).toEqual(sent)
})
