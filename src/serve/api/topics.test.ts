import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterNewProject, enterProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { listOpenRuns, workOnRun } from '../../listen/collect/run.ts'
import { collectWorld } from '../../listen/collect/world.ts'
import { bringIn } from '../../listen/bring-in.ts'
import { barePost } from '../../listen/posts/post.ts'
import { createTopicMatcher } from '../../listen/topics/topic-matcher.ts'
import { createApi } from './api.ts'
import type { Explanation, Topic, TopicVersion } from './shapes/topic.ts'
import type { Clause, ClausePosts, GoldenMark, QueryPreview, QueryTrial } from './shapes/trial.ts'

let house: TestHouse
let manager: Person & { project: number }
let at = ''

beforeAll(async () => {
  house = await openTestHouse()
  manager = await enterNewProject(house, await createApi(house), 'manager')
  at = `/api/projects/${manager.project}`
})
afterAll(() => house[Symbol.asyncDispose]())

test('a saved topic runs over what is there, and its versions stay', async () => {
  const made = (await (
    await manager.ask(`${at}/topics`, { method: 'POST', body: { name: 'Coffee', group: '', query: 'coffee' } })
  ).json()) as Topic
  expect(made).toMatchObject({ name: 'Coffee', group: null, version: 1, mentions: 0, updatedBy: 'The manager' })
  expect((await manager.ask(`${at}/progress/${made.backfill}`)).status).toBe(200)
  const changed = await manager.ask(`${at}/topics/${made.id}`, {
    method: 'PUT',
    body: { name: 'Coffee', query: 'coffee OR кофе' },
  })
  expect(await changed.json()).toMatchObject({ version: 2, query: 'coffee OR кофе' })
  const versions = await (await manager.ask(`${at}/topics/${made.id}/versions`)).json()
  expect(versions).toMatchObject({ items: [{ version: 2 }, { version: 1, query: 'coffee', by: 'The manager' }] })
  expect((await manager.ask(`${at}/topics/${made.id}`, { method: 'DELETE' })).status).toBe(204)
  expect((await manager.ask(`${at}/topics/${made.id}`)).status).toBe(404)
  const { items } = (await (await manager.ask(`${at}/audit`)).json()) as { items: { action: string }[] }
  expect(items.slice(0, 3).map(({ action }) => action)).toEqual(['topic-removed', 'topic-saved', 'topic-saved'])
})

test('a topic that watches a competitor stays one until somebody says otherwise', async () => {
  const save = async (method: string, path: string, more: object) =>
    (await (
      await manager.ask(`${at}/topics${path}`, { method, body: { name: 'Rival', query: 'rival', ...more } })
    ).json()) as Topic
  const made = await save('POST', '', { competitor: true })
  expect(made.competitor).toBe(true)
  expect((await save('PUT', `/${made.id}`, {})).competitor).toBe(true)
  expect((await save('PUT', `/${made.id}`, { competitor: false })).competitor).toBe(false)
  expect((await manager.ask(`${at}/topics/${made.id}`, { method: 'DELETE' })).status).toBe(204)
})

test('a broken query is refused in the language of the person', async () => {
  const save = (language: string) =>
    manager.ask(`${at}/topics`, {
      method: 'POST',
      body: { name: 'x', query: '(coffee' },
      headers: { 'accept-language': language },
    })
  expect(await (await save('en')).json()).toMatchObject({
    status: 422,
    key: 'query-broken',
    field: 'query',
    detail: 'This bracket is never closed.',
  })
  expect(await (await save('ru')).json()).toMatchObject({ detail: 'Эта скобка нигде не закрыта.' })
})

test('a query is checked and explained before it is saved', async () => {
  const check = await manager.ask(`${at}/query/check`, { method: 'POST', body: { query: 'coffee or tea' } })
  expect(await check.json()).toMatchObject({
    problems: [{ severity: 'hint', key: 'small-operator' }],
    printed: expect.any(String),
    explanation: expect.stringContaining('coffee'),
  })
})

/** A post of two days ago that no topic has found yet. */
async function archive(id: string, text: string): Promise<void> {
  const postedAt = new Date(Date.now() - 2 * 86_400_000)
  await bringIn([{ ...barePost({ id, platform: 'x', text, lang: 'en' }), postedAt }], {
    clickhouse: house.clickhouse,
    topics: createTopicMatcher(),
    project: null,
    sourceId: null,
    keepAll: false,
    collectedAt: postedAt,
  })
}

const post = async <T>(path: string, body: object) =>
  (await (await manager.ask(`${at}${path}`, { method: 'POST', body })).json()) as T

test('before it is saved, a query shows what it finds and what the change adds and loses', async () => {
  await archive('x:walnut-1', 'a walnut table')
  await archive('x:walnut-2', 'two walnuts')
  await archive('x:walnut-3', 'a walnut tree')
  const { id } = await post<Topic>('/topics', { name: 'Walnut', query: 'walnut' })
  const preview = await post<QueryPreview>('/query/preview', { query: 'walnut NOT tree', topic: id })
  expect(preview).toMatchObject({
    found: { estimate: 2, low: 2, high: 2 },
    isExact: true,
    month: { how: 'projected' },
    change: { added: { count: { estimate: 0 } }, lost: { count: { estimate: 1 }, sample: [{ id: 'x:walnut-3' }] } },
  })
  // What is highlighted is what this query found.
  const [found] = preview.sample.filter((mention) => mention.id === 'x:walnut-2')
  expect(found?.places).toEqual([{ field: 'text', start: 4, end: 11 }])
  const again = await post<QueryPreview>('/query/preview', { query: 'walnut NOT tree', topic: id })
  expect(again.sample).toEqual(preview.sample)
  const broken = await manager.ask(`${at}/query/preview`, { method: 'POST', body: { query: '(walnut' } })
  expect(await broken.json()).toMatchObject({ status: 422, key: 'query-broken', field: 'query' })
})

test('marks make the golden set that a query is measured on, and outlive the post in the archive', async () => {
  await archive('x:owl-1', 'the owl bank is down')
  await archive('x:owl-2', 'an owl in the wood')
  await archive('x:owl-3', 'the bank with the bird is down')
  const topic = await post<Topic>('/topics', { name: 'Owl', query: 'owl' })
  const mark = (mention: string, wanted: boolean) =>
    manager.ask(`${at}/topics/${topic.id}/marks/${encodeURIComponent(mention)}`, { method: 'PUT', body: { wanted } })
  expect((await mark('x:owl-1', true)).status).toBe(204)
  await mark('x:owl-2', true)
  await mark('x:owl-2', false)
  await mark('x:owl-3', true)
  expect((await mark('x:nowhere', true)).status).toBe(404)
  await house.clickhouse.command(`delete from archive where id = 'x:owl-3'`)

  const { items } = (await (await manager.ask(`${at}/topics/${topic.id}/marks`)).json()) as { items: GoldenMark[] }
  expect(items.map(({ mention, wanted, isThere }) => [mention.id, wanted, isThere])).toEqual([
    ['x:owl-3', true, false],
    ['x:owl-2', false, true],
    ['x:owl-1', true, true],
  ])
  expect(items[0]).toMatchObject({ mention: { text: 'the bank with the bird is down' }, by: 'The manager' })

  const trial = await post<QueryTrial>('/query/quality', { query: 'owl NOT wood OR bird', topic: topic.id })
  expect(trial).toMatchObject({
    quality: { wantedFound: 2, wantedMissed: 0, unwantedFound: 0, unwantedLeft: 1, precision: { estimate: 1 } },
    saved: { wantedFound: 1, wantedMissed: 1, unwantedFound: 1, recall: { estimate: 0.5 } },
  })
  expect(trial.marks.map(({ mention, places }) => [mention, places !== null])).toEqual([
    ['x:owl-3', true],
    ['x:owl-2', false],
    ['x:owl-1', true],
  ])

  const clauses = await post<{ items: Clause[] }>('/query/clauses', {
    query: '(owl OR bird) NOT wood',
    topic: topic.id,
  })
  expect(clauses.items).toMatchObject([
    { text: 'owl OR bird', effect: 'excludes', inside: 2, only: null },
    { text: 'NOT wood', effect: 'excludes', wanted: [], unwanted: ['x:owl-2'], only: 1, isExact: true },
  ])
  const inside = await post<{ items: Clause[] }>('/query/clauses', {
    query: '(owl OR bird) NOT wood',
    topic: topic.id,
    path: [0],
  })
  expect(inside.items).toMatchObject([
    { text: 'owl', effect: 'brings', wanted: ['x:owl-1'], unwanted: [], only: 1 },
    { text: 'bird', effect: 'brings', wanted: ['x:owl-3'], only: 0 },
  ])
  const kept = await post<ClausePosts>('/query/clause', { query: '(owl OR bird) NOT wood', path: [1] })
  expect(kept).toMatchObject({ count: { estimate: 1 }, isExact: true, sample: [{ id: 'x:owl-2' }] })
  expect(kept.sample[0]?.places).toEqual([{ field: 'text', start: 14, end: 18 }])

  expect((await manager.ask(`${at}/topics/${topic.id}/marks/x%3Aowl-3`, { method: 'DELETE' })).status).toBe(204)
  const ofMention = await manager.ask(`${at}/mentions/x%3Aowl-2/marks`)
  expect(await ofMention.json()).toEqual({ items: [{ topic: topic.id, wanted: false, by: 'The manager' }] })
})

test('why a post is found or not is told also of what lies in the archive, or did when it was marked', async () => {
  await archive('x:maple', 'maple syrup and butter')
  const why = () => post<Explanation>('/query/explain', { query: 'maple NOT butter', mention: 'x:maple' })
  const told = {
    truth: 'no',
    parts: expect.arrayContaining([
      expect.objectContaining({ text: 'NOT butter', decides: true, truth: 'no' }),
      expect.objectContaining({ text: 'maple', truth: 'yes', places: [{ field: 'text', start: 0, end: 5 }] }),
    ]),
  }
  expect(await why()).toMatchObject(told)
  const { id } = await post<Topic>('/topics', { name: 'Maple', query: 'maple' })
  await manager.ask(`${at}/topics/${id}/marks/x%3Amaple`, { method: 'PUT', body: { wanted: true } })
  await house.clickhouse.command(`delete from archive where id = 'x:maple'`)
  expect(await why()).toMatchObject(told)
})

test('a version remembers how it did on the marks, and which one it took back', async () => {
  await archive('x:fig-1', 'fig jam')
  await archive('x:fig-2', 'see fig 3')
  const marks = [
    { mention: 'x:fig-1', wanted: true },
    { mention: 'x:fig-2', wanted: false },
  ]
  const trial = await post<QueryTrial>('/query/quality', { query: 'fig', marks })
  expect(trial).toMatchObject({ quality: { precision: { estimate: 0.5 } }, saved: null })
  const { id } = await post<Topic>('/topics', { name: 'Fig', query: 'fig', marks })
  const save = (body: object) =>
    manager.ask(`${at}/topics/${id}`, { method: 'PUT', body: { name: 'Fig', query: 'fig', ...body } })
  await save({ query: 'fig NOT see' })
  await save({ from: 1 })
  await save({ query: 'fig OR figs', from: 1 })
  const { items } = (await (await manager.ask(`${at}/topics/${id}/versions`)).json()) as { items: TopicVersion[] }
  expect(items.map(({ version, from, quality }) => [version, from, quality?.precision?.estimate])).toEqual([
    [4, null, 0.5],
    [3, 1, 0.5],
    [2, null, 1],
    [1, null, 0.5],
  ])
})

test('whoever only looks sees the marks and makes none; another project sees nothing', async () => {
  const { id } = await post<Topic>('/topics', { name: 'Quiet', query: 'quiet' })
  await archive('x:quiet', 'quiet')
  const path = `/topics/${id}/marks/x%3Aquiet`
  const client = await enterProject(house, await createApi(house), manager.project, 'client')
  expect((await client.ask(`${at}${path}`, { method: 'PUT', body: { wanted: true } })).status).toBe(404)
  expect((await client.ask(`${at}/topics/${id}/marks`)).status).toBe(200)
  const other = await enterNewProject(house, await createApi(house), 'moderator')
  const foreign = `/api/projects/${other.project}`
  expect((await other.ask(`${foreign}${path}`, { method: 'PUT', body: { wanted: true } })).status).toBe(404)
  const tried = await other.ask(`${foreign}/query/quality`, { method: 'POST', body: { query: 'quiet', topic: id } })
  expect(tried.status).toBe(404)
})

test('a run over the archive that was stopped is told and can be started again', async () => {
  const topic = await post<Topic>('/topics', { name: 'Stopped', query: 'stopped' })
  expect(topic).toMatchObject({ searched: false, backfill: expect.any(String) })
  expect((await manager.ask(`${at}/progress/${topic.backfill}`, { method: 'DELETE' })).status).toBe(200)
  await work()
  const stopped = (await (await manager.ask(`${at}/topics/${topic.id}`)).json()) as Topic
  expect(stopped).toMatchObject({ searched: false, backfill: null })
  const again = await post<Topic>(`/topics/${topic.id}/backfill`, {})
  expect(again.backfill).not.toBeNull()
  await work()
  expect(await (await manager.ask(`${at}/topics/${topic.id}`)).json()).toMatchObject({ searched: true, backfill: null })
})

test('a topic that is saved again while it runs is run with its newest query alone', async () => {
  await archive('x:heron', 'a heron by the lake')
  const first = await post<Topic>('/topics', { name: 'Heron', query: 'heron' })
  const answer = await manager.ask(`${at}/topics/${first.id}`, {
    method: 'PUT',
    body: { name: 'Heron', query: 'heron NOT lake' },
  })
  const second = (await answer.json()) as Topic
  await work()
  const states = await Promise.all(
    [first, second].map(async ({ backfill }) => (await manager.ask(`${at}/progress/${backfill}`)).json()),
  )
  expect(states).toMatchObject([{ state: 'cancelled' }, { state: 'done' }])
  expect(await (await manager.ask(`${at}/topics/${first.id}`)).json()).toMatchObject({
    searched: true,
    backfill: null,
    mentions: 0,
  })
})

/** Does all runs that wait. */
async function work(): Promise<void> {
  const world = collectWorld(house)
  for (const run of await listOpenRuns(world.db)) await workOnRun(world, run, new AbortController().signal)
}
