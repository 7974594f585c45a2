import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterNewProject, enterProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { createApi } from './api.ts'
import type { Api } from './door.ts'
import type { Alarms } from './shapes/alarm.ts'
import type { SourceAddress } from './shapes/source.ts'
import type { NewWebhook } from './shapes/webhook.ts'

let house: TestHouse
let api: Api
let manager: Person & { project: number }
let moderator: Person
let at: string
let base = ''
const server = createServer((_, response) => response.writeHead(200).end())

beforeAll(async () => {
  house = await openTestHouse()
  api = await createApi(house)
  manager = await enterNewProject(house, api, 'manager')
  moderator = await enterProject(house, api, manager.project, 'moderator')
  at = `/api/projects/${manager.project}`
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.close()
  await house[Symbol.asyncDispose]()
})

test('a webhook is made, tried, renewed, switched off and removed by managers, and its secret is told once', async () => {
  const input = { name: 'CRM', url: `${base}/hook`, kinds: ['ticket.opened'], topics: [] }
  const { webhook, secret } = (await send('POST', '/webhooks', input)) as NewWebhook
  expect(secret).toMatch(/^whsec_/)
  expect(JSON.stringify(await send('GET', '/webhooks'))).not.toContain(secret)
  expect(await send('POST', `/webhooks/${webhook.id}/ping`)).toMatchObject({ status: 200, problem: null })
  expect(await send('POST', `/webhooks/${webhook.id}/secret`)).not.toEqual({ secret })
  expect(await send('PATCH', `/webhooks/${webhook.id}`, { isOn: false })).toMatchObject({ isOn: false, name: 'CRM' })
  expect(await send('POST', '/webhooks', { ...input, url: 'ftp://x' })).toMatchObject({
    key: 'webhook-url',
    field: 'url',
  })
  expect((await moderator.ask(`${at}/webhooks`)).status).toBe(404)
  await manager.ask(`${at}/webhooks/${webhook.id}`, { method: 'DELETE' })
  expect(await send('GET', '/webhooks')).toMatchObject({ items: [], kinds: expect.arrayContaining(['reply.sent']) })
})

test('an alarm channel is made, changed and removed; where it leads is never shown', async () => {
  const input = { name: 'Night', service: 'email', settings: { addresses: 'a@bank.test' }, locale: 'en' }
  const told = { kinds: ['promise.missed'], quietFrom: null, quietTo: null }
  const { id } = (await send('POST', '/alarm-channels', { ...input, ...told })) as { id: number }
  expect(await send('POST', `/alarm-channels/${id}/test`)).toMatchObject({ state: 'written' })
  expect(await send('PATCH', `/alarm-channels/${id}`, { quietFrom: 60, quietTo: 120 })).toMatchObject({ quietTo: 120 })
  await manager.ask(`${at}/spike-tickets`, { method: 'PUT', body: { open: true } })
  const alarms = (await send('GET', '/alarm-channels')) as Alarms
  expect(alarms).toMatchObject({ channels: [{ name: 'Night' }], spikesOpenTickets: true, hasMail: false })
  expect(JSON.stringify(alarms)).not.toContain('a@bank.test')
  expect((await moderator.ask(`${at}/alarm-channels`)).status).toBe(404)
  await manager.ask(`${at}/alarm-channels/${id}`, { method: 'DELETE' })
  expect(((await send('GET', '/alarm-channels')) as Alarms).channels).toEqual([])
})

test('what is posted to the address of a webhook source is a mention once, however often it is sent', async () => {
  await send('POST', '/topics', { name: 'Cards', query: 'card' })
  const source = (await send('POST', '/sources', { platform: 'webhook', url: 'Hotline' })) as { id: number }
  const { address } = (await send('GET', `/sources/${source.id}/address`)) as { address: SourceAddress }
  const body = JSON.stringify({ id: '1', text: 'My card does not work' })
  expect(await push(address, body, 'm1')).toMatchObject({ status: 202 })
  expect(await push(address, body, 'm1')).toMatchObject({ status: 202 })
  expect(await push(address, body, 'm2')).toMatchObject({ status: 202 })
  const { items } = (await send('GET', '/mentions?q=card')) as { items: unknown[] }
  expect(items).toMatchObject([{ id: `webhook:${source.id}:1`, source: 'Hotline' }])
  expect(await push(address, `${body} `, 'm3', body)).toMatchObject({
    status: 401,
    text: expect.stringMatching(/does not fit/),
  })
})

test('a body that is too large, an address that is not there and a flood are refused with a sentence', async () => {
  const source = (await send('POST', '/sources', { platform: 'webhook', url: 'Shop' })) as { id: number }
  const { address } = (await send('GET', `/sources/${source.id}/address`)) as { address: SourceAddress }
  const huge = await push(address, JSON.stringify({ text: 'x'.repeat(6 * 1024 * 1024) }), 'm1')
  expect(huge).toMatchObject({ status: 413, text: expect.stringContaining('larger than allowed') })
  expect((await api.request(`${new URL(address.url).pathname}x`, { method: 'POST', body: '{}' })).status).toBe(404)
  const { pathname } = new URL(address.url)
  let last: Response | null = null
  for (let n = 0; n < 602; n += 1) last = await api.request(pathname, { method: 'POST', body: '{}' })
  expect(last?.status).toBe(429)
  expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await last?.text()).toContain('Too many requests')
})

async function send(method: string, path: string, body?: unknown): Promise<unknown> {
  return (await manager.ask(at + path, { method, ...(body === undefined ? {} : { body }) })).json()
}

async function push({ url, secret }: SourceAddress, body: string, id: string, signs = body) {
  const now = new Date()
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Verifier(secret).sign(id, now, signs),
  }
  const answer = await api.request(new URL(url).pathname, { method: 'POST', headers, body })
  return { status: answer.status, text: await answer.text() }
}
