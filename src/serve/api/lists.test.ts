import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterNewProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { analysePost } from '../../base/text/analyse.ts'
import { listOpenRuns, workOnRun } from '../../listen/collect/run.ts'
import { collectWorld } from '../../listen/collect/world.ts'
import { bringIn } from '../../listen/bring-in.ts'
import { barePost } from '../../listen/posts/post.ts'
import { createApi } from './api.ts'
import type { Explanation, Topic } from './shapes/topic.ts'

let house: TestHouse
let manager: Person & { project: number }
let at = ''

beforeAll(async () => {
  house = await openTestHouse()
  manager = await enterNewProject(house, await createApi(house), 'manager')
  at = `/api/projects/${manager.project}`
})
afterAll(() => house[Symbol.asyncDispose]())

const put = (name: string, query: string) =>
  manager.ask(`${at}/lists/${encodeURIComponent(name)}`, { method: 'PUT', body: { query } })
const totalOf = async (q: string) =>
  ((await (await manager.ask(`${at}/mentions?q=${encodeURIComponent(q)}`)).json()) as { total: number }).total

test('topics, searches and other lists ask for a list by its name and follow its changes', async () => {
  expect(await (await put('Drinks', 'coffee, tea')).json()).toMatchObject({ name: 'Drinks', users: [] })
  expect((await put('all-drinks', 'list:drinks OR milk')).status).toBe(200)
  const topic = (await (
    await manager.ask(`${at}/topics`, { method: 'POST', body: { name: 'Drinks', query: 'list:all-drinks AND cup' } })
  ).json()) as Topic
  await expect.poll(() => found('a cup of tea')).toEqual([topic.id])
  await arrive('x:1', 'a cup of tea')
  await arrive('x:2', 'a cup of juice')
  await work()
  expect(await totalOf('list:drinks')).toBe(1)
  expect(await totalOf(`topic:${topic.id}`)).toBe(1)

  expect((await put('drinks', 'juice')).status).toBe(200)
  await expect.poll(() => found('a cup of juice')).toEqual([topic.id])
  expect(found('a cup of tea')).toEqual([])
  await work()
  expect(await totalOf(`topic:${topic.id} juice`)).toBe(1)
  expect(await totalOf(`topic:${topic.id} tea`)).toBe(0)
})

test('a list that something asks for stays, and one that is not there is a problem of the query', async () => {
  const used = await manager.ask(`${at}/lists/drinks`, { method: 'DELETE' })
  expect(await used.json()).toMatchObject({
    status: 422,
    key: 'list-used',
    detail: expect.stringContaining('all-drinks'),
  })
  const check = await manager.ask(`${at}/query/check`, { method: 'POST', body: { query: 'cup list:dirnks' } })
  expect(await check.json()).toMatchObject({ problems: [{ key: 'list-missing', start: 4, end: 15 }] })
  expect(await (await put('drinks', 'list:all-drinks')).json()).toMatchObject({ status: 422, field: 'query' })
  expect(await (await put('two words', 'tea')).json()).toMatchObject({ status: 422, field: 'name' })
  expect((await put('spare', 'NOT tea')).status).toBe(200)
  expect((await manager.ask(`${at}/lists/spare`, { method: 'DELETE' })).status).toBe(204)
})

test('it is said why a mention matches, and which part failed, in the language of the person', async () => {
  const explain = async (query: string, language: string) =>
    (await (
      await manager.ask(`${at}/query/explain`, {
        method: 'POST',
        body: { query, mention: 'x:2' },
        headers: { 'accept-language': language },
      })
    ).json()) as Explanation
  const why = await explain('tea OR (cup AND list:drinks AND views:>10)', 'en')
  expect(why.truth).toBe('unknown')
  expect(why.parts.find(({ text }) => text === 'views:>10')).toMatchObject({
    truth: 'unknown',
    decides: true,
    words: expect.stringContaining('does not tell its views'),
  })
  expect(why.parts.find(({ text }) => text === 'juice')).toMatchObject({
    words: 'found: “juice”',
    places: [{ field: 'text', start: 9, end: 14 }],
  })
  const failed = await explain('cup NOT juice', 'ru')
  expect(failed.parts.find(({ decides, depth }) => decides && depth === 1)).toMatchObject({
    text: 'NOT juice',
    truth: 'no',
    words: 'есть, а быть не должно',
  })
  expect(
    (await manager.ask(`${at}/query/explain`, { method: 'POST', body: { query: 'x', mention: 'no' } })).status,
  ).toBe(404)
})

test('days and hours of a query are those of the project', async () => {
  await arrive('x:3', 'a cup late', new Date('2026-11-01T22:30:00Z'))
  await work()
  const { postgres } = house
  const dayOf = (day: string) => totalOf(`late posted:${day}`)
  await manager.ask(`${at}/topics`, { method: 'POST', body: { name: 'Late', query: 'late' } })
  await work()
  expect([await dayOf('2026-11-01'), await totalOf('late hour:22 weekday:sun')]).toEqual([1, 1])
  await sql`update project set time_zone = 'Europe/Moscow' where id = ${manager.project}`.execute(postgres.db)
  expect([await dayOf('2026-11-01'), await dayOf('2026-11-02')]).toEqual([0, 1])
  expect([await totalOf('late hour:1 weekday:mon'), await totalOf('late hour:22')]).toEqual([1, 0])
})

function found(text: string): number[] {
  const post = barePost({ id: 'x:0', platform: 'x', text, lang: 'en' })
  return house.topics.match(post, analysePost(post), manager.project).get(manager.project)?.topics ?? []
}

async function arrive(id: string, text: string, postedAt = new Date('2026-11-10T10:00:00Z')): Promise<void> {
  await bringIn([barePost({ id, platform: 'x', text, lang: 'en', postedAt })], {
    clickhouse: house.clickhouse,
    topics: house.topics,
    project: manager.project,
    sourceId: null,
    keepAll: false,
    collectedAt: new Date('2026-11-20T00:00:00Z'),
  })
}

/** Does all runs that wait. */
async function work(): Promise<void> {
  const world = collectWorld(house)
  for (const run of await listOpenRuns(world.db)) await workOnRun(world, run, new AbortController().signal)
}
