import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createRequest } from '../../../base/http/request.ts'
import { createStream } from '../../../base/http/stream.ts'
import { parseQuery } from '../../query/parse.ts'
import { badFrames } from '../bad-frames.contract.ts'
import type { Charge, Cursor, Fetched, SourceIo } from '../connector.ts'
import { plainIo } from '../reader.testing.ts'
import { idAt, token, xPost, xUser, xWith } from './x-service.testing.ts'
import { xConnector } from './x.ts'

const now = new Date('2026-11-22T12:00:00Z')
const at = (second: number) => idAt('2026-11-22T11:00:00Z', second)
type Rule = { id: string; value: string; tag?: string }

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

/** X with its rules and its stream, which says what a test wants and ends. */
async function play(given: {
  rules?: Rule[]
  posts?: { id: string }[]
  searches?: number
  says: (rules: Rule[], to: ServerResponse) => void
  status?: number
}) {
  const played = { rules: [...(given.rules ?? [])], opened: 0, searched: [] as string[] }
  const server = createServer((asked, response) => {
    const url = new URL(asked.url ?? '/', 'https://api.x.com')
    const answer = (status: number, body: unknown) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (asked.headers.authorization !== `Bearer ${token}`) return answer(401, { title: 'Unauthorized' })
    const body: Buffer[] = []
    asked.on('data', (part: Buffer) => body.push(part))
    asked.on('end', () => {
      if (url.pathname === '/2/tweets/search/stream/rules') {
        if (asked.method === 'GET') return answer(200, { data: played.rules, meta: {} })
        const change = JSON.parse(Buffer.concat(body).toString()) as { add?: Rule[]; delete?: { ids: string[] } }
        if (Object.keys(change).length !== 1) return answer(400, { title: 'add or delete' })
        const bad = change.add?.filter(({ value }) => value.length > 1024 || value.includes('bad')) ?? []
        const good = change.add?.filter((rule) => !bad.includes(rule)) ?? []
        played.rules.push(...good.map((rule, index) => ({ ...rule, id: `${played.rules.length + index + 1}` })))
        if (change.delete) played.rules = played.rules.filter(({ id }) => !change.delete?.ids.includes(id))
        const errors = bad.map(({ value }) => ({ value, type: 'https://api.x.com/2/problems/invalid-rules' }))
        return answer(201, { meta: {}, ...(errors.length > 0 && { errors }) })
      }
      if (url.pathname === '/2/tweets/search/recent') {
        played.searched.push(url.searchParams.get('query') ?? '')
        if (played.searched.length > (given.searches ?? Infinity)) return answer(503, { title: 'Service Unavailable' })
        const found = xWith(given.posts ?? [], now)(url, asked.headers.authorization ?? null)
        return void response.writeHead(found.status ?? 200, found.headers).end(found.body)
      }
      if (url.pathname !== '/2/tweets/search/stream') return answer(404, { title: 'Not Found' })
      if (played.rules.length === 0) return answer(409, { title: 'ConnectionException', detail: 'no rules' })
      if (given.status !== undefined) return answer(given.status, { title: 'No', detail: 'too many connections' })
      played.opened += 1
      response.writeHead(200, { 'content-type': 'application/json' })
      given.says(played.rules, response)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { ...played, base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, played }
}

function moneyOf(budget: number) {
  const book = { spent: 0 }
  const pay: SourceIo['pay'] = async (most) => {
    if (book.spent + most > budget)
      return {
        kind: 'refused',
        until: new Date('2026-12-01'),
        problem: { key: 'budget.spent', values: { until: '2026-12-01' } },
      }
    book.spent += most
    return {
      kind: 'reserved',
      async settle(charged: Charge[]) {
        book.spent += charged.reduce((sum, { micros }) => sum + micros, 0) - most
      },
    }
  }
  return { book, pay }
}

async function listen(
  base: string,
  given: { id?: number; url?: string; cursor?: Cursor; topics?: string[]; budget?: number } = {},
) {
  const [network, streams] = [createRequest({ allowPrivate: true }), createStream({ allowPrivate: true })]
  closers.push(
    () => network.close(),
    () => streams.close(),
  )
  const { book, pay } = moneyOf(given.budget ?? Infinity)
  const here = (url: string) => url.replace('https://api.x.com', base)
  const io: SourceIo = {
    ...plainIo({
      request: (url, options) => network(here(url), options),
      now: () => now,
      signal: new AbortController().signal,
    }),
    stream: (url, options) => streams(here(url), options),
    pay,
  }
  const topics = async () => (given.topics ?? []).map((text) => parseQuery(text).query)
  const config = xConnector.parseConfig({ url: given.url ?? 'stream: acme' })
  const heard: Fetched[] = []
  const source = { id: given.id ?? 7, config, secrets: { token }, cursor: given.cursor ?? null, topics }
  for await (const fetched of xConnector.listen!(source, io)) heard.push(fetched)
  const pages = heard.filter((one) => one.kind === 'page')
  return { heard, pages, items: pages.flatMap(({ items }) => items), book }
}

const line = (post: object, tag = 'heed 7') =>
  `${JSON.stringify({ data: post, includes: { users: [xUser] }, matching_rules: [{ id: '1', tag }] })}\r\n`

test('posts come as they are posted, each paid for, and the place moves on with them', async () => {
  const server = await play({
    says: (_rules, to) => {
      const whole = Buffer.from(line(xPost(at(1), { text: 'Сбой 🦉' })) + '\r\n' + line(xPost(at(2))))
      // A line may come in two parts, in the middle of a letter.
      to.write(whole.subarray(0, 17), () => to.write(whole.subarray(17), () => to.end()))
    },
  })
  const { heard, items, book } = await listen(server.base)
  expect(items.map(({ id, text }) => [id, text])).toEqual([
    [`x:${at(1)}`, 'Сбой 🦉'],
    [`x:${at(2)}`, `Пост ${at(2)}`],
  ])
  expect(heard.map(({ kind }) => kind)).toEqual(['unchanged', 'page', 'unchanged', 'page'])
  expect(heard.at(-1)).toMatchObject({ next: { url: 'stream: acme', newest: at(2) } })
  expect(book.spent).toBe(2 * 15_000)
  expect(server.played.rules).toMatchObject([{ value: 'acme', tag: 'heed 7' }])
})

test('rules are made of the words of the topics, and those of others stay', async () => {
  const theirs = { id: '1', value: 'other', tag: 'another program' }
  const server = await play({
    rules: [theirs, { id: '2', value: 'old', tag: 'heed 7' }],
    says: (_rules, to) => to.end(line(xPost(at(1)), 'another program')),
  })
  const { items, book } = await listen(server.base, { url: 'topics', topics: ['acme bank', '#acme'] })
  expect(server.played.rules).toMatchObject([theirs, { value: '("acme" "bank") OR (#acme)', tag: 'heed 7' }])
  // What came for another program is not ours, and was billed all the same.
  expect(items).toEqual([])
  expect(book.spent).toBe(15_000)
})

test('a source that is tried shows what was there last and leaves no rules behind', async () => {
  const posts = Array.from({ length: 30 }, (_, index) => xPost(at(index)))
  const server = await play({ posts, says: (_rules, to) => to.end('\r\n') })
  const { items } = await listen(server.base, { id: 0, url: 'topics', topics: ['acme'] })
  expect(items.map(({ id }) => id)).toEqual(
    posts
      .slice(-10)
      .toReversed()
      .map(({ id }) => `x:${id}`),
  )
  expect(server.played.rules).toEqual([])
})

test('topics without words and rules that X does not take are told', async () => {
  const server = await play({ says: (_rules, to) => to.end('\r\n' + line(xPost(at(1)))) })
  expect((await listen(server.base, { url: 'topics', topics: ['lang:ru'] })).heard).toMatchObject([
    { problem: { key: 'x.no-words' } },
  ])
  server.played.rules.push({ id: '9', value: 'other', tag: 'another program' })
  const { pages } = await listen(server.base, { url: 'topics', topics: ['bad'] })
  expect(pages[0]?.problems).toMatchObject([{ problem: { key: 'x.rule-refused', values: { rule: '("bad")' } } }])
})

test('what was posted between two connections is searched for, and a failed search loses nothing', async () => {
  const missed = Array.from({ length: 130 }, (_, index) => xPost(at(10 + index)))
  const server = await play({ posts: [xPost(at(5)), ...missed], says: (_rules, to) => to.end(line(xPost(at(500)))) })
  const { items, heard } = await listen(server.base, { cursor: { url: 'stream: acme', newest: at(5) } })
  expect(new Set(items.map(({ id }) => id)).size).toBe(131)
  expect(heard.at(-1)).toMatchObject({ next: { newest: at(500) } })
  expect(server.played.searched).toEqual(['acme', 'acme'])
  // Where the second page fails, the place stays where it was.
  const broken = await play({ posts: missed, searches: 1, says: (_rules, to) => to.end(line(xPost(at(500)))) })
  const poor = await listen(broken.base, { cursor: { url: 'stream: acme', newest: at(5) } })
  expect(poor.heard.at(-1)).toMatchObject({ kind: 'failed' })
  expect(poor.items).toHaveLength(100)
  for (const one of poor.pages) expect(one.next['newest']).toBe(at(5))
})

test('the stream ends before the budget does, and what was on its way is paid', async () => {
  const server = await play({
    says: (_rules, to) => {
      for (let second = 1; second <= 200; second += 1) to.write(line(xPost(at(second), { author_id: `${second}` })))
    },
  })
  const budget = 950_000
  const { heard, items, book } = await listen(server.base, { budget })
  expect(heard.at(-1)).toMatchObject({ kind: 'rate-limited', problem: { key: 'budget.spent' } })
  expect(items.length).toBeGreaterThan(20)
  expect(book.spent).toBe(items.length * 15_000)
  expect(book.spent).toBeLessThanOrEqual(budget)
  expect((await listen(server.base, { budget: 400_000 })).heard).toMatchObject([{ kind: 'rate-limited' }])
  expect(server.played.opened).toBe(1)
})

badFrames({
  frames: () => ({ good: line(xPost(at(1))), next: line(xPost(at(2))), nextId: `x:${at(2)}` }),
  now,
  async hear(frames) {
    const server = await play({ says: (_rules, to) => to.end(frames.map((frame) => `${frame.trim()}\r\n`).join('')) })
    return (await listen(server.base)).heard
  },
})

test('an error in the stream, a cut line and a refused connection are data with advice', async () => {
  const gone = { errors: [{ title: 'operational-disconnect', detail: 'upstream', type: 'x' }] }
  const ended = await play({ says: (_rules, to) => to.end(`${JSON.stringify(gone)}\r\n`) })
  expect((await listen(ended.base)).heard.at(-1)).toMatchObject({
    problem: { key: 'x.ended', values: { reason: 'upstream' } },
  })
  const cut = await play({ says: (_rules, to) => to.end('{"data":{"id":\r\n') })
  expect((await listen(cut.base)).heard.at(-1)).toMatchObject({ problem: { key: 'site.unreadable' } })
  const odd = await play({ says: (_rules, to) => to.end(`${line({ id: 5 })}`) })
  expect((await listen(odd.base)).pages[0]?.problems).toMatchObject([{ problem: { key: 'entry.unreadable' } }])
  const refused = await play({ says: () => {}, status: 429 })
  const { heard, book } = await listen(refused.base)
  expect(heard).toMatchObject([{ kind: 'rate-limited' }])
  expect(book.spent).toBe(0)
  const closed = await play({ says: () => {}, status: 403 })
  expect((await listen(closed.base)).heard).toMatchObject([{ kind: 'signed-out' }])
})
