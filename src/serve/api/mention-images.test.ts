import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  enterNewProject,
  enterProject,
  openTestHouse,
  personWith,
  type Person,
  type TestHouse,
} from '../../../test/house.ts'
import { createRequest } from '../../base/http/request.ts'
import { heads, png, pngHead } from '../../listen/images/pictures.testing.ts'
import { removePosts } from '../../listen/mentions/removal.ts'
import { createApi } from './api.ts'
import type { Api } from './door.ts'
import type { MentionDetail } from './shapes/mention.ts'

const imageBytes = 100_000
let house: TestHouse
let api: Api
/** The same, with little time for a picture. */
let hastyApi: Api
let platform: Server
let base = ''
let answer: RequestListener
let asked: { url: string; headers: NodeJS.Dict<string | string[]> }[] = []
let anna: Person & { project: number }

beforeAll(async () => {
  platform = createServer((request, response) => {
    asked.push({ url: request.url ?? '', headers: request.headers })
    answer(request, response)
  })
  await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(platform.address() as AddressInfo).port}`
  house = await openTestHouse()
  // The platform of the test lives on this machine; nothing else of it may be reached.
  house.request = createRequest({ allowPrivate: ['127.0.0.1/32'] })
  house.config.limits = { ...house.config.limits, imageBytes, imageSeconds: 30 }
  api = await createApi(house)
  const hasty = { ...house.config, limits: { ...house.config.limits, imageSeconds: 1 } }
  hastyApi = await createApi({ ...house, config: hasty })
  anna = await enterNewProject(house, api, 'moderator', 'One')
})
afterAll(async () => {
  platform.closeAllConnections()
  platform.close()
  await house[Symbol.asyncDispose]()
})
beforeEach(() => {
  asked = []
})

let mentions = 0
/** A mention with these pictures; every one has an address of its own, so that no earlier answer stands for it. */
async function mentionWith(...urls: string[]): Promise<string> {
  const id = `mastodon:${(mentions += 1)}`
  const at = '2026-03-01 00:00:00'
  await house.clickhouse.insert('mention', [
    {
      ...{ project_id: anna.project, id, text: 'чек', author_id: 'x', version: 1, posted_at: at, collected_at: at },
      ...{ platform: 'mastodon', has: ['image'], images: JSON.stringify(urls.map((url) => [url, null])) },
    },
  ])
  return id
}

const at = (id: string, n = 0, project = anna.project) =>
  `/api/projects/${project}/mentions/${encodeURIComponent(id)}/images/${n}`
const freshUrl = () => `${base}/${(mentions += 1)}.jpg?size=large`
const show = (body: Uint8Array | string, headers: { [name: string]: string } = {}, status = 200): RequestListener => {
  return (_request, response) => response.writeHead(status, headers).end(body)
}

/** What somebody sees who looks at a picture of whose host this is the answer. */
async function lookAt(url: string, host: RequestListener | null = null): Promise<Response> {
  if (host) answer = host
  return anna.ask(at(await mentionWith(url)))
}

async function keyOf(response: Response): Promise<[number, string]> {
  return [response.status, ((await response.json()) as { key: string }).key]
}

describe('a picture', () => {
  test.each(Object.entries(heads))('as %s comes as what it is, whatever its host calls it', async (type, file) => {
    const response = await lookAt(freshUrl(), show(file, { 'content-type': 'text/html' }))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(type)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(file)
  })

  test('runs nothing, is kept by nobody between, and tells its host of nobody who looks', async () => {
    const response = await lookAt(
      freshUrl(),
      show(png(4, 4), { 'set-cookie': 'a=1', 'access-control-allow-origin': '*' }),
    )
    const headers = Object.fromEntries(response.headers)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'cache-control': 'private, no-cache',
      'content-disposition': 'inline; filename="picture.png"',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers['set-cookie'] ?? headers['access-control-allow-origin']).toBeUndefined()
    expect(asked).toHaveLength(1)
    expect(Object.keys(asked[0]?.headers ?? {}).toSorted()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ])
    expect(asked[0]?.headers['user-agent']).toContain('Heed')
  })

  test('that a browser has is not asked for again, until another one lies there', async () => {
    const id = await mentionWith(freshUrl(), freshUrl())
    answer = show(png(4, 4))
    const first = await anna.ask(at(id))
    const etag = first.headers.get('etag') ?? ''
    const again = await anna.ask(at(id), { headers: { 'if-none-match': etag } })
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, ''])
    expect(asked).toHaveLength(1)
    expect((await anna.ask(at(id, 1), { headers: { 'if-none-match': etag } })).status).toBe(200)
  })

  test('its host is asked for a few at a time', async () => {
    let [now, most] = [0, 0]
    answer = (_request, response) => {
      most = Math.max(most, (now += 1))
      setTimeout(() => {
        now -= 1
        response.end(png(4, 4))
      }, 50)
    }
    const ids = await Promise.all(Array.from({ length: 10 }, () => mentionWith(freshUrl())))
    const looks = await Promise.all(ids.map((id) => anna.ask(at(id))))
    expect(looks.map(({ status }) => status)).toEqual(looks.map(() => 200))
    expect(most).toBeLessThanOrEqual(4)
  })
})

describe('no picture', () => {
  const pageOf = (text: string) => show(text, { 'content-type': 'image/png' })

  test.each<[string, [number, string], RequestListener]>([
    ['a page under the name of a picture', [502, 'image-not-an-image'], pageOf('<html><script>alert(1)</script>')],
    ['a drawing with scripts', [502, 'image-not-an-image'], pageOf('<svg onload="alert(1)"/>')],
    ['nothing', [502, 'image-not-an-image'], pageOf('')],
    ['a picture cut in its head', [502, 'image-not-an-image'], show(png(4, 4).subarray(0, 20))],
    ['more pixels than can be drawn', [502, 'image-too-large'], show(pngHead(60_000, 60_000))],
    ['more bytes than are fetched', [502, 'image-too-large'], show(Buffer.alloc(imageBytes + 1, png(4, 4)))],
    ['what is gone', [410, 'image-gone'], show('', {}, 404)],
    ['what was taken away', [410, 'image-gone'], show('', {}, 410)],
    ['what is not for us', [502, 'image-refused'], show(png(4, 4), {}, 403)],
    ['a host with troubles', [502, 'image-refused'], show('', {}, 500)],
    ['a broken connection', [502, 'image-unreachable'], (request) => void request.socket.destroy()],
    ['a way in a circle', [502, 'image-unreachable'], show('', { location: '/round' }, 302)],
    ['a way into a private network', [502, 'image-private'], show('', { location: 'http://10.0.0.1/a.png' }, 302)],
    [
      'a way to the metadata of a cloud',
      [502, 'image-private'],
      show('', { location: 'http://169.254.169.254/' }, 301),
    ],
    ['a way to this machine by another name', [502, 'image-private'], show('', { location: 'http://[::1]:80/' }, 307)],
    ['a way to a file', [502, 'image-unreachable'], show('', { location: 'file:///etc/passwd' }, 302)],
  ])('%s: a sentence', async (_what, told, host) => {
    const response = await lookAt(freshUrl(), host)
    const { status, key, detail } = (await response.json()) as { status: number; key: string; detail: string }
    expect([status, key]).toEqual(told)
    expect(detail).not.toBe(key)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test.each<[string, RequestListener]>([
    ['never ends', (_request, response) => void response.write(png(4, 4).subarray(0, 9))],
    ['never begins', () => {}],
  ])('what %s is waited for so long and no longer', async (_what, host) => {
    answer = host
    const hasty = personWith(house, hastyApi, anna.cookie)
    expect(await keyOf(await hasty.ask(at(await mentionWith(freshUrl()))))).toEqual([504, 'image-too-slow'])
  })

  test.each([
    ['http://127.0.0.2:9/a.png', 'image-private'],
    ['http://192.168.1.1/a.png', 'image-private'],
    ['ftp://example.org/a.png', 'image-unreachable'],
    ['not an address', 'image-unreachable'],
  ])('%s is not gone to', async (url, key) => {
    expect(await keyOf(await lookAt(url))).toEqual([502, key])
  })

  test('what failed is not asked for again at once, and a host that wants rest has it', async () => {
    const id = await mentionWith(freshUrl())
    answer = show('', {}, 404)
    for (let turn = 0; turn < 3; turn += 1) expect(await keyOf(await anna.ask(at(id)))).toEqual([410, 'image-gone'])
    expect(asked).toHaveLength(1)

    const other = createServer((request, response) => {
      asked.push({ url: request.url ?? '', headers: request.headers })
      response.writeHead(429, { 'retry-after': '60' }).end()
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const busy = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
    asked = []
    for (const name of ['a', 'b', 'c'])
      expect(await keyOf(await lookAt(`${busy}/${name}.png`))).toEqual([502, 'image-refused'])
    expect(asked).toHaveLength(1)
    other.close()
  })
})

describe('whose it is', () => {
  test('whoever may read the mention sees its pictures, and nobody else', async () => {
    const id = await mentionWith(freshUrl())
    answer = show(png(4, 4))
    const client = await enterProject(house, api, anna.project, 'client')
    expect((await client.ask(at(id))).status).toBe(200)
    const theirs = await enterNewProject(house, api, 'head', 'Two')
    expect((await theirs.ask(at(id, 0, theirs.project))).status).toBe(404)
    expect((await api.request(at(id))).status).toBe(401)
  })

  test('there are as many as the mention has, and none when it has gone', async () => {
    const url = freshUrl()
    const id = await mentionWith(url)
    answer = show(png(4, 4))
    const etag = (await anna.ask(at(id))).headers.get('etag') ?? ''
    for (const n of ['1', '-1', '00x', '99', '1e0']) expect((await anna.ask(at(id).replace(/0$/, n))).status).toBe(404)
    const detail = (await (await anna.ask(at(id).replace('/images/0', ''))).json()) as MentionDetail
    expect(detail.mention.images).toEqual([{ url, alt: null }])

    const removal = { project: anna.project, platform: 'mastodon', ids: [id], authors: [], at: new Date() }
    await removePosts({ db: house.postgres.db, clickhouse: house.clickhouse }, removal)
    // Also for a browser that still has it.
    expect((await anna.ask(at(id), { headers: { 'if-none-match': etag } })).status).toBe(404)
  })
})
