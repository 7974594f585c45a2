import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterNewProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { createApi } from './api.ts'
import { Phrasebook } from './shapes/phrasebook.ts'

let house: TestHouse
let client: Person & { project: number }

beforeAll(async () => {
  house = await openTestHouse()
  client = await enterNewProject(house, await createApi(house), 'client')
  const at = moment(new Date(Date.UTC(2026, 4, 3)))
  const quote = { aspect: 'price', polarity: 'negative', kind: 'functional', start: 7, end: 14 }
  await house.clickhouse.insert('mention', [
    {
      project_id: client.project,
      id: 'vk:1',
      posted_at: at,
      collected_at: at,
      version: 1,
      text: 'Сервис дорогой. Больше не приду.',
      cluster: 'c1',
      aspects: ['price:negative'],
      quotes: JSON.stringify([quote]),
    },
  ])
})
afterAll(() => house[Symbol.asyncDispose]())

test('the phrasebook keeps its shape, quotes the customer, and compares with nothing that was not collected', async () => {
  const path = `/api/projects/${client.project}/phrasebook?from=2026-05-01T00:00:00Z&to=2026-05-09T00:00:00Z`
  const json = (await (await client.ask(path)).json()) as Phrasebook
  expect(Phrasebook.parse(json)).toEqual(json)
  expect(json).toMatchObject({
    texts: 1,
    aspects: [
      {
        aspect: 'price',
        polarity: 'negative',
        kind: 'functional',
        texts: 1,
        before: null,
        quotes: [{ mention: 'vk:1', text: 'Сервис дорогой.', start: 7, end: 14 }],
      },
    ],
  })
})

test('another project looks like one that does not exist', async () => {
  expect((await client.ask('/api/projects/999/phrasebook')).status).toBe(404)
})
