import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { enterNewProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { saveMentions } from '../../listen/mentions/save.ts'
import { barePost } from '../../listen/posts/post.ts'
import { overviewWords } from '../../measure/analytics/overview.ts'
import { createApi } from './api.ts'
import { noWords } from '../../base/text/stored-words.ts'
import { Overview } from './shapes/overview.ts'

let house: TestHouse
let client: Person & { project: number }

beforeAll(async () => {
  house = await openTestHouse()
  client = await enterNewProject(house, await createApi(house), 'client')
  const days = [1, 1, 3, 9, -6]
  await saveMentions(
    house.clickhouse,
    days.map((day, n) => ({
      post: {
        ...barePost({
          id: `vk:${n}`,
          platform: 'vk',
          text: `Письмо ${n}`,
          source: 'Отзывы',
          media: 'review',
          likes: n,
        }),
        postedAt: new Date(Date.UTC(2026, 4, day, 12)),
      },
      project: client.project,
      sourceId: null,
      collectedAt: new Date(),
      langConfidence: null,
      cluster: `c${day}`,
      topics: [],
      places: {},
      words: noWords,
    })),
  )
})
afterAll(() => house[Symbol.asyncDispose]())

async function ask(query: string, headers: { [name: string]: string } = {}) {
  const answer = await client.ask(`/api/projects/${client.project}/overview?${query}`, { headers })
  return { status: answer.status, json: (await answer.json()) as Overview & { key?: string } }
}

test('the overview keeps its shape, counts the period and the one before, and opens to its buckets', async () => {
  const { json } = await ask('from=2026-05-03T00:00:00Z&to=2026-05-11T00:00:00Z')
  expect(Overview.parse(json)).toEqual(json)
  expect(json).toMatchObject({
    total: 2,
    before: 2,
    engagement: 5,
    reach: null,
    period: { bucket: 'day' },
    bySource: [{ key: 'vk:Отзывы', counts: [1, 0, 0, 0, 0, 0, 1, 0] }],
    topSources: [{ platform: 'vk', source: 'Отзывы', media: 'review', count: 2, authors: 0 }],
  })
  expect(json.buckets).toHaveLength(8)
})

test('without dates the overview is of the last 30 days', async () => {
  const { from, to } = (await ask('')).json.period
  expect(Date.parse(to) - Date.parse(from)).toBe(30 * 86_400_000)
})

test('the parts of the screen, asked at the same time, group the texts once', async () => {
  const { clickhouse } = house
  const ask = clickhouse.rows.bind(clickhouse)
  let groupings = 0
  onTestFinished(() => void vi.restoreAllMocks())
  vi.spyOn(clickhouse, 'rows').mockImplementation(async (...question) => {
    const answer = await ask(...question)
    if (!question[0].includes('group by key')) return answer as never[]
    if (question[0].includes('variance_')) groupings++
    // Until all of them have come.
    await setTimeout(500)
    return answer as never[]
  })
  // Within one minute, whose end is the end of the period.
  const now = vi.spyOn(house, 'now')
  const parts = ['overview', 'understood', 'overview']
  const answers = await Promise.all(
    parts.map(async (part, n) => {
      await setTimeout(5 * n)
      now.mockReturnValue(new Date(`2026-05-11T10:20:3${n}.123Z`))
      return client.ask(`/api/projects/${client.project}/${part}`)
    }),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(groupings).toBe(1)
})

test('every figure says its formula in the language of the person', async () => {
  const english = (await ask('', { 'accept-language': 'en' })).json.measures
  expect(english).toEqual(Object.fromEntries(Object.entries(overviewWords).map(([name, { en }]) => [name, en])))
})

test('nothing is compared with a period of which only the end was collected', async () => {
  const { json } = await ask('from=2026-05-01T00:00:00Z&to=2026-05-11T00:00:00Z')
  expect([json.total, json.before]).toEqual([4, null])
})

test('a period that ends before it begins is refused in words', async () => {
  const { status, json } = await ask('from=2026-05-03T00:00:00Z&to=2026-05-03T00:00:00Z')
  expect([status, json.key]).toEqual([422, 'period-empty'])
})
