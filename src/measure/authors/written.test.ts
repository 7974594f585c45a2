import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClickhouse } from '../../../test/database.ts'
import { putMentions } from '../../../test/written.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { countCopies } from './copies.ts'
import { listLatest } from './latest.ts'
import { readWritten } from './written.ts'

let clickhouse: Clickhouse
const accounts = ['vk:anna', 'x:anna']

beforeAll(async () => {
  clickhouse = await openTestClickhouse()
  const day = (n: number) => `2026-03-0${n} 10:00:00.000`
  await putMentions(clickhouse, 1, [
    {
      id: 'vk:2',
      posted_at: day(2),
      author_id: 'vk:anna',
      source: 'mamy',
      media: 'social',
      topics: [3],
      cluster: 'same',
    },
    {
      ...{
        id: 'x:1',
        posted_at: day(1),
        author_id: 'x:anna',
        author_followers: 0,
        rating: 4,
        likes: 2,
        text: 'Первая',
      },
      ...{
        author_verified: false,
        has: ['link'],
        sentiment: 'positive',
        stage: 'praise',
        ticket: 5,
        author_name: 'Анна',
      },
    },
    { id: 'vk:3', posted_at: day(3), author_id: 'vk:boris', cluster: 'same' },
    { id: 'vk:0', posted_at: day(1), author_id: 'vk:boris', cluster: 'same' },
  ])
  await putMentions(clickhouse, 2, [{ id: 'vk:9', posted_at: day(1), author_id: 'vk:anna' }])
})
afterAll(() => clickhouse[Symbol.asyncDispose]())

test('what several accounts wrote in one project comes oldest first, and what nobody told is null', async () => {
  const written = await readWritten(clickhouse, 1, accounts)
  expect(written).toMatchObject([
    {
      ...{ account: 1, at: Date.UTC(2026, 2, 1, 10) / 1000, followers: 0, rating: 4, engagement: 2, verified: false },
      ...{ hasLink: true, sentiment: 'positive', stage: 'praise', ticket: 5, source: null, lang: null, topics: [] },
    },
    {
      ...{ account: 0, platform: 'vk', source: 'mamy', media: 'social', topics: [3], followers: null, verified: null },
      ...{ rating: null, engagement: null, hasLink: false, sentiment: null, stage: null, ticket: null },
    },
  ])
  expect(await readWritten(clickhouse, 1, ['vk:nobody'])).toEqual([])
})

test('a mention that two processes saved at once counts once', async () => {
  const again = { id: 'vk:7', posted_at: '2026-03-07 10:00:00.000', author_id: 'vk:twice' }
  await putMentions(clickhouse, 1, [again])
  await putMentions(clickhouse, 1, [again])
  expect(await readWritten(clickhouse, 1, ['vk:twice'])).toHaveLength(1)
  expect(await listLatest(clickhouse, 1, ['vk:twice'], 10)).toHaveLength(1)
})

test('a text is a copy when another account published it before', async () => {
  const copies = async (account: string) =>
    countCopies(clickhouse, 1, [account], await readWritten(clickhouse, 1, [account]))
  expect(await copies('vk:anna')).toEqual({ texts: 1, copied: 1 })
  expect(await copies('vk:boris')).toEqual({ texts: 2, copied: 1 })
  expect(await copies('vk:nobody')).toEqual({ texts: 0, copied: 0 })
})

test('the newest of each account come with their words, newest first', async () => {
  const latest = await listLatest(clickhouse, 1, accounts, 1)
  expect(latest.map(({ id }) => id)).toEqual(['vk:2', 'x:1'])
  expect(latest[1]).toMatchObject({ text: 'Первая', author: { name: 'Анна' } })
})
