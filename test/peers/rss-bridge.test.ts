import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listBridges } from '../../src/listen/connectors/gateway/bridges.ts'
import { gatewayConnector } from '../../src/listen/connectors/gateway/gateway.ts'
import { filledIn } from '../../src/web/sources/ready-address.ts'
import { must } from '../../src/base/errors.ts'
import { openReading } from './reading.ts'
import { startRssBridge, withoutRssBridge, type RssBridge } from './rss-bridge-server.ts'

let bridge: RssBridge
let origin: Server
let feed = ''
/** What the site behind the gateway says. */
let entries: { link: string; title: string; text: string }[] = []
const reading = openReading()

beforeAll(async () => {
  if (withoutRssBridge !== null) return
  origin = createServer((_asked, answer) => {
    const items = entries.map(
      ({ link, title, text }, at) =>
        `<item><title>${title}</title><link>${link}</link><guid>${link}</guid><description>${text}</description><pubDate>Sun, 22 Nov 2026 0${at}:00:00 GMT</pubDate></item>`,
    )
    answer
      .writeHead(200, { 'content-type': 'application/rss+xml' })
      .end(
        `<?xml version="1.0"?><rss version="2.0"><channel><title>Филин</title><link>https://t.me/filin</link>${items.join('')}</channel></rss>`,
      )
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => origin.once('listening', resolve))
  feed = `http://127.0.0.1:${(origin.address() as AddressInfo).port}/feed.xml`
  bridge = await startRssBridge()
})
afterAll(async () => {
  await reading[Symbol.asyncDispose]()
  await bridge?.[Symbol.asyncDispose]()
  origin?.close()
})

test('an rss-bridge lists what it can read as forms, and a filled-in form is a source', async ({ skip }) => {
  skip(withoutRssBridge !== null, withoutRssBridge ?? '')
  const listed = await listBridges(`${bridge.base}/`, reading.io())
  if ('trouble' in listed) throw new Error(JSON.stringify(listed))
  expect(listed.bridges.length).toBeGreaterThan(200)
  for (const { forms } of listed.bridges) expect(forms.length).toBeGreaterThan(0)
  const telegram = must(listed.bridges.find(({ name }) => /^telegram/i.test(name)))
  expect(telegram).toMatchObject({
    site: 't.me',
    forms: [{ fields: [{ name: 'username', required: true, choices: null }] }],
  })
  const filter = must(listed.bridges.find(({ name }) => /^filter/i.test(name)))
  const form = must(filter.forms[0])
  const values = Object.fromEntries(form.fields.map(({ name, value }) => [name, value]))
  const address = filledIn(form.address, { ...values, url: feed, filter: 'реклама', filter_type: 'block' })

  entries = [
    { link: 'https://t.me/s/filin/7', title: 'Карта', text: 'Карта не работает' },
    { link: 'https://vk.com/feed?w=wall-1_25', title: 'Вклад', text: 'Вклад закрыли' },
    { link: 'https://news.example/a', title: 'Новость', text: 'Филин растёт' },
  ]
  const first = await reading.read(gatewayConnector, { settings: { url: address }, cursor: null })
  expect(first.items).toMatchObject([
    { id: 'https://t.me/filin/7', platform: 'telegram', media: 'messenger', text: 'Карта не работает' },
    { id: 'https://vk.com/wall-1_25', platform: 'vk', media: 'social' },
    { id: 'https://news.example/a', platform: 'web', media: 'news' },
  ])
})

test('what is posted and edited behind the gateway comes once, over a restart of the gateway', async ({ skip }) => {
  skip(withoutRssBridge !== null, withoutRssBridge ?? '')
  const asked = {
    action: 'display',
    bridge: 'Filter',
    format: 'Atom',
    filter: 'реклама',
    filter_type: 'block',
    _cache_timeout: '1',
  }
  const settings = { url: `${bridge.base}/?${new URLSearchParams({ ...asked, url: feed })}` }
  entries = [{ link: 'https://t.me/s/filin/8', title: 'Один', text: 'Первая' }]
  const first = await reading.read(gatewayConnector, { settings, cursor: null })
  expect(first.items.map(({ id }) => id)).toEqual(['https://t.me/filin/8'])
  await bridge.kill()
  entries = [
    { link: 'https://t.me/s/filin/9', title: 'Два', text: 'Вторая' },
    { link: 'https://t.me/s/filin/8', title: 'Один', text: 'Первая, исправлено' },
  ]
  await expect(reading.read(gatewayConnector, { settings, cursor: first.cursor })).rejects.toThrow('failed')
  await bridge.start()
  await new Promise((resolve) => setTimeout(resolve, 1100))
  const second = await reading.read(gatewayConnector, { settings, cursor: first.cursor })
  expect(second.items.map(({ id }) => id).toSorted()).toEqual(['https://t.me/filin/8', 'https://t.me/filin/9'])
  expect(second.edited).toEqual(['https://t.me/filin/8'])
  expect((await reading.read(gatewayConnector, { settings, cursor: second.cursor })).items).toEqual([])
})

test('a bridge that cannot read its platform is an ill source, not a mention', async ({ skip }) => {
  skip(withoutRssBridge !== null, withoutRssBridge ?? '')
  // Nothing listens there.
  const asked = {
    action: 'display',
    bridge: 'Filter',
    format: 'Atom',
    filter: 'x',
    filter_type: 'block',
    url: 'http://127.0.0.1:9/x.xml',
  }
  const settings = { url: `${bridge.base}/?${new URLSearchParams(asked)}` }
  await expect(reading.read(gatewayConnector, { settings, cursor: null })).rejects.toThrow('failed')
})
