import { sql } from 'kysely'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCategories } from '../categories/project-categories.ts'
import { openTestClickhouse, openTestPostgres } from '../../../test/database.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { createSecrets } from '../../base/secrets/secrets.ts'
import { NotFound } from '../../base/errors.ts'
import { openEvents, type HeedEvent } from '../../base/events/events.ts'
import { list, type Postgres } from '../../base/postgres/postgres.ts'
import { findProgress, type Progress } from '../../base/progress/progress.ts'
import type { Who } from '../../base/team/scope.ts'
import { analysePost } from '../../base/text/analyse.ts'
import { evaluate } from '../match/evaluate.ts'
import { barePost, type Post } from '../posts/post.ts'
import { parseQuery } from '../query/parse.ts'
import { watchTopics } from '../topics/watch-topics.ts'
import { startReplay, stopReplay } from './replay.ts'
import { listOpenRuns, workOnRun } from './run.ts'
import { readSampleTopics, startSample } from './sample.ts'
import { readSamplePosts } from './sample-world.ts'
import { Clusters } from '../clusters/clusters.ts'
import type { CollectWorld } from './world.ts'

let postgres: Postgres
let clickhouse: Clickhouse
let world: CollectWorld
// Eleven at night in Moscow: nearly everything of the day has happened.
let now = new Date('2026-11-22T20:00:00Z')
const head: Who = { kind: 'member', id: 'head', name: 'Head', email: 'head@heed.test', locale: 'ru', isHead: true }
const never = new AbortController().signal

beforeAll(async () => {
  postgres = await openTestPostgres()
  clickhouse = await openTestClickhouse()
  const events = await openEvents(postgres)
  world = {
    db: postgres.db,
    clickhouse,
    events,
    topics: await watchTopics(postgres.db, events, { alone: postgres.embedded }),
    categories: createCategories(),
    threads: null,
    clusters: new Clusters(clickhouse, { mostPosts: 100_000, alone: true }),
    request: () => Promise.reject(new Error('no network here')),
    connect: () => Promise.reject(new Error('no network here')),
    stream: () => Promise.reject(new Error('no network here')),
    secrets: createSecrets(new Uint8Array(32)),
    connectorOf: () => null,
    dataDir: '/nowhere',
    keepUploadsHours: 24,
    fileLimits: {},
    log: pino({ level: 'silent' }),
    now: () => now,
    random: () => 0,
  }
})
afterAll(async () => {
  await clickhouse[Symbol.asyncDispose]()
  await postgres[Symbol.asyncDispose]()
})

test('the sample comes in once, however often it is asked for and wherever it was interrupted', async () => {
  const { project, progress } = await startSample(world.db, head, { now, locale: 'ru' })
  expect((await startSample(world.db, head, { now, locale: 'ru' })).progress.id).toBe(progress.id)
  const closing = new AbortController()
  const interrupted = {
    ...world,
    events: { ...world.events, publish: async ({ kind }: HeedEvent) => void (kind === 'mentions' && closing.abort()) },
  }
  for (const run of await listOpenRuns(world.db)) await workOnRun(interrupted, run, closing.signal)
  await work()
  const ended = await find(project.id, progress)
  expect(ended).toMatchObject({ state: 'done', error: null })
  expect(ended.done).toBe(ended.total)
  const { all, unique, future } = await counts(project.id)
  expect(all).toBe(unique)
  expect(all).toBe(ended.saved)
  expect(all).toBeGreaterThan(1000)
  expect(future).toBe(0)
  const again = await startSample(world.db, head, { now, locale: 'ru' })
  expect([again.project.id, again.progress.id]).toEqual([project.id, progress.id])
})

test('what is brought into the sample later finds its topics as well', async () => {
  const { project } = await startSample(world.db, head, { now, locale: 'ru' })
  const post = barePost({ id: 'vk:later', platform: 'vk', text: 'Филин опять не пускает в приложение', author: null })
  await expect.poll(() => world.topics.match(post, analysePost(post), project.id).size).toBe(1)
})

test('no address of the sample leads outside of it', async () => {
  const posts = await readSamplePosts(now)
  expect(posts.filter(({ url }) => !/^https:\/\/[\w.-]+\.example\//.test(url ?? ''))).toEqual([])
  for (const { links } of posts) for (const link of links) expect(new URL(link).hostname).toMatch(/\.example$/)
})

test('answers stand behind what they answer', async () => {
  const posts = await readSamplePosts(now)
  const at = new Map(posts.map((post) => [post.id, post.postedAt]))
  expect(posts.filter(({ parent, postedAt }) => parent !== null && Number(at.get(parent)) >= Number(postedAt))).toEqual(
    [],
  )
})

test('a replay takes the last two days out, brings them in again, and the world is whole at its end', async () => {
  const { project } = await startSample(world.db, head, { now, locale: 'ru' })
  const before = await counts(project.id)
  const progress = await startReplay(world.db, project, { speed: 100_000, now, locale: 'ru' })
  expect((await startReplay(world.db, project, { speed: 5, now, locale: 'ru' })).id).toBe(progress.id)
  now = new Date(now.getTime() + 60_000)
  await work()
  expect(await find(project.id, progress)).toMatchObject({ state: 'done' })
  const after = await counts(project.id)
  // The evening that had not happened yet is in it now.
  expect(after.all).toBeGreaterThanOrEqual(before.all)
  expect(after.unique).toBe(after.all)
})

test('a replay that is stopped completes the world at once', async () => {
  const { project } = await startSample(world.db, head, { now, locale: 'ru' })
  const before = await counts(project.id)
  const progress = await startReplay(world.db, project, { speed: 1, now, locale: 'ru' })
  await stopReplay(world.db, project.id)
  await work()
  expect(await find(project.id, progress)).toMatchObject({ state: 'cancelled' })
  const after = await counts(project.id)
  expect(after.all).toBeGreaterThanOrEqual(before.all - before.late)
  expect(after.unique).toBe(after.all)
})

test('only a sample can be replayed', async () => {
  const [row] = await list(world.db, sql<{ id: number }>`insert into project (name) values ('Own') returning id`)
  const own = { id: row?.id ?? 0, name: 'Own', timeZone: 'UTC', isSample: false, createdAt: now }
  await expect(startReplay(world.db, own, { speed: 1, now, locale: 'ru' })).rejects.toBeInstanceOf(NotFound)
})

type Truth = { towards?: { [brand: string]: string }; noise?: boolean; spam?: boolean }

test.each([
  ['Филин Банк', 'filin', /филин|filin/i],
  ['Гранат Банк', 'granat', /гранат|granat/i],
  ['Плюм', 'plum', /плюм|\bplum\b/i],
  ['Сойка Мобайл', 'soika', /сойк|soika/i],
])('the topic “%s” finds who names it and leaves birds and fruit alone', async (name, brand, naming) => {
  const { found, wanted, foundIds } = await judge(name, brand, naming)
  expect(found.filter(({ truth }) => truth.noise).map(({ post }) => post.text)).toEqual([])
  expect(wanted.filter(({ post }) => foundIds.has(post.id)).length / wanted.length).toBeGreaterThanOrEqual(0.95)
})

test('nearly everything the topic of the bank finds is about the bank', async () => {
  const { found } = await judge('Филин Банк', 'filin', /филин|filin/i)
  const about = found.filter(({ truth }) => truth.towards?.['filin'] !== undefined)
  expect(about.length / found.length).toBeGreaterThanOrEqual(0.95)
})

/**
 * A post is judged by what it says itself: an answer like “thank you” is about the bank only through its conversation.
 * Spam is found as well and told apart later, so it counts neither way.
 */
async function judge(name: string, brand: string, naming: RegExp) {
  const truths = readTruths()
  const topic = (await readSampleTopics('ru')).find((one) => one.name === name)
  const { query, problems } = parseQuery(topic?.query ?? '')
  if (problems.some(({ severity }) => severity !== 'hint')) throw new Error(JSON.stringify(problems))
  const judged = (await readSamplePosts(now))
    .map((post) => ({ post, truth: truths.get(post.id) ?? {} }))
    .filter(({ truth }) => !truth.spam)
  const found = judged.filter(({ post }) => evaluate(query, post, analysePost(post)) !== null)
  const wanted = judged.filter(
    ({ post, truth }) => truth.towards?.[brand] !== undefined && naming.test(`${post.title ?? ''} ${post.text}`),
  )
  return { found, wanted, foundIds: new Set(found.map(({ post }) => post.id)) }
}

function readTruths(): Map<Post['id'], Truth> {
  const folder = join(import.meta.dirname, '../../../sample/posts')
  const lines = readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== ''),
  )
  return new Map(
    lines
      .map((line) => JSON.parse(line) as { id: string; platform: string; truth: Truth })
      .map(({ platform, id, truth }) => [`${platform}:${id}`, truth]),
  )
}

async function work(): Promise<void> {
  for (const run of await listOpenRuns(world.db)) await workOnRun(world, run, never)
}

async function find(project: number, progress: Progress): Promise<Progress> {
  return (await findProgress(world.db, project, progress.id)) as Progress
}

async function counts(project: number): Promise<{ all: number; unique: number; future: number; late: number }> {
  const row = await clickhouse.row<{ all: number; unique: number; future: number; late: number }>(
    `select count() as all, uniqExact(id) as unique, countIf(posted_at > {now:DateTime64(3)}) as future, countIf(posted_at > {today:DateTime64(3)}) as late
     from mention where project_id = {project:UInt32}`,
    { project, now: now.toISOString().slice(0, 23), today: '2026-11-22T20:00:00.000' },
  )
  return row ?? { all: 0, unique: 0, future: 0, late: 0 }
}
