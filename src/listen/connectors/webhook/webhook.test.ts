import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { UserError } from '../../../base/errors.ts'
import type { PushedRequest } from '../connector.ts'
import { plainIo } from '../reader.testing.ts'
import { mostItems, Payload } from './item.ts'
import { webhookSecret } from './signature.ts'
import { webhookConnector } from './webhook.ts'

const at = new Date('2026-11-22T12:00:00Z')
const secret = Buffer.alloc(32, 7).toString('base64url')
const push = { url: 'https://heed.test/push/3/x', secret }
const sender = new Webhook(webhookSecret(secret))

test('the schema in the docs is the one that is checked', () => {
  const path = join(import.meta.dirname, '../../../../docs/sources/webhook.schema.json')
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(z.toJSONSchema(Payload, { io: 'input' }))),
  )
})

test('one item, a list and a list in an object say the same', async () => {
  const item = { id: '7', text: 'Hello' }
  const [one, list, wrapped] = await Promise.all([item, [item], { items: [item] }].map((body) => receive(body)))
  expect(one).toEqual(list)
  expect(one).toEqual(wrapped)
  expect(one).toMatchObject({
    kind: 'items',
    items: [{ id: 'webhook:3:7', text: 'Hello', source: 'hotline', postedAt: at }],
  })
})

test('everything that is known arrives', async () => {
  const taken = await receive({
    id: '7',
    text: 'The card does not work',
    title: 'Card',
    url: 'https://bank.test/r/7',
    time: '2026-11-22T10:00:00+03:00',
    author: { id: 'a1', name: 'Ann', handle: '@ann', followers: 12, verified: false },
    source: 'Hotline',
    lang: 'en',
    kind: 'review',
    media: 'review',
    parent: '6',
    metrics: { likes: 1, shares: 2, comments: 3, views: 4 },
    rating: 2,
    tags: ['card'],
    images: [{ url: 'https://bank.test/1.jpg', alt: 'a receipt' }, { url: 'https://me:secret@bank.test/2.jpg' }],
  })
  expect(taken).toMatchObject({
    items: [
      {
        id: 'webhook:3:7',
        platform: 'webhook',
        source: 'Hotline',
        postedAt: new Date('2026-11-22T07:00:00Z'),
        author: { id: 'webhook:3:a1', name: 'Ann', followers: 12 },
        parent: 'webhook:3:6',
        likes: 1,
        views: 4,
        rating: 2,
        tags: ['card'],
        has: ['image'],
        images: [{ url: 'https://bank.test/1.jpg', alt: 'a receipt' }],
      },
    ],
  })
})

test('without an id the address or the words tell one item from another, and one list holds each once', async () => {
  const twice = await receive([{ text: 'A' }, { text: 'A' }, { text: 'B' }, { text: 'C', url: 'https://x.test/1' }])
  const again = await receive([{ text: 'C, edited', url: 'https://x.test/1' }])
  if (twice.kind !== 'items' || again.kind !== 'items') throw new Error('refused')
  expect(twice.items).toHaveLength(3)
  expect(again.items[0]?.id).toBe(twice.items[2]?.id)
})

test('a clock of theirs that is ahead does not put a mention into the future', async () => {
  expect(await receive({ text: 'x', time: '2036-01-01T00:00:00Z' })).toMatchObject({ items: [{ postedAt: at }] })
  expect(await receive({ text: 'x', time: 1_700_000_000 })).toMatchObject({
    items: [{ postedAt: new Date(1_700_000_000_000) }],
  })
})

test('a message is named, so that the same one told again is known', async () => {
  expect(await receive({ text: 'x' }, { id: 'msg_1' })).toMatchObject({ event: 'msg_1' })
})

const refused: [string, () => ReturnType<typeof receive>, number, RegExp][] = [
  ['cut JSON', () => receive(null, { raw: '{"text": "Hel' }), 422, /no JSON/],
  ['bytes that are no UTF-8', () => receive(null, { raw: Buffer.from([0x22, 0xff, 0x22]) }), 422, /UTF-8/],
  ['a page', () => receive(null, { raw: '<html>' }), 422, /no JSON/],
  ['nothing', () => receive(null, { raw: '' }), 422, /no JSON/],
  ['an empty list', () => receive([]), 422, /1 to 1000/],
  [
    'too long a list',
    () => receive(Array.from({ length: mostItems + 1 }, () => ({ text: 'x' }))),
    422,
    /there are 1001/,
  ],
  ['no text', () => receive([{ text: 'x' }, { id: '2' }]), 422, /Item 2 of 2: "text"/],
  ['a text that is a number', () => receive({ text: 7 }), 422, /"text"/],
  ['half a character', () => receive(null, { raw: '{"text":"\\ud800"}' }), 422, /half a character/],
  ['a field nobody knows', () => receive({ text: 'x', txt: 'y' }), 422, /schema/],
  ['a time in words', () => receive({ text: 'x', time: 'yesterday' }), 422, /"time"/],
  ['a negative count', () => receive({ text: 'x', metrics: { likes: -1 } }), 422, /metrics\.likes/],
  ['an address that runs code', () => receive({ text: 'x', url: 'javascript:alert(1)' }), 422, /"url"/],
  ['more beside the list', () => receive({ items: [{ text: 'x' }], also: 1 }), 422, /nothing else/],
  ['no signature', () => receive({ text: 'x' }, { headers: {} }), 401, /webhook-signature/],
  ['another secret', () => receive({ text: 'x' }, { by: new Webhook(webhookSecret('AAAA')) }), 401, /does not fit/],
  ['a signature of another body', () => receive({ text: 'x' }, { signs: '{"text":"y"}' }), 401, /does not fit/],
  [
    'an old timestamp',
    () => receive({ text: 'x' }, { signedAt: new Date(at.getTime() - 3_600_000) }),
    401,
    /60 minutes away/,
  ],
  [
    'one of the future',
    () => receive({ text: 'x' }, { signedAt: new Date(at.getTime() + 600_000) }),
    401,
    /10 minutes/,
  ],
  ['another method', () => receive({ text: 'x' }, { method: 'GET' }), 405, /POST/],
]
test.each(refused)('%s is answered with a sentence that helps', async (_, send, status, words) => {
  expect(await send()).toMatchObject({ kind: 'refused', status, reason: expect.stringMatching(words) })
})

test('whatever bytes come signed, the answer is items or a sentence', async () => {
  const json = fc.oneof(fc.json({ maxDepth: 3 }), fc.string())
  await fc.assert(
    fc.asyncProperty(json, async (raw) => {
      const pushed = await receive(null, { raw })
      expect(pushed.kind === 'items' || pushed.reason.length > 10).toBe(true)
    }),
    { numRuns: 200 },
  )
})

test('while two secrets are in force, one signature that fits is enough', async () => {
  const body = JSON.stringify({ text: 'x' })
  const headers = signed(body, {})
  headers['webhook-signature'] = `v1,AAAA v2,BBBB ${headers['webhook-signature']}`
  expect(await receive({ text: 'x' }, { headers })).toMatchObject({ kind: 'items' })
})

test('a system has a name, which is kept as it was typed; there is nothing to ask it', async () => {
  expect(() => webhookConnector.parseConfig({ url: '  ' })).toThrow(UserError)
  expect(() => webhookConnector.parseConfig({ url: 'x'.repeat(81) })).toThrow(UserError)
  const config = webhookConnector.parseConfig({ url: ' Our  hotline ' })
  expect(webhookConnector.parseConfig(JSON.parse(JSON.stringify(config)))).toEqual({ url: 'Our hotline' })
  const request = () => Promise.reject(new Error('nothing is asked'))
  const io = plainIo({ request, now: () => at, signal: new AbortController().signal })
  const source = { id: 3, config, secrets: {}, cursor: null }
  expect(await webhookConnector.fetch?.(source, io)).toMatchObject({ kind: 'unchanged', health: { requests: 0 } })
})

type Sent = {
  raw?: string | Uint8Array
  id?: string
  by?: Webhook
  signs?: string
  signedAt?: Date
  headers?: { [name: string]: string }
  method?: string
}

async function receive(body: unknown, sent: Sent = {}) {
  const raw = sent.raw ?? JSON.stringify(body)
  const bytes = typeof raw === 'string' ? new TextEncoder().encode(raw) : raw
  const headers = sent.headers ?? signed(sent.signs ?? (typeof raw === 'string' ? raw : Buffer.from(raw)), sent)
  const request: PushedRequest = {
    method: sent.method ?? 'POST',
    headers: new Headers(headers),
    query: new URLSearchParams(),
    body: bytes,
    at,
  }
  const source = { id: 3, config: { url: 'hotline' }, secrets: {}, cursor: null, push }
  const receiving = webhookConnector.receive
  if (!receiving) throw new Error('A connector that is pushed to has receive')
  const io = plainIo({
    request: () => Promise.reject(new Error('nothing is asked')),
    now: () => at,
    signal: new AbortController().signal,
  })
  return receiving(source, request, io)
}

function signed(body: string | Buffer, { id = 'msg_0', by = sender, signedAt = at }: Sent): { [name: string]: string } {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(signedAt.getTime() / 1000)),
    'webhook-signature': typeof body === 'string' ? by.sign(id, signedAt, body) : bytesSigned(id, signedAt, body),
  }
}

/** The verifier signs text only. */
function bytesSigned(id: string, signedAt: Date, body: Buffer): string {
  const key = createHmac('sha256', Buffer.from(secret, 'base64url'))
  return `v1,${key
    .update(`${id}.${Math.floor(signedAt.getTime() / 1000)}.`)
    .update(body)
    .digest('base64')}`
}
