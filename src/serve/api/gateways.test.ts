import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterAsHead, enterNewProject, openTestHouse, type TestHouse } from '../../../test/house.ts'
import { createApi } from './api.ts'
import type { Api } from './door.ts'

let house: TestHouse
let api: Api
let gateway: Server
let base = ''

const bridges = {
  Telegram: {
    ...{ status: 'active', name: 'Telegram', uri: 'https://t.me' },
    parameters: [{ username: { name: 'Name', required: true, exampleValue: '@durov' } }],
  },
}

beforeAll(async () => {
  house = await openTestHouse()
  api = await createApi(house)
  await enterAsHead(house, api)
  gateway = createServer((asked, answer) =>
    asked.url === '/rss/?action=list'
      ? answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ bridges, total: 1 }))
      : answer.writeHead(404).end(),
  ).listen(0, '127.0.0.1')
  await new Promise((resolve) => gateway.once('listening', resolve))
  base = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`
})
afterAll(async () => {
  gateway.close()
  await house[Symbol.asyncDispose]()
})

test('whoever may add sources is shown what a gateway can read, and told when it is none', async () => {
  const manager = await enterNewProject(house, api, 'manager')
  const ask = (url: string) =>
    manager.ask(`/api/projects/${manager.project}/sources/gateway`, {
      method: 'POST',
      body: { url },
      headers: { 'accept-language': 'ru' },
    })
  const listed = await ask(`${base}/rss/`)
  expect([listed.status, await listed.json()]).toEqual([
    200,
    {
      items: [
        {
          ...{ name: 'Telegram', title: 'Telegram', site: 't.me' },
          forms: [
            {
              title: null,
              address: `${base}/rss/?action=display&bridge=Telegram&format=Atom&username={username}`,
              fields: [
                { name: 'username', label: 'Name', required: true, value: '', example: '@durov', choices: null },
              ],
            },
          ],
        },
      ],
    },
  ])
  for (const [url, words] of [
    [`${base}/other`, 'ни rss-bridge, ни RSSHub'],
    ['шлюз', 'http://'],
  ] as const) {
    const refused = await ask(url)
    expect([refused.status, ((await refused.json()) as { detail: string }).detail]).toEqual([
      422,
      expect.stringContaining(words),
    ])
  }
  const moderator = await enterNewProject(house, api, 'moderator')
  const path = `/api/projects/${moderator.project}/sources/gateway`
  expect((await moderator.ask(path, { method: 'POST', body: { url: `${base}/rss` } })).status).toBe(404)
})
