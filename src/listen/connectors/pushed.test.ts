import { createHmac, createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { must } from '../../base/errors.ts'
import { cutInHalf, dated, wrongTypes } from './bad-answers.testing.ts'
import { expectSound } from './bad-input.contract.ts'
import { findConnector } from './catalogue.ts'
import type { Cursor, PushedRequest, SourceSecrets } from './connector.ts'
import { plainIo } from './reader.testing.ts'

// What platforms push to us, broken in every way; signed, for whoever is not known gets nowhere anyway.

const now = new Date('2026-11-22T12:00:00Z')
const seconds = now.getTime() / 1000 - 60
const push = { url: 'https://heed.example/push/7', secret: 'a-secret-of-the-push' }
const hashed = createHash('sha256').update(push.secret).digest('hex')
const hmac = (secret: string, body: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
const appSecret = 'a-secret-of-the-app'

type Pushes = {
  platform: string
  url: string
  cursor: Cursor
  secrets?: SourceSecrets
  body: string
  signs: (body: string) => { [header: string]: string }
}

const comment = { id: 9, from_id: 3, date: seconds, text: 'Карта не работает', post_id: 5, owner_id: -5 }
const noticed = (field: string, value: object) =>
  JSON.stringify({ object: 'page', entry: [{ id: '7', changes: [{ field, value }] }] })
const pushes: Pushes[] = [
  {
    platform: 'vk',
    url: 'https://vk.com/club5',
    cursor: { owner: -5, title: 'Банк', code: 'c0ffee' },
    // VK signs by a word in the body, which what is broken keeps.
    body: JSON.stringify({
      type: 'wall_reply_new',
      group_id: 5,
      event_id: 'e1',
      secret: hashed.slice(0, 40),
      object: comment,
    }),
    signs: () => ({}),
  },
  {
    platform: 'telegram-bot',
    url: '@owl_bot',
    cursor: {},
    body: JSON.stringify({
      update_id: 7,
      message: {
        message_id: 3,
        date: seconds,
        chat: { id: -100, type: 'supergroup', title: 'Банк' },
        from: { id: 4, is_bot: false, first_name: 'Анна' },
        text: 'Карта не работает',
      },
    }),
    signs: () => ({ 'x-telegram-bot-api-secret-token': hashed }),
  },
  {
    platform: 'facebook',
    url: 'https://facebook.com/acme',
    cursor: { page: '7', name: 'Acme' },
    secrets: { token: 't', appSecret },
    body: noticed('feed', {
      item: 'comment',
      verb: 'add',
      post_id: '7_1',
      comment_id: '1_2',
      message: 'Карта не работает',
      created_time: seconds,
      from: { id: '3', name: 'Анна' },
    }),
    signs: (body) => ({ 'x-hub-signature-256': hmac(appSecret, body) }),
  },
  {
    platform: 'instagram',
    url: 'acme',
    cursor: { ig: '7', username: 'acme' },
    secrets: { token: 't', appSecret },
    body: noticed('comments', {
      id: '17',
      text: 'Карта не работает',
      from: { id: '3', username: 'anna' },
      media: { id: '5' },
    }),
    signs: (body) => ({ 'x-hub-signature-256': hmac(appSecret, body) }),
  },
  {
    platform: 'feed',
    url: 'https://news.example/feed',
    cursor: {},
    body: `<?xml version="1.0"?><rss version="2.0"><channel><title>Новости</title><item><guid>1</guid><title>Сбой</title><link>https://news.example/1</link><pubDate>Sun, 22 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>`,
    signs: (body) => ({ 'x-hub-signature': hmac(push.secret, body) }),
  },
]

async function receive({ platform, url, cursor, secrets = {}, signs }: Pushes, body: string) {
  const connector = must(findConnector(platform))
  const request: PushedRequest = {
    ...{ method: 'POST', query: new URLSearchParams(), body: Buffer.from(body), at: now },
    headers: new Headers(signs(body)),
  }
  const io = plainIo({
    request: () => Promise.reject(new Error('nothing is asked')),
    now: () => now,
    signal: new AbortController().signal,
  })
  const source = { id: 7, config: connector.parseConfig({ url }), secrets, cursor, push }
  return must(connector.receive)(source, request, io)
}

test.each(pushes)('what $platform pushes broken is refused or read as far as it is true', async (pushed) => {
  const good = await receive(pushed, pushed.body)
  expect(good).toMatchObject({ kind: 'items', items: [{ platform: expect.any(String) }] })
  const broken: [string, string][] = [
    ['a web page', '<!doctype html><html>Sign in'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[[]]'],
    ['too large a number', pushed.body.replaceAll(String(seconds), '9007199254740991')],
    ...[
      ['cut', cutInHalf] as const,
      ['1970', dated(new Date(0))] as const,
      ['2075', dated(new Date('2075-01-01'))] as const,
      ...wrongTypes,
    ].map(([what, spoil]): [string, string] => [what, String(spoil({ body: pushed.body }).body)]),
  ]
  for (const [what, body] of broken) {
    const told = await receive(pushed, body)
    if (told.kind === 'refused') expect(told.status, what).toBeLessThan(500)
    else for (const post of told.items) expectSound(post, now, what)
  }
})
