import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Cursor, Fetched } from '../connectors/connector.ts'
import { changeMentions } from '../mentions/change.ts'
import { findRemoval } from '../mentions/removal.ts'
import {
  openCollecting,
  noHealth,
  pageOf,
  said,
  type Collecting,
  type WrittenPlatform,
} from '../../../test/collecting.ts'
import { healthOf } from './health.ts'
import { changeSource, findCursor } from './source.ts'
import { streamSource } from './stream.ts'

let here: Collecting
const platform: WrittenPlatform = {}
const begunAt: (Cursor | null)[] = []
let connections: Fetched[][] = []
let staysOpen = false
const never = new AbortController().signal

beforeAll(async () => {
  platform.listen = async function* ({ cursor }, signal) {
    begunAt.push(cursor)
    yield* connections.shift() ?? []
    if (staysOpen) await new Promise((resolve) => signal.addEventListener('abort', resolve))
  }
  here = await openCollecting(platform)
})
beforeEach(() => {
  begunAt.length = 0
  connections = []
  staysOpen = false
})
afterAll(() => here[Symbol.asyncDispose]())

test('single events are saved joined, then the cursor, and the next connection begins there', async () => {
  const source = await here.addSource()
  const events = Array.from({ length: 2500 }, (_, index) =>
    pageOf([said(`s${index}`, `Банк ${index}`)], { seq: index }),
  )
  connections = [[...events, { kind: 'unchanged', next: { seq: 3000 }, health: noHealth }]]
  expect(await streamSource(here.world, source.id, never)).toBe('ended')
  expect(Object.keys(await here.texts('mention'))).toHaveLength(2500)
  expect(await findCursor(here.world.db, source.id)).toEqual({ seq: 3000 })
  await streamSource(here.world, source.id, never)
  expect(begunAt).toEqual([null, { seq: 3000 }])
})

test('when saving fails the cursor stays and nothing after it is saved', async () => {
  const source = await here.addSource()
  connections = [[pageOf([said('f1', 'Банк')], { seq: 1 }), pageOf([said('f2', 'Банк')], { seq: 2 })]]
  const rows = () => Promise.reject(new Error('the disk is full'))
  const broken = { ...here.world, clickhouse: Object.assign(Object.create(here.world.clickhouse), { rows }) }
  await streamSource(broken, source.id, never)
  expect(await findCursor(here.world.db, source.id)).toBeNull()
  expect(await here.seen(source)).toMatchObject({ lastAnswer: 'failed', failures: 1 })
  connections = [[pageOf([said('f1', 'Банк')], { seq: 1 }), pageOf([said('f2', 'Банк')], { seq: 2 })]]
  await streamSource(here.world, source.id, never)
  expect(await here.texts('mention')).toMatchObject({ 'written:f1': 'Банк', 'written:f2': 'Банк' })
})

test('a connection that breaks is opened again, later and later, and told after the third time', async () => {
  const source = await here.addSource()
  const pauses: number[] = []
  for (let turn = 0; turn < 3; turn += 1) {
    await streamSource({ ...here.world, random: () => 1 }, source.id, never)
    pauses.push((await here.seen(source)).nextCheckAt.getTime() - here.clock.now.getTime())
  }
  expect(pauses).toEqual([1000, 2000, 4000])
  const { health, trouble } = healthOf(await here.seen(source), here.clock.now)
  expect([health, trouble?.key]).toEqual(['ill', 'source-broke-off'])
})

test('what the platform says last decides when it is asked again', async () => {
  const source = await here.addSource()
  const retryAt = new Date(here.clock.now.getTime() + 3_600_000)
  connections = [[pageOf([said('r1', 'Банк')], { seq: 1 }), { kind: 'rate-limited', retryAt }]]
  await streamSource(here.world, source.id, never)
  expect(await here.seen(source)).toMatchObject({ nextCheckAt: retryAt, lastAnswer: 'rate-limited' })
  expect(await findCursor(here.world.db, source.id)).toEqual({ seq: 1 })
})

test('pausing ends the connection, and what had come is saved', async () => {
  const source = await here.addSource()
  staysOpen = true
  connections = [[pageOf([said('p1', 'Банк')], { seq: 1 })]]
  const streaming = streamSource(here.world, source.id, never)
  await expect.poll(() => findCursor(here.world.db, source.id)).toEqual({ seq: 1 })
  expect(await streamSource(here.world, source.id, never)).toBe('taken')
  await changeSource(here.world.db, source.id, { state: 'paused' }, here.clock.now)
  await here.world.events.publish({ project: here.project, kind: 'source', source: source.id })
  expect(await streaming).toBe('ended')
  expect(await here.seen(source)).toMatchObject({ state: 'paused', failures: 0, error: null })
})

test('closing is no failure: the next process goes on at once', async () => {
  const source = await here.addSource()
  staysOpen = true
  connections = [[pageOf([said('c1', 'Банк')], { seq: 1 })]]
  const closing = new AbortController()
  const streaming = streamSource(here.world, source.id, closing.signal)
  await expect.poll(() => findCursor(here.world.db, source.id)).toEqual({ seq: 1 })
  closing.abort()
  await streaming
  expect(await here.seen(source)).toMatchObject({ failures: 0, error: null, nextCheckAt: here.clock.now })
})

test('a deleted post leaves the lists and the archive, in every order and twice', async () => {
  const source = await here.addSource()
  const gone = (ids: string[], seq: number) => pageOf([], { seq }, { removed: ids.map((id) => `written:${id}`) })
  connections = [
    [pageOf([said('d1', 'Банк'), said('d2', 'Погода'), said('d3', 'Банк')], { seq: 1 })],
    [gone(['d1', 'd2', 'unknown'], 2), gone(['d1', 'd2'], 3)],
    // Posted and deleted, then deleted and posted again, within one batch.
    [pageOf([said('d4', 'Банк')], { seq: 4 }), gone(['d4', 'd3'], 5), pageOf([said('d3', 'Банк снова')], { seq: 6 })],
  ]
  for (let turn = 0; turn < 3; turn += 1) await streamSource(here.world, source.id, never)
  const [mentions, archive] = [await here.texts('mention'), await here.texts('archive')]
  expect([mentions['written:d1'], mentions['written:d3'], mentions['written:d4']]).toEqual([
    undefined,
    'Банк снова',
    undefined,
  ])
  expect(archive['written:d2']).toBeUndefined()
  expect(await findRemoval(here.world.db, here.project, 'written:d1')).toEqual(here.clock.now)
  expect(await findRemoval(here.world.db, here.project, 'written:d5')).toBeNull()
})

test('an account that leaves takes all its posts along, and nobody else’s', async () => {
  const source = await here.addSource()
  const other = said('l2', 'Банк', { author: { ...said('x', 'x').author!, id: 'a2' } })
  connections = [
    [pageOf([said('l1', 'Банк'), other], { seq: 1 })],
    [pageOf([], { seq: 2 }, { removedAuthors: ['a1'] })],
  ]
  for (let turn = 0; turn < 2; turn += 1) await streamSource(here.world, source.id, never)
  const left = Object.keys(await here.texts('mention'))
  expect(left).toContain('written:l2')
  expect(left).not.toContain('written:l1')
})

test('a source of one project deletes nothing of another; a shared one speaks for all', async () => {
  const other = await here.addProject()
  const [own, shared] = [await here.addSource(), await here.addSource(null)]
  connections = [
    [pageOf([said('o1', 'Банк', { author: null })], { seq: 1 })],
    [pageOf([], { seq: 2 }, { removed: ['written:o1'] })],
  ]
  await streamSource(here.world, shared.id, never)
  await streamSource(here.world, own.id, never)
  expect((await here.texts('mention'))['written:o1']).toBeUndefined()
  expect((await here.texts('mention', other))['written:o1']).toBe('Банк')
  connections = [[pageOf([], { seq: 3 }, { removed: ['written:o1'] })]]
  await streamSource(here.world, shared.id, never)
  expect((await here.texts('mention', other))['written:o1']).toBeUndefined()
})

test('an edit is read anew: another text, and topics of that text alone', async () => {
  const source = await here.addSource()
  const edit = (id: string, text: string, seq: number) =>
    pageOf([said(id, text)], { seq }, { edited: [`written:${id}`] })
  connections = [
    [pageOf([said('e1', 'Банк'), said('e2', 'Банк'), said('e3', 'Банк'), said('e4', 'Погода')], { seq: 1 })],
    [
      edit('e1', 'Банк закрыт', 2),
      edit('e2', 'Ни о чём', 3),
      edit('e3', 'Тоже ни о чём', 4),
      edit('e4', 'Погода и банк', 5),
    ],
  ]
  await streamSource(here.world, source.id, never)
  await changeMentions(here.world.clickhouse, here.project, ['written:e3'], { addTags: ['важно'] })
  await streamSource(here.world, source.id, never)
  const [mentions, archive] = [await here.texts('mention'), await here.texts('archive')]
  expect(['e1', 'e2', 'e3', 'e4'].map((id) => mentions[`written:${id}`])).toEqual([
    'Банк закрыт',
    undefined,
    // Somebody has worked on it.
    'Тоже ни о чём',
    'Погода и банк',
  ])
  expect([archive['written:e2'], archive['written:e4']]).toEqual(['Ни о чём', undefined])
  const topics = await here.world.clickhouse.rows<{ topics: number[] }>(
    `select topics from mention final where id = 'written:e3' and project_id = {project:UInt32}`,
    { project: here.project },
  )
  expect(topics).toEqual([{ topics: [] }])
})

test('secrets reach the connector and are covered in what it says', async () => {
  const source = await here.addSource(here.project, { token: 'tok-secret-1' })
  let given: unknown
  const { listen } = platform
  platform.listen = async function* ({ secrets }) {
    given = secrets
    const problem = { key: 'site.unreadable', values: { reason: 'token=tok-secret-1' } } as const
    yield { kind: 'failed', hint: 'GET /?token=tok-secret-1 failed', retryAt: null, problem }
  }
  await streamSource(here.world, source.id, never)
  platform.listen = listen!
  expect(given).toEqual({ token: 'tok-secret-1' })
  const after = await here.seen(source)
  expect(after.error).toMatchObject({ values: { reason: 'token=•••' }, hint: 'GET /?token=••• failed' })
  expect(JSON.stringify(after)).not.toContain('tok-secret-1')
})
