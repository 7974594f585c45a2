import { expect, test } from 'vitest'
import { plainIo } from '../reader.testing.ts'
import { replyContract, type Asked, type ReplyPlatform } from '../reply-channel.contract.ts'
import { lengthIn } from '../reply-channel.ts'
import { threadsReplies } from './reply.ts'
import { json, now, refuse, token, when } from './service.testing.ts'

const to = { id: 'threads:19001', url: null, title: null, parent: null, root: null, author: null }

/** Replies of one account, with a stranger's question of the same words. */
function start(): ReplyPlatform {
  const made = [{ id: '9', text: 'Здравствуйте! Уже чиним.', timestamp: when(0), replied_to: { id: '19999' } }]
  const laid = new Map<string, { text: string; to: string }>()
  let next = 20
  return {
    published: () => made.slice(1).map(({ id, text }) => ({ id, text })),
    answer({ method, url, headers, body }: Asked) {
      if (headers['authorization'] !== `Bearer ${token}`) return refuse(190, 0, 401)
      const path = url.pathname.replace('/v1.0/', '')
      const form = new URLSearchParams(body)
      next += 1
      if (method === 'GET' && path === 'me') return json({ id: '555', username: 'acmebank' })
      if (method === 'GET' && path === 'me/replies')
        return json({ data: url.searchParams.has('after') ? [] : made, paging: { cursors: { after: 'x' } } })
      if (method === 'GET') return json({ id: path, permalink: `https://www.threads.com/@acmebank/post/${path}` })
      if (method === 'POST' && path === 'me/threads') {
        if (form.get('media_type') !== 'TEXT' || form.get('reply_to_id') !== '19001') return refuse(100, 33)
        laid.set(String(next), { text: form.get('text') ?? '', to: form.get('reply_to_id') ?? '' })
        return json({ id: String(next) })
      }
      const waiting = laid.get(form.get('creation_id') ?? '')
      if (method === 'POST' && path === 'me/threads_publish' && waiting) {
        made.push({ id: String(next), text: waiting.text, timestamp: when(0), replied_to: { id: waiting.to } })
        return json({ id: String(next) })
      }
      const at = made.findIndex(({ id }) => id === path)
      if (method !== 'DELETE' || at < 1) return refuse(100, 33)
      made.splice(at, 1)
      return json({ success: true, deleted_id: path })
    },
  }
}

replyContract('threads', {
  channel: threadsReplies,
  settings: { threadsToken: token },
  wrongSettings: [{ input: null, field: 'threadsToken' }],
  name: '@acmebank',
  to,
  start,
  publishes: ({ method, url }) => method === 'POST' && url.pathname.endsWith('threads_publish'),
})

test('whatever happens before it is published, nothing is published, and it may be tried again', async () => {
  const account = { token, id: '555', username: 'acmebank' }
  const reply = { key: 'k', text: 'Да', lang: 'ru', to, begunAt: now }
  const send = (status: number, body: string) =>
    threadsReplies.send(
      reply,
      account,
      plainIo({
        request: async (url, options) => {
          if (!url.endsWith('/me/threads') || options?.method !== 'POST') throw new Error('nothing else may be asked')
          const bytes = new TextEncoder().encode(body)
          return { kind: 'ok', status, headers: {}, body: bytes, url, movedTo: null, requests: 1 }
        },
        now: () => now,
        signal: new AbortController().signal,
      }),
    )
  expect((await send(500, 'oops')).kind).toBe('later')
  expect((await send(200, '<html>')).kind).toBe('later')
  expect((await send(400, JSON.stringify({ error: { code: 4, message: '' } }))).kind).toBe('later')
  expect((await send(400, JSON.stringify({ error: { code: 100, error_subcode: 33, message: '' } }))).kind).toBe(
    'refused',
  )
  expect((await send(400, JSON.stringify({ error: { code: 190, message: '' } }))).kind).toBe('refused')
})

test('an emoji is as long as its bytes', () => {
  expect(lengthIn('threads', 'Да 👍')).toBe(3 + 4)
  expect(lengthIn('threads', '👨‍👩‍👧')).toBe(18)
})
