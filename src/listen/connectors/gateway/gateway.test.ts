import { expect, test } from 'vitest'
import { connectorContract } from '../connector.contract.ts'
import { plainIo, readerOf } from '../reader.testing.ts'
import { listBridges } from './bridges.ts'
import { gatewayConnector } from './gateway.ts'
import { ownId } from './own-id.ts'

const items = (links: string[]) =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1',
    title: 'Шлюз',
    items: links.map((url, at) => ({
      ...{ id: url, url, content_text: `Запись ${at}`, date_modified: '2026-11-22T07:00:00Z' },
    })),
  })
const links = Array.from({ length: 30 }, (_, at) => `https://t.me/s/filin/${at + 1}`)
const feed = (body: string) => ({ headers: { 'content-type': 'application/json' }, body })

connectorContract('gateway', {
  connector: gatewayConnector,
  settings: (base) => ({ url: `${base}/?action=display&bridge=Telegram&username=filin&format=Json` }),
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'https://bridge.example/' }, field: 'url' },
    { input: { url: 'https://hub.example' }, field: 'url' },
  ],
  answer: () => feed(items(links)),
  posts: 30,
})

test('an item is a post of the platform that its link leads to, under its own id, also when it is edited', async () => {
  const { page } = readerOf(gatewayConnector, { url: 'https://hub.example/telegram/channel/filin?format=json' })
  const first = await page(() => feed(items(['https://t.me/s/filin/5', 'https://news.example/a'])))
  expect(first.items).toMatchObject([
    { id: 'https://t.me/filin/5', platform: 'telegram', media: 'messenger' },
    { id: 'https://news.example/a', platform: 'web' },
  ])
  const changed = items(['https://t.me/s/filin/5']).replace('Запись 0', 'Иначе')
  expect(await page(() => feed(changed), first.next)).toMatchObject({
    items: [{ id: 'https://t.me/filin/5', text: 'Иначе' }],
    edited: ['https://t.me/filin/5'],
  })
})

test('every way of writing an address of a platform is the id that its own connector gives', () => {
  const same: { [own: string]: string[] } = {
    'https://t.me/filin/5': ['https://t.me/s/filin/5', 'https://telegram.me/filin/5?single', 'https://t.me/filin/5'],
    'https://vk.com/wall-1_25': ['https://m.vk.com/wall-1_25', 'https://vk.com/public1?w=wall-1_25'],
    'https://vk.com/wall-1_25?reply=3': ['https://vk.com/wall-1_25?reply=3&thread=2'],
    'youtube:video/dQw4w9WgXcQ': [
      'https://youtu.be/dQw4w9WgXcQ?t=3',
      'https://www.youtube.com/shorts/dQw4w9WgXcQ',
      'https://m.youtube.com/watch?list=x&v=dQw4w9WgXcQ',
    ],
    'x:99': ['https://twitter.com/bank/status/99?s=20', 'https://mobile.x.com/bank/status/99/photo/1'],
  }
  for (const [own, written] of Object.entries(same))
    for (const address of written) expect(ownId(address), address).toBe(own)
  for (const address of ['', 'x', 'https://t.me/s/filin', 'https://news.example/wall-1_25'])
    expect(ownId(address), address).toBeNull()
})

const asked = (answer: (path: string) => string | null) =>
  listBridges('https://gate.example/', {
    ...plainIo({
      request: async (url) => {
        const body = answer(url.replace('https://gate.example', ''))
        return {
          ...{ kind: 'ok' as const, status: body === null ? 404 : 200, headers: {}, url, movedTo: null, requests: 1 },
          body: new TextEncoder().encode(body ?? ''),
        }
      },
      now: () => new Date(),
      signal: new AbortController().signal,
    }),
  })

test('bridges become forms: ways with names, lists, ticks and what goes with every way', async () => {
  const bridges = {
    Vk: {
      ...{ status: 'active', name: 'VK.com', uri: 'https://vk.com/' },
      parameters: [
        {
          u: { name: 'Group &amp; user', required: true, exampleValue: 'apple' },
          hide: { name: 'Hide', type: 'checkbox' },
        },
      ],
    },
    Reddit: {
      ...{ status: 'active', name: 'Reddit', uri: 'https://www.reddit.com' },
      parameters: {
        single: { r: { name: 'Subreddit', required: true } },
        search: { q: { name: 'Words' } },
        global: {
          d: { name: 'Sort', type: 'list', values: { Hot: 'hot', Group: { New: 'new' } }, defaultValue: 'New' },
        },
      },
    },
    Off: { status: 'inactive', name: 'Off', uri: '', parameters: [] },
    Plain: { status: 'active', name: 'Plain', uri: 'nonsense', parameters: [] },
  }
  const listed = await asked((path) => (path === '/?action=list' ? JSON.stringify({ bridges, total: 4 }) : null))
  if ('trouble' in listed) throw new Error(JSON.stringify(listed))
  expect(listed.bridges.map(({ title }) => title)).toEqual(['Plain', 'Reddit', 'VK.com'])
  const [plain, reddit, vk] = listed.bridges
  expect(plain).toMatchObject({ site: null, forms: [{ fields: [] }] })
  expect(vk?.forms).toEqual([
    {
      title: null,
      address: 'https://gate.example/?action=display&bridge=Vk&format=Atom&u={u}&hide={hide}',
      fields: [
        { name: 'u', label: 'Group & user', required: true, value: '', example: 'apple', choices: null },
        {
          ...{ name: 'hide', label: 'Hide', required: false, value: '', example: '' },
          choices: [
            { value: '', label: '–' },
            { value: 'on', label: '✓' },
          ],
        },
      ],
    },
  ])
  expect(reddit?.forms.map(({ title }) => title)).toEqual(['single', 'search'])
  expect(reddit?.forms[1]?.address).toContain('&context=search&q={q}&d={d}')
  expect(reddit?.forms[1]?.fields[1]).toMatchObject({
    ...{
      value: 'new',
      choices: [
        { value: 'hot', label: 'Hot' },
        { value: 'new', label: 'New' },
      ],
    },
  })
})

test('routes of RSSHub become forms, and what is neither is told', async () => {
  const namespaces = {
    telegram: {
      ...{ name: 'Telegram', url: 't.me' },
      routes: {
        '/channel/:username/:routeParams?': {
          ...{ name: 'Channel', example: '/telegram/channel/awesomeRSSHub' },
          parameters: {
            username: 'channel <b>name</b>',
            routeParams: { description: 'extra', default: 'x', options: [{ value: 'x', label: 'X' }] },
          },
        },
      },
    },
  }
  const listed = await asked((path) => (path === '/api/namespace' ? JSON.stringify(namespaces) : null))
  expect(listed).toEqual({
    bridges: [
      {
        ...{ name: 'telegram', title: 'Telegram', site: 't.me' },
        forms: [
          {
            title: 'Channel (/telegram/channel/awesomeRSSHub)',
            address: 'https://gate.example/telegram/channel/{username}/{routeParams}?format=atom',
            fields: [
              { name: 'username', label: 'channel name', required: true, value: '', example: '', choices: null },
              {
                ...{ name: 'routeParams', label: 'extra', required: false, value: 'x', example: '' },
                choices: [{ value: 'x', label: 'X' }],
              },
            ],
          },
        ],
      },
    ],
  })
  for (const body of ['<!doctype html>', '{"bridges":7}', '[]', ''])
    expect(await asked(() => body), body).toMatchObject({ trouble: { kind: 'failed' } })
})
