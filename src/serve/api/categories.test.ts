import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterNewProject, enterProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { putMentions } from '../../../test/written.ts'
import { keepLearning } from '../../listen/categories/keep-learning.ts'
import { createApi } from './api.ts'
import type { CategorySet, ToLabel } from './shapes/category.ts'

let house: TestHouse
let manager: Person & { project: number }
let moderator: Person
let stranger: Person & { project: number }
let at = ''

beforeAll(async () => {
  house = await openTestHouse()
  const api = await createApi(house)
  manager = await enterNewProject(house, api, 'manager')
  moderator = await enterProject(house, api, manager.project, 'moderator')
  stranger = await enterNewProject(house, api, 'manager', 'Elsewhere')
  at = `/api/projects/${manager.project}/category-sets`
  await putMentions(
    house.clickhouse,
    manager.project,
    Array.from({ length: 30 }, (_, i) => ({
      id: `x:${i}`,
      posted_at: `2026-11-01 10:00:${String(10 + i)}`,
      text: `${i % 2 === 0 ? 'The courier was late with the parcel' : 'The card was blocked by the bank'}, number ${i}`,
    })),
  )
  await keepLearning({ ...house, db: house.postgres.db })
})
afterAll(() => house[Symbol.asyncDispose]())

test('labels of people are learnt in the background within seconds, and the set says how well', async () => {
  const made = await manager.ask(at, { method: 'POST', body: { name: 'Reason', categories: ['Delivery', 'Card'] } })
  const set = (await made.json()) as CategorySet
  expect(set).toMatchObject({ name: 'Reason', labels: 0, neededLabels: 20, learnt: null, curve: [] })

  const first = await queueOf(set)
  expect(first).toHaveLength(10)
  expect(first[0]).toMatchObject({ guess: null })

  const [delivery, card] = set.categories.map(({ id }) => id) as [number, number]
  for (let i = 0; i < 24; i++) {
    const answer = await moderator.ask(`${at}/${set.id}/labels/x:${i}`, {
      method: 'PUT',
      body: { category: i % 2 === 0 ? delivery : card },
    })
    expect(answer.status).toBe(204)
  }
  const now = async () =>
    ((await (await manager.ask(at)).json()) as { items: CategorySet[] }).items.find(({ id }) => id === set.id)!
  await expect
    .poll(async () => (await now()).learnt, { timeout: 25_000, interval: 500 })
    .toMatchObject({
      labels: 24,
      accuracy: 1,
    })
  expect(await now()).toMatchObject({
    labels: 24,
    curve: [{ labels: 20, accuracy: 1 }],
    categories: [
      { name: 'Delivery', labels: 12, recall: 1 },
      { name: 'Card', labels: 12, precision: 1 },
    ],
    agreement: { alpha: null, pairs: 0 },
  })
  const second = await queueOf(set)
  expect(second.every(({ mention }) => Number(mention.id.slice(2)) >= 24)).toBe(true)
  expect(second[0]!.guess).toMatchObject({ category: expect.any(Number), chance: expect.any(Number) })
})

test('who said what is told, and what is not there is not found', async () => {
  const [set] = ((await (await manager.ask(at)).json()) as { items: CategorySet[] }).items
  const { id, categories } = set!
  const body = { category: categories[1]!.id, reason: 'It is the card' }
  expect((await manager.ask(`${at}/${id}/labels/x:0`, { method: 'PUT', body })).status).toBe(204)
  expect(await (await manager.ask(`${at}/${id}/labels/x:0`)).json()).toMatchObject({
    items: [
      { by: 'The moderator', category: 'Delivery', reason: null },
      { by: 'The manager', category: 'Card', reason: 'It is the card' },
    ],
  })
  for (const [person, path, method, given] of [
    [manager, `${at}/${id}/labels/x:999`, 'PUT', body],
    [manager, `${at}/${id}/labels/x:0`, 'PUT', { category: 999_999 }],
    [stranger, `${at}/${id}/queue`, 'GET', undefined],
    [stranger, `/api/projects/${stranger.project}/category-sets/${id}/queue`, 'GET', undefined],
    [stranger, `/api/projects/${stranger.project}/category-sets/${id}`, 'DELETE', undefined],
    [moderator, `${at}/${id}`, 'DELETE', undefined],
  ] as const) {
    const answer = await person.ask(path, { method, ...(given ? { body: given } : {}) })
    expect([answer.status, method, path]).toEqual([404, method, path])
  }
})

test('many are put into a category at once, as seen in their own list at once, and what was said before is told', async () => {
  const made = await manager.ask(at, { method: 'POST', body: { name: 'Where', categories: ['Office', 'App'] } })
  const set = (await made.json()) as CategorySet
  const [office, app] = set.categories.map(({ id }) => id) as [number, number]
  const say = async (ids: string[], category: number | null) =>
    (await moderator.ask(`${at}/${set.id}/labels`, { method: 'POST', body: { ids, category } })).json()
  expect(await say(['x:1', 'x:2', 'x:none'], office)).toEqual({
    items: ['x:1', 'x:2'].map((id) => ({ id, before: null, categories: expect.arrayContaining(['Office']) })),
  })
  expect(await say(['x:2', 'x:3'], app)).toMatchObject({
    items: [
      { id: 'x:2', before: office },
      { id: 'x:3', before: null },
    ],
  })
  const mentions = `/api/projects/${manager.project}/mentions`
  const found = await (await moderator.ask(`${mentions}?category=App`)).json()
  expect(found).toMatchObject({ total: 2, items: [{ id: 'x:3' }, { id: 'x:2' }] })
  const facets = await (await moderator.ask(`${mentions}/facets`)).json()
  expect(facets).toMatchObject({
    category: expect.arrayContaining([
      { value: 'App', label: 'App', count: 2 },
      { value: 'Office', label: 'Office', count: 1 },
    ]),
  })
  expect(await say(['x:3'], null)).toMatchObject({ items: [{ id: 'x:3', before: app }] })
  expect(await (await moderator.ask(`${mentions}/x:3/categories`)).json()).toMatchObject({
    items: expect.arrayContaining([
      {
        ...{ set: set.id, name: 'Where', said: null },
        lines: [expect.objectContaining({ category: null }), expect.objectContaining({ category: 'App' })],
      },
    ]),
  })
  expect(
    (await stranger.ask(`${at}/${set.id}/labels`, { method: 'POST', body: { ids: ['x:1'], category: app } })).status,
  ).toBe(404)
})

test('a set is renamed and removed by whoever manages the project, and mistakes are named', async () => {
  const made = await manager.ask(at, { method: 'POST', body: { name: 'Product', categories: ['Loan', 'loan'] } })
  expect(await made.json()).toMatchObject({ status: 422, key: 'category-twice', field: 'categories' })
  const set = (await (
    await manager.ask(at, { method: 'POST', body: { name: 'Product', categories: ['Loan', 'Deposit'] } })
  ).json()) as CategorySet
  const [loan] = set.categories
  const changed = await manager.ask(`${at}/${set.id}`, {
    method: 'PUT',
    body: {
      name: 'Products',
      categories: [
        { id: loan!.id, name: 'Credit' },
        { id: null, name: 'App' },
      ],
    },
  })
  expect(await changed.json()).toMatchObject({
    name: 'Products',
    categories: [{ id: loan!.id, name: 'Credit' }, { name: 'App' }],
  })
  expect((await manager.ask(`${at}/${set.id}`, { method: 'DELETE' })).status).toBe(204)
  expect((await manager.ask(`${at}/${set.id}/queue`)).status).toBe(404)
})

async function queueOf(set: CategorySet): Promise<ToLabel[]> {
  return ((await (await moderator.ask(`${at}/${set.id}/queue`)).json()) as { items: ToLabel[] }).items
}
