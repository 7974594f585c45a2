import { describe, expect, test } from 'vitest'
import type { Answer, Request, RequestOptions } from '../../../base/http/request.ts'
import { connectorContract } from '../connector.contract.ts'
import { plainIo, readerOf } from '../reader.testing.ts'
import { nodebbConnector } from './nodebb.ts'
import { nodebbReplies } from './reply.ts'

const forum = 'https://forum.example/community'
const post = (pid: number, more: object = {}) => ({
  pid,
  tid: 3,
  uid: 5,
  toPid: null,
  content: `<p dir="auto">Запись ${pid}</p>`,
  timestamp: Date.parse('2026-11-22T07:00:00Z') + pid * 1000,
  timestampISO: '2026-11-22T07:00:00.000Z',
  deleted: 0,
  upvotes: 2,
  downvotes: 0,
  votes: 2,
  replies: 0,
  user: { uid: 5, username: 'anna', userslug: 'anna', displayname: 'Анна &amp; Ко', picture: null },
  topic: { tid: 3, title: 'Сбой &amp; карта', cid: 1, slug: '3/sboi', deleted: 0, postcount: 6, mainPid: 1 },
  isMainPost: pid === 1,
  ...more,
})
const json = (value: unknown) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) })

/** The newest posts first, twenty a page; one post; and what the forum is called. */
const nodebb =
  (posts: unknown[]) =>
  (asked: URL): { status?: number; headers?: { [name: string]: string }; body: string } => {
    if (asked.pathname.endsWith('/api/config')) return json({ siteTitle: 'Форум Филина', relative_path: '/community' })
    const one = /\/api\/v3\/posts\/(\d+)\/summary$/.exec(asked.pathname)?.[1]
    if (one !== undefined) {
      const found = posts.find((shown) => (shown as { pid: number }).pid === Number(one))
      const status = { code: found ? 'ok' : 'not-found', message: '' }
      return { ...json({ status, response: found ?? {} }), ...(found ? {} : { status: 404 }) }
    }
    const from = (Number(asked.searchParams.get('page') ?? 1) - 1) * 20
    return json(posts.slice(from, from + 20))
  }
const upTo = (last: number) => Array.from({ length: last }, (_, at) => post(last - at))

connectorContract('nodebb', {
  connector: nodebbConnector,
  settings: (base) => ({ url: `${base}/recent` }),
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'форум' }, field: 'url' },
    { input: { url: 'ftp://forum.example' }, field: 'url' },
  ],
  answer: (request, base) => nodebb(upTo(50))(new URL(request.url ?? '', base)),
  posts: 50,
})

describe('nodebb', () => {
  const { read, page, asked } = readerOf(nodebbConnector, { url: `${forum}/topic/3/sboi/2` })

  test('an answer knows its topic, what it answers, its author and its counts', async () => {
    const { items } = await page(
      nodebb([post(4, { toPid: '2', content: '<p>Не <b>открывается</b> <a href="/x">тут</a></p>' }), post(2), post(1)]),
    )
    expect(items).toMatchObject([
      {
        id: `${forum}/post/4`,
        platform: 'nodebb',
        source: 'Форум Филина',
        media: 'forum',
        kind: 'reply',
        title: null,
        text: 'Не открывается тут',
        postedAt: new Date('2026-11-22T07:00:04Z'),
        author: { id: 'forum.example/community/5', name: 'Анна & Ко', handle: 'anna' },
        likes: 2,
        comments: 0,
        parent: `${forum}/post/2`,
        root: `${forum}/post/1`,
        links: ['https://forum.example/x'],
      },
      { parent: `${forum}/post/1` },
      { kind: 'post', title: 'Сбой & карта', comments: 5, parent: null, root: null },
    ])
  })

  test('after a pause it goes down to what it knows', async () => {
    const first = await page(nodebb(upTo(10)))
    asked.length = 0
    const ids: string[] = []
    let { next: cursor, more } = first
    for (more = true; more;) {
      const one = await page(nodebb(upTo(75)), cursor)
      ids.push(...one.items.map((item) => item.id))
      ;({ next: cursor, more } = one)
    }
    expect(asked.map((url) => url.searchParams.get('page'))).toEqual(['1', '2', '3', '4'])
    expect(new Set(ids).size).toBe(65)
  })

  test('a post that was put back comes though newer ones were read before', async () => {
    const first = await page(nodebb([post(9), post(7)]))
    expect((await page(nodebb([post(9), post(8), post(7)]), first.next)).items).toMatchObject([
      { id: `${forum}/post/8` },
    ])
  })

  test('what is broken in one post is told and does not hide the others', async () => {
    const { items, problems } = await page(
      nodebb([
        post(5, { timestamp: 1 }),
        post(4, { content: 7 }),
        post(3, { pid: 'https://other.example/1' }),
        'x',
        post(2),
      ]),
    )
    expect(items.map(({ postedAt }) => postedAt)).toEqual([null, new Date('2026-11-22T07:00:02Z')])
    expect(problems.map((one) => one.problem?.key)).toEqual([
      'entry.date',
      'entry.unreadable',
      'entry.unreadable',
      'entry.unreadable',
    ])
    expect(await read(() => ({ body: '<!doctype html>' }))).toMatchObject({ problem: { key: 'nodebb.none' } })
  })

  test('a look-up tells new words and votes, and what is gone', async () => {
    const { io } = written(nodebb([post(2, { upvotes: 7 }), post(4, { deleted: 1 })]))
    const ids = [2, 3, 4].map((pid) => `${forum}/post/${pid}`)
    const source = { id: 1, config: { url: forum }, secrets: {}, cursor: null }
    expect(await nodebbConnector.lookUp!([...ids, 'https://other.example/post/2'], source, io)).toMatchObject({
      kind: 'found',
      posts: [{ id: ids[0], likes: 7 }],
      missing: [ids[1], ids[2]],
    })
  })
})

type Sent = { method: string; path: string; body: unknown; token: string | undefined }

/** A forum by its written contract; what is sent to it is kept. */
function written(answer: (asked: URL, sent: Sent) => { status?: number; body?: string }) {
  const sent: Sent[] = []
  const request: Request = async (url, { method = 'GET', body, headers }: RequestOptions = {}) => {
    const one = {
      ...{ method, path: new URL(url).pathname.replace('/community', ''), token: headers?.['authorization'] },
      body: typeof body === 'string' ? (JSON.parse(body) as unknown) : null,
    }
    sent.push(one)
    const told = answer(new URL(url), one)
    const bytes = new TextEncoder().encode(told.body ?? '{}')
    return {
      kind: 'ok',
      status: told.status ?? 200,
      headers: {},
      body: bytes,
      url,
      movedTo: null,
      requests: 1,
    } satisfies Answer
  }
  const io = plainIo({ request, now: () => new Date('2026-11-22T12:00:00Z'), signal: new AbortController().signal })
  return { io, sent }
}

describe('answers on nodebb', () => {
  const account = { site: forum, token: 'f'.repeat(36), slug: 'bank' }
  const to = { id: `${forum}/post/4`, url: null, title: null, parent: null, root: null, author: null }
  const begunAt = new Date('2026-11-22T11:59:00Z')
  const reply = { key: 'k1', text: 'Починили **карту**: [тут](https://bank.example/a)', lang: 'ru', to, begunAt }
  const made = json({ status: { code: 'ok' }, response: { pid: 12 } })

  test('an answer stands under what it answers, in its topic', async () => {
    const { io, sent } = written((asked, { method }) => (method === 'POST' ? made : nodebb([post(4)])(asked)))
    expect(await nodebbReplies.send(reply, account, io)).toEqual({
      ...{ kind: 'sent', id: '12', mention: `${forum}/post/12`, url: `${forum}/post/12` },
    })
    const token = `Bearer ${account.token}`
    expect(sent.at(-1)).toEqual({
      method: 'POST',
      path: '/api/v3/topics/3',
      body: { content: reply.text, toPid: 4 },
      token,
    })
  })

  test('what is gone, held back, another forum’s or not known is told as such', async () => {
    const outcome = async (status: number, posts = [post(4)]) => {
      const { io } = written((asked, { method }) => (method === 'POST' ? { status } : nodebb(posts)(asked)))
      const { kind, ...rest } = await nodebbReplies.send(reply, account, io)
      return [kind, 'problem' in rest ? rest.problem.key : null]
    }
    expect(await outcome(200, [])).toEqual(['refused', 'reply.gone'])
    expect(await outcome(202)).toEqual(['refused', 'nodebb.queued'])
    expect(await outcome(403)).toEqual(['refused', 'reply.not-allowed'])
    expect((await outcome(500))[0]).toBe('unknown')
    expect((await outcome(429))[0]).toBe('later')
    const other = { ...reply, to: { ...to, id: 'https://other.example/post/4' } }
    expect(await nodebbReplies.send(other, account, written(() => ({})).io)).toMatchObject({
      problem: { key: 'reply.other-site' },
    })
  })

  test('a try of which nobody knows is found by what was written, or proved not to be there', async () => {
    const mine = (posts: unknown[]) =>
      written((asked) => {
        const raw = /posts\/(\d+)\/raw$/.exec(asked.pathname)?.[1]
        if (raw !== undefined)
          return json({ status: {}, response: { pid: Number(raw), content: raw === '12' ? reply.text : 'Другое' } })
        return json({ posts })
      })
    const at = (moment: string, pid: number, toPid = 4) => post(pid, { timestamp: Date.parse(moment), toPid })
    const found = mine([at('2026-11-22T11:59:30Z', 13), at('2026-11-22T11:59:20Z', 12), at('2026-11-22T08:00:00Z', 11)])
    expect(await nodebbReplies.find(reply, account, found.io)).toMatchObject({ kind: 'sent', id: '12' })
    const absent = mine([at('2026-11-22T11:59:30Z', 12, 5), at('2026-11-22T08:00:00Z', 12)])
    expect(await nodebbReplies.find(reply, account, absent.io)).toEqual({ kind: 'absent' })
    const broken = written(() => ({ status: 500 }))
    expect(await nodebbReplies.find(reply, account, broken.io)).toMatchObject({ kind: 'unknown' })
  })

  test('it is edited and taken down, also twice', async () => {
    const published = { id: '12', mention: `${forum}/post/12`, url: null }
    const edits = written(() => made)
    expect(await nodebbReplies.edit!(published, 'Иначе', account, edits.io)).toEqual({ kind: 'done' })
    expect(edits.sent).toMatchObject([{ method: 'PUT', path: '/api/v3/posts/12', body: { content: 'Иначе' } }])
    const again = written((asked, { method }) =>
      method === 'DELETE' ? { status: 400, body: '{"status":{"code":"bad-request"}}' } : nodebb([])(asked),
    )
    expect(await nodebbReplies.remove!(published, account, again.io)).toEqual({ kind: 'done' })
    expect(again.sent[0]).toMatchObject({ method: 'DELETE', path: '/api/v3/posts/12/state' })
  })

  test('an account is greeted by its name; a token that says nobody is refused', async () => {
    const answering = (uid: number) =>
      written((asked) =>
        asked.pathname.endsWith('/api/self') ? json({ uid, username: 'Bank', userslug: 'bank' }) : nodebb([])(asked),
      ).io
    const typed = nodebbReplies.parseAccount({ site: `${forum}/`, apiToken: 'f'.repeat(36) })
    expect(await nodebbReplies.greet(typed, answering(5))).toMatchObject({
      ...{ kind: 'ready', name: '@Bank · Форум Филина', account },
    })
    expect(await nodebbReplies.greet(typed, answering(0))).toMatchObject({
      kind: 'refused',
      problem: { key: 'nodebb.token' },
    })
    for (const [field, wrong] of [
      ['site', { site: 'http://forum.example', apiToken: 'f'.repeat(36) }],
      ['apiToken', { site: forum, apiToken: 'x' }],
    ] as const)
      expect(() => nodebbReplies.parseAccount(wrong)).toThrow(expect.objectContaining({ field }))
  })
})
