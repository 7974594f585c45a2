import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Answer, Request } from '../../../base/http/request.ts'
import { createConnect } from '../../../base/http/socket.ts'
import { parseQuery } from '../../query/parse.ts'
import { badFrames } from '../bad-frames.contract.ts'
import type { Cursor, Fetched, SourceIo } from '../connector.ts'
import { plainIo } from '../reader.testing.ts'
import { rulesOf } from './rules.ts'
import { PlayedVk } from './service.testing.ts'
import { vkConnector } from './vk.ts'

const now = new Date('2026-11-22T12:00:00Z')
const nowS = now.getTime() / 1000
const secrets = { token: 'service-key-0123456789' }
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

/** The streaming server of VK by its documentation: rules by their tags, and a socket that only speaks. */
class PlayedStream {
  rules = new Map<string, string>([['somebody else', 'кот']])
  opened: (socket: WebSocket) => void = () => {}
  refuses: object | null = null
  port = 0

  async start(): Promise<this> {
    const http = createServer()
    const sockets = new WebSocketServer({ noServer: true })
    http.on('upgrade', (request, socket, head) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x')
      if (this.refuses !== null || pathname !== '/stream' || searchParams.get('key') !== 'stream-key') {
        const body = JSON.stringify(this.refuses ?? {})
        return void socket.end(`HTTP/1.1 400 No\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`)
      }
      sockets.handleUpgrade(request, socket, head, (one) => this.opened(one))
    })
    await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
    this.port = (http.address() as AddressInfo).port
    closers.push(() => {
      for (const client of sockets.clients) client.terminate()
      http.closeAllConnections()
      http.close()
    })
    return this
  }

  rule(method: string, body: string): object {
    const given = body === '' ? {} : (JSON.parse(body) as { rule?: { tag: string; value: string }; tag?: string })
    if (method === 'GET') return { code: 200, rules: [...this.rules].map(([tag, value]) => ({ tag, value })) }
    if (method === 'DELETE') return this.rules.delete(given.tag ?? '') ? { code: 200 } : refused(2007, 'no such tag')
    const { tag = '', value = '' } = given.rule ?? {}
    if (this.rules.has(tag)) return refused(2001, 'tag already exists')
    if (value.includes('запрещено')) return refused(2003, 'rule has bad words')
    this.rules.set(tag, value)
    return { code: 200 }
  }
}
const refused = (error_code: number, message: string) => ({ code: 400, error: { error_code, message } })

function ioOf(vk: PlayedVk, stream: PlayedStream, signal: AbortSignal): SourceIo {
  const request: Request = async (url, options) => {
    const body = String(options?.body ?? '')
    const { pathname, searchParams, host } = new URL(url)
    const isRules = host === vk.streaming && pathname === '/rules' && searchParams.get('key') === 'stream-key'
    const given = isRules ? JSON.stringify(stream.rule(options?.method ?? 'GET', body)) : vk.answer(url, body).body
    const bytes = new TextEncoder().encode(String(given))
    return { kind: 'ok', status: 200, headers: {}, body: bytes, url, movedTo: null, requests: 1 } satisfies Answer
  }
  const connect = createConnect({ allowPrivate: true })
  return {
    ...plainIo({ request, now: () => now, signal }),
    connect: (url, options) =>
      connect(url.replace('wss://streaming.vk.test', `ws://127.0.0.1:${stream.port}`), options),
  }
}

const event = (id: number, more: object = {}) => ({
  code: 100,
  event: {
    event_type: 'post',
    event_id: { post_owner_id: -1, post_id: id },
    event_url: `https://vk.com/wall-1_${id}`,
    text: `Банк &quot;Филин&quot;<br>номер ${id}`,
    action: 'new',
    creation_time: nowS - 60,
    tags: [],
    author: { id: -1, author_url: 'https://vk.com/club1', platform: 4 },
    ...more,
  },
})

/** Listens until so many posts or removals came, or the connection has ended; the signal then aborts. */
async function listen(
  vk: PlayedVk,
  stream: PlayedStream,
  { url = 'stream: банк', cursor = null as Cursor | null, enough = Infinity, queries = [] as string[] } = {},
): Promise<Fetched[]> {
  const stop = new AbortController()
  const source = {
    ...{ id: 4, config: vkConnector.parseConfig({ url }), secrets, cursor },
    topics: async () => queries.map((text) => parseQuery(text).query!),
  }
  const told: Fetched[] = []
  let count = 0
  for await (const fetched of vkConnector.listen!(source, ioOf(vk, stream, stop.signal))) {
    told.push(fetched)
    if (fetched.kind === 'page') count += fetched.items.length + (fetched.removed?.length ?? 0)
    if (count >= enough) stop.abort()
  }
  return told
}
const itemsIn = (told: Fetched[]) => told.flatMap((one) => (one.kind === 'page' ? one.items : []))
const speaks = (stream: PlayedStream, ...messages: (object | string)[]) => {
  stream.opened = (socket) => {
    const [tag] = [...stream.rules.keys()].filter((one) => one.startsWith('heed 4 '))
    for (const one of messages)
      socket.send((typeof one === 'string' ? one : JSON.stringify(one)).replace('"tags":[]', `"tags":["${tag}"]`))
  }
}

test('what VK sends comes with the ids of walls and discussions, edited and deleted as VK says', async () => {
  const [vk, stream] = [new PlayedVk(), await new PlayedStream().start()]
  speaks(
    stream,
    { code: 300, service_message: { message: 'hello', service_code: 1 } },
    event(1),
    event(2, { event_type: 'comment', event_url: 'https://vk.com/wall-1_5?reply=2&thread=1', action: 'update' }),
    event(3, { event_type: 'topic_post', event_url: 'https://vk.com/topic-1_7?post=3' }),
    event(4, { event_type: 'share', text: '', shared_post_text: 'Банк закрыт' }),
    event(5, { tags: ['somebody else'] }),
    event(6, { action: 'delete' }),
  )
  const told = await listen(vk, stream, { enough: 5 })
  expect(itemsIn(told)).toMatchObject([
    {
      id: 'https://vk.com/wall-1_1',
      text: 'Банк "Филин"\nномер 1',
      kind: 'post',
      author: { id: '-1', handle: 'club1' },
      postedAt: new Date('2026-11-22T11:59:00Z'),
    },
    { id: 'https://vk.com/wall-1_5?reply=2', kind: 'comment', root: 'https://vk.com/wall-1_5' },
    { id: 'https://vk.com/topic-1_7?post=3', root: 'https://vk.com/topic-1_7' },
    { id: 'https://vk.com/wall-1_4', kind: 'repost', text: 'Банк закрыт' },
  ])
  const pages = told.filter((one) => one.kind === 'page')
  expect(pages.flatMap(({ edited }) => edited ?? [])).toEqual(['https://vk.com/wall-1_5?reply=2'])
  expect(pages.flatMap(({ removed }) => removed ?? [])).toEqual(['https://vk.com/wall-1_6'])
  // Whoever stops leaves the rules of others, and none of its own.
  expect([...stream.rules.keys()]).toEqual(['somebody else'])
})

test('what was said between two connections is searched for once the connection stands', async () => {
  const [vk, stream] = [new PlayedVk(), await new PlayedStream().start()]
  const post = (id: number, date: number) => ({ id, owner_id: -1, from_id: -1, date, text: `Банк ${id}` })
  vk.posts = [post(11, nowS - 5000), post(12, nowS - 400), post(13, nowS - 100)]
  speaks(stream, event(14))
  const cursor = { url: 'stream: банк', heard: nowS - 300 }
  const told = await listen(vk, stream, { cursor, enough: 3 })
  expect(itemsIn(told).map(({ id }) => id)).toEqual([
    'https://vk.com/wall-1_13',
    'https://vk.com/wall-1_12',
    'https://vk.com/wall-1_14',
  ])
  const places = told.flatMap((one) => (one.kind === 'page' ? [one.next['heard']] : []))
  expect(places).toEqual([nowS - 300, nowS])
})

test('the rules are the words of the topics, and one that VK refuses is told and hides no other', async () => {
  const [vk, stream] = [new PlayedVk(), await new PlayedStream().start()]
  const during: string[] = []
  stream.opened = (socket) => {
    during.push(...stream.rules.values())
    const [tag] = [...stream.rules.keys()].filter((one) => one.startsWith('heed 4 '))
    socket.send(JSON.stringify(event(1, { tags: [tag] })))
  }
  const told = await listen(vk, stream, { url: 'topics', queries: ['"банк филин" OR вклад', 'запрещено'], enough: 1 })
  expect(during).toEqual(['кот', 'банк филин', 'вклад'])
  const problems = told.flatMap((one) => (one.kind === 'page' ? one.problems : []))
  expect(problems).toMatchObject([{ problem: { key: 'vk.rule-refused', values: { rule: 'запрещено' } } }])
  expect(await listen(vk, stream, { url: 'topics', queries: [] })).toMatchObject([{ problem: { key: 'vk.no-words' } }])
  expect(rulesOf([parseQuery('"a -b"').query!])).toEqual(['a b'])
})

badFrames({
  frames: () => ({ good: JSON.stringify(event(1)), next: JSON.stringify(event(2)), nextId: 'https://vk.com/wall-1_2' }),
  now,
  async hear(frames) {
    const [vk, stream] = [new PlayedVk(), await new PlayedStream().start()]
    speaks(stream, ...frames)
    const speak = stream.opened
    stream.opened = (socket) => {
      speak(socket)
      socket.close()
    }
    return listen(vk, stream)
  },
})

test('a server that goes, a refused key, cut JSON and another form end the connection with a reason', async () => {
  const [vk, stream] = [new PlayedVk(), await new PlayedStream().start()]
  const last = async (message: object | string) => {
    speaks(stream, message)
    return (await listen(vk, stream)).at(-1)
  }
  expect(await last({ code: 300, service_message: { message: 'bye', service_code: 3000 } })).toMatchObject({
    kind: 'failed',
    problem: { key: 'vk.stream-ended', values: { reason: 'bye' } },
  })
  expect(await last('{"code":100,"ev')).toMatchObject({ problem: { key: 'site.unreadable' } })
  expect(await last('[]')).toMatchObject({ problem: { key: 'site.unexpected' } })
  speaks(stream, { code: 100, event: { event_type: 1 } }, event(2))
  const told = await listen(vk, stream, { enough: 1 })
  expect(told.flatMap((one) => (one.kind === 'page' ? one.problems : []))).toMatchObject([
    { problem: { key: 'entry.unreadable' } },
  ])
  stream.refuses = { code: 400, error: { error_code: 1003, message: 'bad key' } }
  expect(await listen(vk, stream)).toMatchObject([
    { problem: { key: 'vk.stream-ended', values: { reason: 'bad key' } } },
  ])
})
