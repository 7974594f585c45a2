import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterNewProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { createApi } from './api.ts'
import { Understood } from './shapes/understood.ts'

let house: TestHouse
let moderator: Person & { project: number }

beforeAll(async () => {
  house = await openTestHouse()
  moderator = await enterNewProject(house, await createApi(house), 'moderator')
  const at = moment(new Date(Date.UTC(2026, 4, 3)))
  await house.clickhouse.insert(
    'mention',
    [0.9, 0.5, 0.1].map((negative, n) => ({
      project_id: moderator.project,
      id: `vk:${n}`,
      posted_at: at,
      collected_at: at,
      version: 1,
      text: `письмо ${n}`,
      lang: 'ru',
      cluster: `c${n}`,
      sentiment: negative > 0.6 ? 'negative' : '',
      sentiment_confidence: 0.9,
      chance_negative: negative,
      chance_positive: 0,
    })),
  )
})
afterAll(() => house[Symbol.asyncDispose]())

async function ask(query = 'from=2026-05-01T00:00:00Z&to=2026-05-09T00:00:00Z') {
  const answer = await moderator.ask(`/api/projects/${moderator.project}/understood?${query}`)
  return { status: answer.status, json: (await answer.json()) as Understood }
}

const negativeOf = ({ tonality }: Understood) => tonality.shares.find((share) => share.tonality === 'negative')

test('shares come with their intervals, and a correction moves them at once', async () => {
  const before = (await ask()).json
  expect(Understood.parse(before)).toEqual(before)
  expect(before.tonality).toMatchObject({ by: 'machine', mentions: 3, judged: 0, unsure: 2, unknown: 0 })
  expect(negativeOf(before)?.estimate).toBeCloseTo(0.5)
  await moderator.ask(`/api/projects/${moderator.project}/corrections`, {
    method: 'POST',
    body: { ids: ['vk:1'], field: 'sentiment', value: 'negative', reason: 'ирония' },
  })
  const after = (await ask()).json
  expect(after.tonality).toMatchObject({ judged: 1, unsure: 1 })
  expect(negativeOf(after)?.estimate).toBeCloseTo(2 / 3)
})

test('where nothing was said there is no share, and no interval is made up', async () => {
  const { json } = await ask('from=2026-06-01T00:00:00Z&to=2026-06-09T00:00:00Z')
  expect(json.tonality).toMatchObject({ shares: [], mentions: 0 })
  expect(json.coverage).toEqual({ sources: 0, silent: [] })
})

test('another project looks like one that does not exist', async () => {
  expect((await moderator.ask('/api/projects/999/understood')).status).toBe(404)
})
