import { describe, expect, test } from 'vitest'
import { connectorContract } from '../connector.contract.ts'
import { readerOf } from '../reader.testing.ts'
import { hackerNewsConnector } from './hackernews.ts'
import { readWanted } from './wanted.ts'

const at = Date.UTC(2026, 10, 22, 11) / 1000
const story = (id: number, more: object = {}) => ({
  objectID: String(id),
  created_at: '2026-11-22T11:00:00Z',
  created_at_i: at - id,
  author: 'anna',
  title: `Show HN: thing ${id}`,
  url: `https://thing.example/${id}`,
  points: 5,
  num_comments: 2,
  story_id: id,
  children: [],
  updated_at: '2026-11-22T11:00:00Z',
  _tags: ['story', 'author_anna', `story_${id}`],
  _highlightResult: {},
  ...more,
})
const comment = (id: number, more: object = {}) => ({
  objectID: String(id),
  created_at_i: at - id,
  author: 'boris',
  comment_text:
    'Works &amp; fast.<p>See <a href="https:&#x2F;&#x2F;docs.example&#x2F;a" rel="nofollow">https:&#x2F;&#x2F;docs.example&#x2F;a</a>',
  parent_id: 7,
  story_id: 5,
  story_title: 'Show HN: thing 5',
  story_url: 'https://thing.example/5',
  points: null,
  _tags: ['comment', 'author_boris', 'story_5'],
  ...more,
})
const answer = (hits: unknown[]) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ hits, nbHits: hits.length, page: 0, nbPages: 1, hitsPerPage: 200 }),
})
/** What an index of these items answers: the newest 200 within the asked bounds. */
const index = (items: { created_at_i: number }[]) => (asked: URL) => {
  const bounds = asked.searchParams.get('numericFilters') ?? ''
  const from = Number(/>=(\d+)/.exec(bounds)?.[1] ?? 0)
  const to = Number(/<=(\d+)/.exec(bounds)?.[1] ?? Infinity)
  const found = items.filter((one) => one.created_at_i >= from && one.created_at_i <= to)
  return answer(found.toSorted((a, b) => b.created_at_i - a.created_at_i).slice(0, 200))
}
const many = Array.from({ length: 450 }, (_, number) => story(number + 1))

connectorContract('hacker news', {
  connector: hackerNewsConnector,
  origin: 'https://hn.algolia.com',
  settings: () => ({ url: 'heed' }),
  wrongSettings: [
    { input: {}, field: 'url' },
    { input: { url: '  ' }, field: 'url' },
    { input: { url: 'https://example.org/?q=heed' }, field: 'url' },
    { input: { url: 'https://news.ycombinator.com/newest' }, field: 'url' },
  ],
  answer: (request, base) => index(many)(new URL(request.url ?? '', base)),
  posts: 450,
})

describe('hacker news', () => {
  const { read, page, asked } = readerOf(hackerNewsConnector, { url: '"heed"   listening' })

  test('a story points to its page, a comment names what it answers and where the discussion began', async () => {
    const { items, health } = await page(() => answer([story(5), comment(9)]))
    expect(health).toMatchObject({ title: 'Hacker News: "heed" listening', newestAt: new Date((at - 5) * 1000) })
    expect(items).toMatchObject([
      {
        id: 'https://news.ycombinator.com/item?id=5',
        platform: 'hackernews',
        media: 'forum',
        kind: 'post',
        title: 'Show HN: thing 5',
        text: 'Show HN: thing 5',
        postedAt: new Date((at - 5) * 1000),
        author: { id: 'anna', handle: 'anna' },
        likes: 5,
        comments: 2,
        parent: null,
        links: ['https://thing.example/5'],
        has: ['link'],
      },
      {
        id: 'https://news.ycombinator.com/item?id=9',
        kind: 'comment',
        title: null,
        text: 'Works & fast.\n\nSee https://docs.example/a',
        likes: null,
        parent: 'https://news.ycombinator.com/item?id=7',
        root: 'https://news.ycombinator.com/item?id=5',
        links: ['https://docs.example/a'],
      },
    ])
  })

  test('it asks for words as they are written, and the next time only for what is about new', async () => {
    asked.length = 0
    const { next } = await page(() => answer([story(5)]))
    await read(() => answer([]), next)
    const [first, second] = asked.map((url) => Object.fromEntries(url.searchParams))
    expect(first).toMatchObject({ query: '"heed" listening', typoTolerance: 'false', tags: '(story,comment,poll)' })
    const monthAgo = Date.UTC(2026, 9, 23, 12) / 1000
    expect(first?.['numericFilters']).toBe(`created_at_i>=${monthAgo}`)
    expect(second?.['numericFilters']).toBe(`created_at_i>=${at - 5 - 7200}`)
  })

  test('an item that enters the index late, or is edited, still comes', async () => {
    const { next } = await page(() => answer([story(5), story(600)]))
    const later = await page(() => answer([story(5, { title: 'Renamed' }), story(600), story(3000)]), next)
    expect(later.items.map((post) => post.title)).toEqual(['Renamed', 'Show HN: thing 3000'])
  })

  test('hundreds of items of one second do not stop it', async () => {
    const flood = Array.from({ length: 260 }, (_, number) => story(number + 1, { created_at_i: at }))
    let cursor = null
    for (let turn = 0, more = true; more; turn += 1) {
      expect(turn).toBeLessThan(5)
      const one = await read(index([...flood, story(4000)]), cursor)
      if (one.kind !== 'page') break
      ;({ next: cursor, more } = one)
    }
    expect(cursor).toMatchObject({ before: 0 })
  })

  test('what is broken in one hit is told and does not hide the others', async () => {
    const { items, problems } = await page(() =>
      answer([
        story(1, { created_at_i: 0 }),
        story(2, { created_at_i: 4_000_000_000 }),
        { objectID: {} },
        'hit',
        story(3, { points: -4 }),
      ]),
    )
    expect(items.map((post) => [post.postedAt?.getTime() ?? null, post.likes])).toEqual([
      [null, 5],
      [null, 5],
      [(at - 3) * 1000, null],
    ])
    expect(problems.map((one) => one.problem?.key)).toEqual([
      'entry.date',
      'entry.date',
      'entry.unreadable',
      'entry.unreadable',
    ])
  })

  test('an answer without hits is told as one', async () => {
    for (const body of ['{"message":"oops"}', '[]', 'null', '{"hits":{}}'])
      expect(await read(() => ({ body }))).toMatchObject({ kind: 'failed', problem: { key: 'site.unexpected' } })
    expect(await read(() => ({ body: JSON.stringify({ hits: [story(1)] }).slice(0, 60) }))).toMatchObject({
      problem: { key: 'site.unreadable' },
    })
  })

  test('accounts and discussions are sources as well', () => {
    expect(readWanted('https://news.ycombinator.com/item?id=42')?.tags).toBe('(story,comment,poll),story_42')
    expect(readWanted('https://news.ycombinator.com/threads?id=pg')?.tags).toBe('(story,comment,poll),author_pg')
    const search = readWanted('https://hn.algolia.com/?dateRange=all&query=acme%20bank&type=comment')
    expect(search).toMatchObject({ query: 'acme bank' })
    expect(readWanted(search?.url ?? '')).toEqual(search)
  })
})
