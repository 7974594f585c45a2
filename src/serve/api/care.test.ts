import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterNewProject, enterProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { createApi } from './api.ts'
import type { Care, OwnCare, ToxicRead } from './shapes/care.ts'

let house: TestHouse
let manager: Person & { project: number }
let anna: Person
let boris: Person
let client: Person

beforeAll(async () => {
  house = await openTestHouse()
  const api = await createApi(house)
  manager = await enterNewProject(house, api, 'manager')
  anna = await enterProject(house, api, manager.project, 'moderator')
  boris = await enterProject(house, api, manager.project, 'copywriter')
  client = await enterProject(house, api, manager.project, 'client')
  const at = '2026-03-01 00:00:00'
  const mention = {
    project_id: manager.project,
    platform: 'vk',
    text: 'x',
    version: 1,
    posted_at: at,
    collected_at: at,
  }
  await house.clickhouse.insert('mention', [
    ...['vk:1', 'vk:2', 'vk:3'].map((id) => ({ ...mention, id, toxic: true })),
    { ...mention, id: 'vk:kind', toxic: false },
  ])
})
afterAll(() => house[Symbol.asyncDispose]())

const at = (path: string) => `/api/projects/${manager.project}/${path}`
const care = async (who: Person) => (await (await who.ask(at('care'))).json()) as Care
const read = (who: Person, mention: string) => who.ask(at('toxic-reads'), { method: 'POST', body: { mention } })
const limit = (who: Person, texts: number | null) => who.ask(at('care'), { method: 'PUT', body: { limit: texts } })

test('everybody sees their own count, and who manages a total and who should rest', async () => {
  expect((await limit(manager, 2)).status).toBe(204)
  const told = []
  for (const id of ['vk:1', 'vk:2', 'vk:3']) told.push((await (await read(anna, id)).json()) as ToxicRead)
  expect(told).toEqual([
    { today: 1, limit: 2, tell: false },
    { today: 2, limit: 2, tell: true },
    { today: 3, limit: 2, tell: false },
  ])
  await read(boris, 'vk:1')
  const exposure = (today: number) => ({ today, week: today })
  expect(await care(anna)).toEqual({ limit: 2, mine: exposure(3), everywhere: exposure(3), team: null, tired: null })
  expect(await care(manager)).toEqual({
    ...{ limit: 2, mine: exposure(0), everywhere: exposure(0), team: exposure(4) },
    tired: [{ name: 'The moderator', at: expect.any(String) }],
  })
})

test('only what is marked toxic is counted, and only people who work here set or read anything', async () => {
  for (const [who, mention] of [
    [anna, 'vk:kind'],
    [anna, 'vk:nothing'],
    [client, 'vk:1'],
  ] as const)
    expect((await read(who, mention)).status).toBe(404)
  expect((await client.ask(at('care'))).status).toBe(404)
  expect((await limit(anna, 5)).status).toBe(404)
  for (const wrong of [0, 1.5, -1, 10_001]) expect((await limit(manager, wrong)).status).toBe(422)
  expect((await care(anna)).limit).toBe(2)
})

test('whether all pictures are blurred everybody says for themselves, clients too', async () => {
  const own = async (who: Person) => (await (await who.ask('/api/me/care')).json()) as OwnCare
  expect(await own(anna)).toEqual({ blurImages: false })
  for (const [who, blurImages] of [
    [anna, true],
    [client, true],
    [client, false],
  ] as const)
    expect((await who.ask('/api/me/care', { method: 'PUT', body: { blurImages } })).status).toBe(204)
  expect([await own(anna), await own(boris), await own(client)].map(({ blurImages }) => blurImages)).toEqual([
    true,
    false,
    false,
  ])
  expect((await anna.ask('/api/me/care', { method: 'PUT', body: { blurImages: 'yes' } })).status).toBe(422)
})
