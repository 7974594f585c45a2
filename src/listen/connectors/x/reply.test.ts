import { expect, test } from 'vitest'
import { replyContract, type Asked, type ReplyPlatform } from '../reply-channel.contract.ts'
import { lengthIn } from '../reply-channel.ts'
import type { PlatformAnswer } from '../connector.contract.ts'
import { plainIo } from '../reader.testing.ts'
import { xReplies } from './reply.ts'
import { idAt, refuse } from './x-service.testing.ts'

const settings = {
  apiKey: 'a'.repeat(20),
  apiSecret: 'b'.repeat(20),
  accessToken: '42-'.padEnd(20, 'c'),
  accessSecret: 'd'.repeat(20),
}
const now = new Date('2026-11-22T12:00:00Z')
const theirs = idAt('2026-11-22T11:00:00Z')
const to = {
  id: `x:${theirs}`,
  url: `https://x.com/anna/status/${theirs}`,
  title: null,
  parent: null,
  root: null,
  author: { id: '42', name: 'Анна', handle: 'anna' },
}
const json = (body: unknown, status = 200): PlatformAnswer => ({ status, body: JSON.stringify(body) })

/** X for an account of its own, which is summoned by one post only. */
function start(): ReplyPlatform {
  const made: { id: string; text: string; to: string }[] = [{ id: '5', text: 'Здравствуйте! Уже чиним.', to: '999' }]
  let next = 0
  return {
    published: () => made.slice(1).map(({ id, text }) => ({ id, text })),
    answer({ method, url, headers, body }: Asked) {
      if (!/^OAuth oauth_consumer_key="a+", .*oauth_signature="[^"]+"$/.test(headers['authorization'] ?? ''))
        return refuse(401, 'unauthorized', 'Unauthorized')
      if (url.pathname === '/2/users/me') return json({ data: { id: '7', username: 'acme', name: 'Acme' } })
      if (url.pathname === '/2/users/7/tweets') {
        const data = made.map((one) => ({
          id: one.id,
          // X names the account that is answered, and folds links.
          text: `@anna ${one.text.replace(/https?:\/\/\S+/g, 'https://t.co/x')}`,
          created_at: now.toISOString(),
          referenced_tweets: [{ type: 'replied_to', id: one.to }],
        }))
        return json({ data, meta: { result_count: data.length } })
      }
      if (method === 'DELETE') {
        const at = made.findIndex(({ id }) => url.pathname === `/2/tweets/${id}`)
        if (at < 0) return refuse(404, 'resource-not-found', 'no such post')
        made.splice(at, 1)
        return json({ data: { deleted: true } })
      }
      const asked = JSON.parse(body) as { text: string; reply: { in_reply_to_tweet_id: string } }
      if (asked.reply.in_reply_to_tweet_id !== theirs)
        return refuse(
          403,
          'not-authorized-for-resource',
          'Reply to this conversation is not allowed because you have not been mentioned',
        )
      next += 1
      made.push({ id: `${600 + next}`, text: asked.text, to: theirs })
      return json({ data: { id: `${600 + next}`, text: asked.text } }, 201)
    },
  }
}

replyContract('x', {
  channel: xReplies,
  settings,
  wrongSettings: [
    { input: null, field: 'apiKey' },
    { input: { ...settings, accessSecret: 'with spaces in it' }, field: 'accessSecret' },
  ],
  name: '@acme',
  to,
  start,
  publishes: ({ method, url }) => method === 'POST' && url.pathname === '/2/tweets',
})

function paying(budget: number, fault: PlatformAnswer | null = null) {
  const platform = start()
  const book = { spent: 0 }
  const io = plainIo({
    request: async (url, options = {}) => {
      const { method = 'GET', headers = {}, body = '' } = options
      const given =
        method === 'POST' && fault !== null
          ? fault
          : platform.answer({ method, url: new URL(url), headers, body: String(body) })
      return {
        kind: 'ok',
        status: given.status ?? 200,
        headers: {},
        body: Buffer.from(given.body ?? ''),
        url,
        movedTo: null,
        requests: 1,
      }
    },
    now: () => now,
    signal: new AbortController().signal,
  })
  io.pay = async (most) => {
    if (book.spent + most > budget) return { kind: 'refused', until: now, problem: { key: 'budget.spent', values: {} } }
    book.spent += most
    return {
      kind: 'reserved',
      settle: async (charged) => {
        book.spent += charged.reduce((sum, { micros }) => sum + micros, 0) - most
      },
    }
  }
  return { io, book, platform }
}
const account = { ...settings, id: '7', username: 'acme' }
const reply = (text: string, id = to.id) => ({ key: 'k', text, lang: 'ru', to: { ...to, id, url: null }, begunAt: now })

test('a reply is paid for, one with a link thirteen times as much, and none without a budget', async () => {
  const { io, book } = paying(250_000)
  expect((await xReplies.send(reply('Уже чиним'), account, io)).kind).toBe('sent')
  expect(book.spent).toBe(15_000)
  expect((await xReplies.send(reply('Смотрите help.acme.example'), account, io)).kind).toBe('sent')
  expect(book.spent).toBe(215_000)
  expect(await xReplies.send(reply('Ещё acme.example'), account, io)).toMatchObject({
    kind: 'refused',
    problem: { key: 'budget.spent' },
  })
  const { pay: _none, ...poor } = io
  expect(await xReplies.send(reply('Привет'), account, poor)).toMatchObject({
    kind: 'refused',
    problem: { key: 'budget.none' },
  })
})

test('whoever did not name the account is answered by a person, and the refusal costs nothing', async () => {
  const { io, book } = paying(250_000)
  expect(await xReplies.send(reply('Привет', 'x:123456789'), account, io)).toMatchObject({
    kind: 'refused',
    problem: { key: 'x.not-summoned' },
  })
  expect(book.spent).toBe(0)
  const broken = paying(250_000, { status: 502, body: 'oops' })
  expect((await xReplies.send(reply('Привет'), account, broken.io)).kind).toBe('unknown')
  expect(broken.book.spent).toBe(15_000)
})

test('a text is as long as X finds it', () => {
  expect(lengthIn('x', 'Привет')).toBe(6)
  expect(lengthIn('x', 'https://acme.example/a/very/long/path?with=words')).toBe(23)
  // The examples of https://docs.x.com/fundamentals/counting-characters.
  for (const emoji of ['👾', '🙋🏽', '👨‍🎤', '👨‍👩‍👧‍👦']) expect(lengthIn('x', emoji)).toBe(2)
  expect(lengthIn('x', 'cafe\u0301')).toBe(4)
  expect(lengthIn('x', '日本')).toBe(4)
})
