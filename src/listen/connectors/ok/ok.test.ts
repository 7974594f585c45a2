import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { connectorContract, type PlatformAnswer } from '../connector.contract.ts'
import type { Cursor, Fetched } from '../connector.ts'
import { readerOf } from '../reader.testing.ts'
import type { Post } from '../../posts/post.ts'
import { signed } from './call.ts'
import { readGroup } from './group-address.ts'
import { okConnector } from './ok.ts'

const nowMs = Date.UTC(2026, 10, 22, 12)
const secrets = { key: 'CAPPKEY', token: 'tkn1-secret', sessionSecret: 'ABCDEF0123456789' }
const number = '53696123456789'

type PlayedTopic = { id: string; created_ms: number; [more: string]: unknown }
type PlayedComment = {
  id: string
  text: string
  date_ms?: number
  date?: string
  author_id: string
  [more: string]: unknown
}

const topic = (n: number, more: object = {}): PlayedTopic => ({
  id: `660000000${String(n).padStart(5, '0')}`,
  created_ms: nowMs - 86_400_000 + n * 1000,
  author_ref: `group:${number}`,
  owner_ref: `group:${number}`,
  media: [{ type: 'text', text: `Тема ${n}` }],
  like_summary: { count: 4 },
  reshare_summary: { count: 1 },
  ...more,
})
const comment = (n: number, more: object = {}): PlayedComment => ({
  ...{ id: `c${n}`, text: `Комментарий ${n}`, date_ms: nowMs - 1000 * n, author_id: '901', type: 'ACTIVE_MESSAGE' },
  ...more,
})

/** Odnoklassniki by its pages: refuses what is not signed as they say, and what its methods do not take. */
class PlayedOk {
  topics: PlayedTopic[] = []
  comments = new Map<string, PlayedComment[]>()
  refuses: { code: number; method?: string } | null = null
  readonly asked: string[] = []

  answer(body: string): PlatformAnswer {
    const given = new URLSearchParams(body)
    const method = given.get('method') ?? ''
    this.asked.push(method)
    const unsigned = [...given]
      .filter(([name]) => name !== 'sig' && name !== 'access_token')
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
    const sum = unsigned.map(([name, value]) => `${name}=${value}`).join('') + secrets.sessionSecret.toLowerCase()
    if (given.get('sig') !== createHash('md5').update(sum).digest('hex')) return refused(104)
    if (given.get('access_token') !== secrets.token) return refused(103)
    if (this.refuses !== null && (this.refuses.method ?? method) === method) return refused(this.refuses.code)
    const from = Number(given.get('anchor') ?? 0)
    const to = from + Number(given.get('count') ?? 10)
    const entities = { users: [{ uid: '901', name: 'Вера С.' }] }
    switch (method) {
      case 'url.getInfo':
        return json(
          given.get('url') === 'https://ok.ru/filinbank' ? { type: 'GROUP', objectId: number } : { type: 'UNKNOWN' },
        )
      case 'group.getInfo':
        return json([{ uid: number, name: 'Банк «Филин»', members_count: 800 }])
      case 'mediatopic.getTopics': {
        const counted = this.topics.toReversed().map((one) => ({
          ...one,
          discussion_summary: {
            discussion_id: one.id,
            discussion_type: 'GROUP_TOPIC',
            comments_count: this.comments.get(one.id)?.length ?? 0,
          },
        }))
        return json({
          media_topics: counted.slice(from, to),
          anchor: String(to),
          has_more: to < counted.length,
          entities,
        })
      }
      case 'discussions.getComments': {
        if (given.get('discussionType') !== 'GROUP_TOPIC') return refused(100)
        const all = this.comments.get(given.get('discussionId') ?? '') ?? []
        return json({ comments: all.slice(from, to), anchor: String(to), has_more: to < all.length, entities })
      }
      default:
        return refused(3)
    }
  }
}

const json = (value: unknown): PlatformAnswer => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})
const refused = (code: number): PlatformAnswer => json({ error_code: code, error_msg: 'NO', error_data: null })

async function readAll(ok: PlayedOk, from: Cursor | null = null, now = '2026-11-22T12:00:00Z') {
  const [items, problems, edited]: [Post[], unknown[], string[]] = [[], [], []]
  let cursor = from
  for (let turn = 0; turn < 100; turn += 1) {
    const { read } = readerOf(okConnector, { url: `ok.ru/group/${number}` }, now, secrets)
    const fetched: Fetched = await read((_, body) => ok.answer(body), cursor)
    if (fetched.kind === 'unchanged') return { items, problems, edited, cursor: fetched.next }
    if (fetched.kind !== 'page') throw new Error(JSON.stringify(fetched))
    items.push(...fetched.items)
    edited.push(...(fetched.edited ?? []))
    problems.push(...fetched.problems.map(({ problem }) => problem?.key))
    cursor = JSON.parse(JSON.stringify(fetched.next))
    if (!fetched.more) return { items, problems, edited, cursor }
  }
  throw new Error('The pages never end')
}

const played = new PlayedOk()
played.topics = Array.from({ length: 70 }, (_, index) => topic(index + 1))
played.comments.set(topic(69).id, [comment(1), comment(2)])

connectorContract('ok', {
  connector: okConnector,
  origin: 'https://api.ok.ru',
  settings: () => ({ url: 'https://ok.ru/filinbank' }),
  secrets,
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'https://ok.ru/feed' }, field: 'url' },
    { input: { url: 'https://example.org/group/12345' }, field: 'url' },
  ],
  answer: (_request, _base, body) => played.answer(body),
  posts: 72,
})

describe('Odnoklassniki', () => {
  test('a call is signed as the documentation says', () => {
    // md5 of "application_key=CAPPKEYformat=jsonmethod=users.getCurrentUser" + "abcdef0123456789"
    const { sig, access_token: token } = signed(
      { method: 'users.getCurrentUser', format: 'json', anchor: undefined },
      secrets,
    )
    expect(sig).toBe(
      createHash('md5')
        .update('application_key=CAPPKEYformat=jsonmethod=users.getCurrentUserabcdef0123456789')
        .digest('hex'),
    )
    expect(token).toBe(secrets.token)
  })

  test('a topic and its comments have their words, authors, counts and threads', async () => {
    const ok = new PlayedOk()
    ok.topics = [
      topic(1, {
        media: [
          { type: 'text', text: 'Смотрите #карта' },
          { type: 'link', url: 'https://bank.example/a', title: 'Условия' },
          { type: 'poll', question: 'Берёте?', answers: [{ text: 'Да' }] },
          { type: 'photo', photo_refs: ['group_photo:1'] },
        ],
      }),
      topic(2, { media: [{ type: 'photo' }] }),
      topic(3, { author_ref: 'user:901' }),
    ]
    ok.comments.set(topic(1).id, [
      comment(1, { like_count: 5 }),
      comment(2, { date_ms: undefined, date: '2026-11-22 14:00:00', reply_to_comment_id: 'c1', author_name: 'Глеб' }),
    ])
    const url = `https://ok.ru/group/${number}/topic/${topic(1).id}`
    expect((await readAll(ok)).items).toMatchObject([
      { kind: 'post', author: { id: '901', name: 'Вера С.' } },
      {
        ...{
          id: url,
          platform: 'ok',
          source: 'Банк «Филин»',
          url,
          text: 'Смотрите #карта\n\nУсловия\n\nБерёте?\n\n• Да',
          likes: 4,
          shares: 1,
        },
        ...{ comments: 2, links: ['https://bank.example/a'], has: ['image', 'link'], tags: ['карта'] },
        author: { id: number, name: 'Банк «Филин»', followers: 800 },
      },
      {
        kind: 'comment',
        id: `ok:${topic(1).id}/c1`,
        url,
        parent: url,
        root: url,
        likes: 5,
        author: { id: '901', name: 'Вера С.' },
      },
      {
        id: `ok:${topic(1).id}/c2`,
        parent: `ok:${topic(1).id}/c1`,
        postedAt: new Date('2026-11-22T11:00:00Z'),
        author: { name: 'Глеб' },
      },
    ])
  })

  test('a pinned topic does not end the reading, and after a pause nothing is lost or doubled', async () => {
    const ok = new PlayedOk()
    const pinned = topic(1)
    ok.topics = [...Array.from({ length: 120 }, (_, index) => topic(index + 2)), pinned]
    const first = await readAll(ok)
    expect(new Set(first.items.map(({ id }) => id)).size).toBe(121)
    ok.topics = [...ok.topics.slice(0, -1), ...Array.from({ length: 60 }, (_, index) => topic(200 + index)), pinned]
    const second = await readAll(ok, first.cursor)
    expect(second.items).toHaveLength(60)
    expect((await readAll(ok, second.cursor)).items).toEqual([])
  })

  test('comments come when their number changes, many of them over several readings', async () => {
    const ok = new PlayedOk()
    ok.topics = [topic(1)]
    ok.comments.set(
      topic(1).id,
      Array.from({ length: 950 }, (_, index) => comment(index + 1)),
    )
    const first = await readAll(ok)
    expect(first.items).toHaveLength(951)
    ok.asked.length = 0
    await readAll(ok, first.cursor, '2026-11-22T12:01:00Z')
    expect(ok.asked).toEqual(['mediatopic.getTopics'])
    ok.comments.get(topic(1).id)?.unshift(comment(2000))
    expect((await readAll(ok, first.cursor, '2026-11-22T12:02:00Z')).items.map(({ text }) => text)).toEqual([
      'Комментарий 2000',
    ])
  })

  test.each([
    [2, 'failed', 'ok.broken'],
    [10, 'signed-out', 'ok.not-allowed'],
    [100, 'failed', 'ok.refused'],
    [102, 'signed-out', 'ok.signed-out'],
    [104, 'signed-out', 'ok.signature'],
    [300, 'failed', 'ok.not-found'],
  ])('error %i is told with what to do', async (code, kind, key) => {
    const { read } = readerOf(okConnector, { url: `ok.ru/group/${number}` }, undefined, secrets)
    expect(await read(() => refused(code))).toMatchObject({ kind, problem: { key } })
    const ok = new PlayedOk()
    ok.topics = [topic(1)]
    ok.comments.set(topic(1).id, [comment(1)])
    ok.refuses = { code: 100, method: 'discussions.getComments' }
    expect(await readAll(ok)).toMatchObject({ items: [{ kind: 'post' }], problems: ['ok.comments-closed'] })
  })

  test('what is broken in one topic is told and hides no other', async () => {
    const ok = new PlayedOk()
    ok.topics = [topic(1, { created_ms: 1 }), topic(2), { ...topic(3), id: null as never }]
    const { items, problems } = await readAll(ok)
    expect([items.length, problems]).toEqual([2, ['entry.unreadable', 'entry.date']])
  })

  test('a group is understood however it is written', () => {
    const url = (text: string) => readGroup(text)?.url ?? null
    for (const text of [
      number,
      `ok.ru/group/${number}`,
      `https://m.ok.ru/group/${number}/topic/1`,
      `odnoklassniki.ru/group/${number}`,
    ])
      expect(url(text), text).toBe(`https://ok.ru/group/${number}`)
    for (const text of ['ok.ru/filinbank', 'https://ok.ru/FilinBank?st=1', '@filinbank'])
      expect(url(text), text).toBe('https://ok.ru/filinbank')
    for (const text of ['', 'https://ok.ru/', 'ok.ru/profile/1', 'https://vk.com/acme'])
      expect(url(text), text).toBeNull()
  })
})
