import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createCategories } from '../categories/project-categories.ts'
import { openTestClickhouse, openTestPostgres } from '../../../test/database.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { openEvents } from '../../base/events/events.ts'
import { createSecrets } from '../../base/secrets/secrets.ts'
import { list, type Postgres } from '../../base/postgres/postgres.ts'
import type { Connector, Cursor, Fetched } from '../connectors/connector.ts'
import { barePost } from '../posts/post.ts'
import { healthOf } from './health.ts'
import { withLease } from './lease.ts'
import { pollSource } from './poll.ts'
import { addSource, changeSource, findCursor, findSource, listDueSources, type Source } from './source.ts'
import { createTopicMatcher } from '../topics/topic-matcher.ts'
import { Clusters } from '../clusters/clusters.ts'
import type { CollectWorld } from './world.ts'

let postgres: Postgres
let clickhouse: Clickhouse
let world: CollectWorld
let now = new Date('2026-11-22T12:00:00Z')
let project = 0
const asked: { url: string; cursor: Cursor | null }[] = []
let answers: Fetched[] = []
const never = new AbortController().signal

// A platform whose answers are written down, by the contract of connectors.
const written: Connector<{ url: string }> = {
  platform: 'written',
  capabilities: {
    collects: ['poll'],
    replies: false,
    follows: { edits: false, deletions: false },
    cost: null,
    needs: 'nothing',
  },
  parseConfig: (input) => input as { url: string },
  fetch: async ({ config, cursor }) => {
    asked.push({ url: config.url, cursor })
    return answers.shift() ?? { kind: 'failed', hint: 'nothing is written down', retryAt: null }
  },
}

beforeAll(async () => {
  postgres = await openTestPostgres()
  clickhouse = await openTestClickhouse()
  world = {
    db: postgres.db,
    clickhouse,
    events: await openEvents(postgres),
    topics: { ...createTopicMatcher(), match: () => new Map([[project, { topics: [1], places: {} }]]) },
    categories: createCategories(),
    threads: null,
    clusters: new Clusters(clickhouse, { mostPosts: 100_000, alone: true }),
    request: () => Promise.reject(new Error('no network here')),
    connect: () => Promise.reject(new Error('no network here')),
    stream: () => Promise.reject(new Error('no network here')),
    secrets: createSecrets(new Uint8Array(32).fill(3)),
    connectorOf: (platform) => (platform === 'written' ? written : null),
    dataDir: '/nowhere',
    keepUploadsHours: 24,
    fileLimits: {},
    log: pino({ level: 'silent' }),
    now: () => now,
    random: () => 0,
  }
  const [row] = await list(postgres.db, sql<{ id: number }>`insert into project (name) values ('P') returning id`)
  project = row?.id ?? 0
})
beforeEach(() => {
  asked.length = 0
  answers = []
  now = new Date('2026-11-22T12:00:00Z')
})
afterAll(async () => {
  await clickhouse[Symbol.asyncDispose]()
  await postgres[Symbol.asyncDispose]()
})

test('a page is saved, then its cursor, and the next check begins there', async () => {
  const source = await add('https://a.example/feed')
  answers = [
    page(['1', '2'], { after: 2 }, { more: true }),
    page(['3'], { after: 3 }),
    { kind: 'unchanged', next: { after: 3 }, health: healthy },
  ]
  expect(await pollSource(world, source.id, never)).toBe('checked')
  expect(await savedIds(source)).toEqual(['written:1', 'written:2', 'written:3'])
  expect(await findCursor(world.db, source.id)).toEqual({ after: 3 })
  await pollSource(world, source.id, never)
  expect(asked.map(({ cursor }) => cursor)).toEqual([null, { after: 2 }, { after: 3 }])
  expect(await seen(source)).toMatchObject({ lastAnswer: 'unchanged', failures: 0, error: null, name: 'The title' })
})

test('when saving fails the cursor stays, so nothing is skipped', async () => {
  const source = await add('https://b.example/feed')
  answers = [page(['x1'], { after: 1 })]
  const broken = {
    ...world,
    clickhouse: { rows: () => Promise.reject(new Error('the disk is full')) } as unknown as Clickhouse,
  }
  await expect(pollSource(broken, source.id, never)).rejects.toThrow('the disk is full')
  expect(await findCursor(world.db, source.id)).toBeNull()
  answers = [page(['x1'], { after: 1 })]
  await pollSource(world, source.id, never)
  expect(asked.at(-1)?.cursor).toBeNull()
  expect(await savedIds(source)).toEqual(['written:x1'])
})

test('two processes never read one source at once', async () => {
  const source = await add('https://c.example/feed')
  answers = [page(['c1'], {}), page(['c2'], {})]
  await withLease(world.db, `source:${source.id}`, async () =>
    expect(await pollSource(world, source.id, never)).toBe('taken'),
  )
  expect(asked).toEqual([])
  expect(await pollSource(world, source.id, never)).toBe('checked')
})

test('a source that moved for good is read at its new address from then on', async () => {
  const source = await add('https://old.example/feed')
  answers = [{ kind: 'moved', to: 'https://new.example/feed', permanent: true }, page(['m1'], {})]
  await pollSource(world, source.id, never)
  expect(asked.map(({ url }) => url)).toEqual(['https://old.example/feed', 'https://new.example/feed'])
  expect(await seen(source)).toMatchObject({
    url: 'https://new.example/feed',
    config: { url: 'https://new.example/feed' },
    state: 'active',
  })
})

test('a source that is gone stops, one that is paused is not due', async () => {
  const gone = await add('https://gone.example/feed')
  answers = [{ kind: 'gone', hint: 'It is no more' }]
  await pollSource(world, gone.id, never)
  expect(await seen(gone)).toMatchObject({ state: 'gone', lastAnswer: 'gone' })
  const paused = await add('https://paused.example/feed')
  await changeSource(world.db, paused.id, { state: 'paused' }, now)
  const due = (
    await listDueSources(world.db, new Date(now.getTime() + 1e9), {
      lane: 'live',
      running: [],
      listening: [],
      limit: 100,
    })
  ).map(({ id }) => id)
  expect(due).not.toContain(gone.id)
  expect(due).not.toContain(paused.id)
  expect(await pollSource(world, gone.id, never)).toBe('not-active')
})

test('a clock that was ahead for a moment lets no source rest until then', async () => {
  const source = await add('https://clock.example/feed')
  const [right, ahead] = [now, new Date('2031-01-01T00:00:00Z')]
  now = ahead
  await pollSource(world, source.id, never)
  now = right
  const isDue = async () => {
    const due = await listDueSources(world.db, now, { lane: 'live', running: [], listening: [], limit: 1000 })
    return due.some(({ id }) => id === source.id)
  }
  expect(await isDue()).toBe(true)
  await pollSource(world, source.id, never)
  expect(await isDue()).toBe(false)
})

test('a platform that asks to wait is not asked before, and that is no failure', async () => {
  const source = await add('https://d.example/feed')
  const retryAt = new Date(now.getTime() + 20 * 60_000)
  answers = [{ kind: 'rate-limited', retryAt }]
  await pollSource(world, source.id, never)
  const after = await seen(source)
  expect(after).toMatchObject({ nextCheckAt: retryAt, failures: 0 })
  expect(healthOf(after, now).health).toBe('waiting')
})

test('failures pause a source longer and longer; the first good answer forgets them', async () => {
  const source = await add('https://e.example/feed')
  const pauses: number[] = []
  for (let turn = 0; turn < 3; turn += 1) {
    answers = [
      {
        kind: 'failed',
        hint: expect.stringContaining('The site answered with status 500'),
        retryAt: null,
        problem: { key: 'site.status', values: { status: 500 } },
      },
    ]
    await pollSource(world, source.id, never)
    pauses.push((await seen(source)).nextCheckAt.getTime() - now.getTime())
  }
  expect(pauses).toEqual([60_000, 120_000, 240_000])
  expect(healthOf(await seen(source), now)).toMatchObject({
    health: 'ill',
    trouble: { key: 'site.status', values: { status: 500 } },
  })
  answers = [page(['e1'], {})]
  await pollSource(world, source.id, never)
  expect(await seen(source)).toMatchObject({ failures: 0, error: null })
})

test('the pause a platform asks for is kept even when it brings much', async () => {
  const source = await add('https://f.example/feed')
  answers = [page(['f1', 'f2', 'f3', 'f4', 'f5', 'f6'], {}, { health: { ...healthy, pollAfterMs: 3_600_000 } })]
  await pollSource(world, source.id, never)
  expect((await seen(source)).nextCheckAt).toEqual(new Date(now.getTime() + 3_600_000))
})

test('the same address cannot be added twice', async () => {
  await add('https://twice.example/feed')
  await expect(add('https://twice.example/feed')).rejects.toMatchObject({ key: 'source-already-there' })
})

const healthy = { title: 'The title', newestAt: null, requests: 1, pollAfterMs: null }

function page(ids: string[], next: Cursor, more: Partial<Extract<Fetched, { kind: 'page' }>> = {}): Fetched {
  const items = ids.map((id) =>
    barePost({
      id: `written:${id}`,
      platform: 'written',
      text: `Text ${id}`,
      postedAt: new Date('2026-11-22T11:00:00Z'),
    }),
  )
  return { kind: 'page', items, next, more: false, problems: [], health: healthy, ...more }
}

async function add(url: string): Promise<Source> {
  return addSource(world, project, written, { settings: { url }, name: null })
}

async function seen(source: Source): Promise<Source> {
  return (await findSource(world.db, source.id)) as Source
}

async function savedIds(source: Source): Promise<string[]> {
  const rows = await clickhouse.rows<{ id: string }>(
    'select id from mention final where source_id = {source:UInt32} order by id',
    { source: source.id },
  )
  return rows.map(({ id }) => id)
}
