import { sql } from 'kysely'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createCategories } from '../categories/project-categories.ts'
import { openTestClickhouse, openTestPostgres } from '../../../test/database.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { createSecrets } from '../../base/secrets/secrets.ts'
import { NotFound } from '../../base/errors.ts'
import { openEvents, type HeedEvent } from '../../base/events/events.ts'
import { list, type Postgres } from '../../base/postgres/postgres.ts'
import { askToCancel, endProgress, findProgress, type Progress } from '../../base/progress/progress.ts'
import { readFileHead } from '../connectors/files/read-file.ts'
import { createTopicMatcher } from '../topics/topic-matcher.ts'
import { getImport, pathOf, saveMapping, startImport, storeUpload, type Import } from './import-file.ts'
import { listOpenRuns, workOnRun } from './run.ts'
import { sweepUploads } from './uploads.ts'
import { Clusters } from '../clusters/clusters.ts'
import type { CollectWorld } from './world.ts'

let postgres: Postgres
let clickhouse: Clickhouse
let world: CollectWorld
let project = 0
const now = new Date('2026-11-22T12:00:00Z')
const never = new AbortController().signal

beforeAll(async () => {
  postgres = await openTestPostgres()
  clickhouse = await openTestClickhouse()
  world = {
    db: postgres.db,
    clickhouse,
    events: await openEvents(postgres),
    topics: createTopicMatcher(),
    categories: createCategories(),
    threads: null,
    clusters: new Clusters(clickhouse, { mostPosts: 100_000, alone: true }),
    request: () => Promise.reject(new Error('no network here')),
    connect: () => Promise.reject(new Error('no network here')),
    stream: () => Promise.reject(new Error('no network here')),
    secrets: createSecrets(new Uint8Array(32)),
    connectorOf: () => null,
    dataDir: await mkdtemp(join(tmpdir(), 'heed-import-')),
    keepUploadsHours: 24,
    fileLimits: {},
    log: pino({ level: 'silent' }),
    now: () => now,
    random: () => 0,
  }
})
beforeEach(async () => {
  const [row] = await list(
    postgres.db,
    sql<{ id: number }>`insert into project (name, time_zone) values ('P', 'Europe/Moscow') returning id`,
  )
  project = row?.id ?? 0
})
afterAll(async () => {
  await clickhouse[Symbol.asyncDispose]()
  await postgres[Symbol.asyncDispose]()
  await rm(world.dataDir, { recursive: true, force: true })
})

test('every row of a file becomes a mention, and rows that cannot are named with their reason', async () => {
  const file = await upload([
    '{"id":"1","text":"Первая"}',
    'nonsense',
    '{"id":"3","text":""}',
    '{"id":"4","text":"Четвёртая","date":"no such day"}',
    '{"id":"5","text":"Пятая"}',
  ])
  const { progress } = await run(file)
  expect(progress).toMatchObject({ state: 'done', done: 5, saved: 2, failureCount: 3 })
  expect(progress.failures.map(({ row }) => row)).toEqual([2, 3, 4])
  expect(progress.failures[0]?.reason).toBe('Строка не читается как JSON')
  expect(await ids()).toHaveLength(2)
})

test('the same file twice gives the same mentions once', async () => {
  const lines = many(300)
  await run(await upload(lines))
  const { progress } = await run(await upload(lines))
  expect(progress).toMatchObject({ state: 'done', done: 300, saved: 300 })
  expect(await ids()).toHaveLength(300)
})

test('an id that comes again on the next page, at another time, is still one mention', async () => {
  const lines = many(2500)
  lines[2400] = lines[10]?.replace('2026-10-01', '2026-10-05') ?? ''
  const { progress } = await run(await upload(lines))
  expect(progress.state).toBe('done')
  const found = await ids()
  expect(found).toHaveLength(2499)
  expect(new Set(found).size).toBe(2499)
})

test('rows that match no topic wait in the archive unless all are to be kept', async () => {
  const { progress } = await run(await upload(many(50)), { keepAll: false })
  expect(progress).toMatchObject({ state: 'done', done: 50, saved: 0, unmatched: 50 })
  expect(await ids()).toEqual([])
  expect(
    await clickhouse.row('select count() as count from archive where project_id = {project:UInt32}', { project }),
  ).toEqual({ count: 50 })
})

test('an import that was stopped goes on at the row after the last one it kept', async () => {
  const file = await upload(many(7000))
  const progress = await begin(file)
  const closing = new AbortController()
  const stopAfterFirstPage = {
    ...world,
    events: {
      ...world.events,
      publish: async (event: HeedEvent) => void (event.kind === 'mentions' && closing.abort()),
    },
  }
  await work(stopAfterFirstPage, closing.signal)
  const half = await find(progress)
  expect(half.endedAt).toBeNull()
  expect(half.done).toBeGreaterThanOrEqual(2000)
  expect(half.done).toBeLessThan(7000)
  expect((await getImport(world.db, project, file.id)).nextRow).toBe(half.done + 1)
  await work(world, never)
  expect(await find(progress)).toMatchObject({ state: 'done', done: 7000, saved: 7000 })
  expect(new Set(await ids()).size).toBe(7000)
})

test('somebody who cancels keeps what is saved, and the import ends', async () => {
  const progress = await begin(await upload(many(7000)))
  await askToCancel(world.db, project, progress.id)
  await work(world, never)
  const ended = await find(progress)
  expect(ended).toMatchObject({ state: 'cancelled' })
  expect(ended.done).toBeLessThan(7000)
  expect((await ids()).length).toBeGreaterThanOrEqual(ended.saved)
})

test('an import whose file is gone ends with a sentence', async () => {
  const file = await upload(many(3))
  const progress = await begin(file)
  await rm(pathOf(world.dataDir, file))
  await work(world, never)
  expect(await find(progress)).toMatchObject({
    state: 'failed',
    error: 'Загруженного файла больше нет; загрузите его снова — сохранённые строки не повторятся',
  })
})

test('starting twice is one import, and its columns can no longer change', async () => {
  const file = await upload(many(3))
  expect((await begin(file)).id).toBe((await begin(file)).id)
  await expect(saveMapping(world.db, file.id, file.mapping!, true)).rejects.toMatchObject({ key: 'import-begun' })
  await work(world, never)
})

test('an upload beyond the limit leaves nothing behind', async () => {
  await expect(upload(many(1000), 1000)).rejects.toMatchObject({ key: 'upload-too-large' })
  expect(await list(world.db, sql`select 1 from import where project_id = ${project}`)).toEqual([])
})

test('a file goes with the end of its import, however it ended, and not before', async () => {
  const waiting = await upload(many(3))
  const [done, cancelled, failed] = [await upload(many(3)), await upload(many(3)), await upload(many(3))]
  await run(done)
  await askToCancel(world.db, project, (await begin(cancelled)).id)
  await work(world, never)
  await begin(failed)
  const match = () => {
    throw new Error('broken')
  }
  const broken = { ...world, topics: { ...world.topics, match } }
  expect(existsSync(pathOf(world.dataDir, failed))).toBe(true)
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    await sql`update run set not_before = now()`.execute(world.db)
    expect(existsSync(pathOf(world.dataDir, failed))).toBe(true)
    await work(broken, never)
  }
  expect([done, cancelled, failed, waiting].map((file) => existsSync(pathOf(world.dataDir, file)))).toEqual([
    false,
    false,
    false,
    true,
  ])
})

test('whatever a killed process left is swept up later, and what is needed stays', async () => {
  const [ended, begun, fresh, old, halfSwept] = await Promise.all(Array.from({ length: 5 }, () => upload(many(3))))
  if (!ended || !begun || !fresh || !old || !halfSwept) throw new Error('five files')
  // Killed between the end of the import and its file.
  await endProgress(world.db, world.events, (await begin(ended)).id, { state: 'done' })
  await begin(begun)
  await sql`update import set uploaded_at = ${hoursAgo(25)} where id in (${old.id}, ${halfSwept.id})`.execute(world.db)
  await rm(pathOf(world.dataDir, halfSwept))
  // Killed during an upload, and between the file and its row.
  const folder = dirname(pathOf(world.dataDir, old))
  const strays = ['stray.upload', 'stray.upload.partial'].map((name) => join(folder, name))
  for (const stray of strays) {
    await writeFile(stray, 'x')
    await utimes(stray, hoursAgo(25), hoursAgo(25))
  }
  const onItsWay = join(folder, 'young.upload.partial')
  await writeFile(onItsWay, 'x')
  await utimes(onItsWay, now, now)
  for (let turn = 0; turn < 2; turn += 1) {
    await sweepUploads(world)
    expect([ended, old, halfSwept].map((file) => existsSync(pathOf(world.dataDir, file)))).toEqual([
      false,
      false,
      false,
    ])
    expect([begun, fresh].map((file) => existsSync(pathOf(world.dataDir, file)))).toEqual([true, true])
    expect([...strays, onItsWay].map((path) => existsSync(path))).toEqual([false, false, true])
  }
  await expect(begin(old)).rejects.toBeInstanceOf(NotFound)
  await work(world, never)
  expect(await ids()).toHaveLength(3)
})

function hoursAgo(hours: number): Date {
  return new Date(now.getTime() - hours * 3_600_000)
}

function many(count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      id: `r${index}`,
      platform: 'vk',
      text: `Запись номер ${index} о разном`,
      posted_at: '2026-10-01T10:00:00Z',
    }),
  )
}

async function upload(lines: string[], maxBytes = 1e9): Promise<Import> {
  async function* bytes() {
    for (const line of lines) yield Buffer.from(`${line}\n`)
  }
  const file = await storeUpload(world.db, world.dataDir, project, {
    file: 'rows.jsonl',
    locale: 'ru',
    bytes: bytes(),
    maxBytes,
  })
  const head = await readFileHead(pathOf(world.dataDir, file), { timeZone: file.timeZone, now })
  if (head.kind === 'unreadable') throw new Error(head.problem.key)
  await saveMapping(world.db, file.id, head.mapping, true)
  return getImport(world.db, project, file.id)
}

async function begin(file: Import): Promise<Progress> {
  return startImport(world.db, await getImport(world.db, project, file.id), { maxRows: 1e6, now })
}

async function run(file: Import, options = { keepAll: true }): Promise<{ progress: Progress }> {
  await saveMapping(world.db, file.id, file.mapping!, options.keepAll)
  const progress = await begin(file)
  await work(world, never)
  return { progress: await find(progress) }
}

async function work(inside: CollectWorld, signal: AbortSignal): Promise<void> {
  for (const open of await listOpenRuns(world.db)) await workOnRun(inside, open, signal)
}

async function find(progress: Progress): Promise<Progress> {
  return (await findProgress(world.db, project, progress.id)) as Progress
}

async function ids(): Promise<string[]> {
  return (
    await clickhouse.rows<{ id: string }>('select id from mention where project_id = {project:UInt32}', { project })
  ).map(({ id }) => id)
}
