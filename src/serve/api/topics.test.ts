import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterNewProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { createApi } from './api.ts'
import type { Topic } from './shapes/topic.ts'

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
  const preview = await manager.ask(`${at}/query/preview`, { method: 'POST', body: { query: 'coffee' } })
  expect(await preview.json()).toMatchObject({ latest: [], found: 0, days: 0, expectedPerMonth: null })
})
