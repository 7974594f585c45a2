import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClickhouse } from '../../../test/database.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { bringIn } from '../bring-in.ts'
import { barePost } from '../posts/post.ts'
import { parseQuery } from '../query/parse.ts'
import { burstinessOf, expectPerMonth, share } from './estimate.ts'
import { previewQuery } from './preview.ts'
import { createTopicMatcher } from './topic-matcher.ts'

// The archive forgets by the real clock.
const now = new Date()
let clickhouse: Clickhouse

beforeAll(async () => {
  clickhouse = await openTestClickhouse()
  await save('mention', 'm:1', 2, 'coffee with milk')
  await save('mention', 'm:2', 3, 'tea')
  await save('mention', 'm:3', 3, 'coffee of somebody else', 2)
  await save('archive', 'a:1', 1, 'the coffees of the archive')
  await save('archive', 'm:1', 2, 'coffee with milk')
  await save('archive', 'a:2', 15, 'nothing of interest')
  await save('archive', 'a:3', 40, 'coffee long ago')
})
afterAll(() => clickhouse[Symbol.asyncDispose]())

async function save(
  table: 'mention' | 'archive',
  id: string,
  daysAgo: number,
  text: string,
  project = 1,
): Promise<void> {
  const postedAt = new Date(now.getTime() - daysAgo * 86_400_000)
  await bringIn([{ ...barePost({ id, platform: 'x', text, lang: 'en' }), postedAt }], {
    clickhouse,
    topics: createTopicMatcher(),
    project: table === 'mention' ? project : null,
    sourceId: null,
    keepAll: table === 'mention',
    collectedAt: now,
  })
}

const find = (text: string, saved: string | null = null, seed = 0) =>
  previewQuery(clickhouse, 1, parseQuery(text).query, {
    now,
    saved: saved === null ? null : parseQuery(saved).query,
    seed,
  })
const ids = (mentions: { id: string }[]) => mentions.map(({ id }) => id)

test('the preview looks through mentions of the project and the archive, each post once', async () => {
  const preview = await find('coffee')
  expect(ids(preview.sample)).toEqual(['a:1', 'm:1'])
  expect(preview).toMatchObject({
    found: { estimate: 2, low: 2, high: 2 },
    isExact: true,
    days: expect.closeTo(15, 3),
    month: { how: 'projected', estimate: expect.closeTo(4, 3) },
    change: null,
  })
  // Its own mention, with what the project knows about it, and not its twin in the archive.
  expect(preview.sample.map(({ projectId }) => projectId)).toEqual([0, 1])
})

test('what only the matcher can decide is counted the same way', async () => {
  const preview = await find('raw:"coffee with" title:none OR raw:"coffee with"')
  expect([preview.found.estimate, ids(preview.sample)]).toEqual([1, ['m:1']])
})

test('what the machine has not looked at yet is found out for the preview', async () => {
  await save('archive', 't:1', 2, 'This teapot is awful, the worst I ever bought, I hate it')
  await save('archive', 't:2', 2, 'I love my new teapot, it is wonderful, thank you so much')
  expect(ids((await find('teapot AND sentiment:negative')).sample)).toEqual(['t:1'])
  expect(ids((await find('teapot AND NOT sentiment:negative')).sample)).toEqual(['t:2'])
  await clickhouse.command(`delete from archive where id in ('t:1', 't:2')`)
})

test('a changed query shows what it adds and what it loses, decided by SQL and by the matcher alike', async () => {
  for (const saved of ['coffee', '"coffee" OR coffees NEAR/9 archive']) {
    const { change } = await find('tea OR "coffee with milk"', saved)
    expect(ids(change?.added.sample ?? [])).toEqual(['m:2'])
    expect(ids(change?.lost.sample ?? [])).toEqual(['a:1'])
    expect([change?.added.count.estimate, change?.lost.count.estimate]).toEqual([1, 1])
  }
  expect((await find('coffee', 'coffee')).change).toBeNull()
})

test('a field that a source never fills is lost and not forgotten', async () => {
  const { change } = await find('coffee followers:>5', 'coffee')
  expect(ids(change?.lost.sample ?? [])).toEqual(['a:1', 'm:1'])
})

test('among thousands of posts that only the matcher can judge, some drawn by chance speak for the rest', async () => {
  const postedAt = new Date(now.getTime() - 5 * 86_400_000)
  const posts = Array.from({ length: 4000 }, (_, i) => ({
    ...barePost({ id: `big:${i}`, platform: 'x', text: i % 4 === 0 ? 'Kestrel' : 'kestrel', lang: 'en' }),
    postedAt,
  }))
  const flow = { clickhouse, topics: createTopicMatcher(), project: 7, sourceId: null, keepAll: true, collectedAt: now }
  await bringIn(posts, flow)
  const { query } = parseQuery('{Kestrel}')
  const saved = parseQuery('kestrel').query
  const preview = await previewQuery(clickhouse, 7, query, { now, saved })
  expect(preview.isExact).toBe(false)
  expect(preview.found.low).toBeLessThan(1000)
  expect(preview.found.high).toBeGreaterThan(1000)
  expect(preview.sample).toHaveLength(50)
  expect(preview.sample.every(({ text }) => text === 'Kestrel')).toBe(true)
  expect(preview.change?.added.count.estimate).toBe(0)
  expect(preview.change?.lost.count.low).toBeLessThan(3000)
  expect(preview.change?.lost.count.high).toBeGreaterThan(3000)
  // What SQL decides alone is counted, however many there are.
  const counted = await previewQuery(clickhouse, 7, saved, { now })
  expect([counted.found.estimate, counted.isExact]).toEqual([4000, true])
})

test('a share has the interval that Wilson gave it', () => {
  expect(share(0, 0)).toBeNull()
  expect(share(8, 10)).toMatchObject({ low: expect.closeTo(0.4902, 4), high: expect.closeTo(0.9433, 4) })
  expect(share(10, 10)).toMatchObject({ estimate: 1, low: expect.closeTo(0.7225, 4), high: 1 })
  expect(share(0, 10)).toMatchObject({ estimate: 0, low: 0, high: expect.closeTo(0.2775, 4) })
})

test('the interval holds what chance would bring, and more where people write in bursts', () => {
  expect(expectPerMonth(0, 30)).toMatchObject({ low: 0, estimate: 0, high: expect.closeTo(3.68, 1) })
  expect(expectPerMonth(100, 30)).toMatchObject({
    low: expect.closeTo(81.4, 1),
    estimate: 100,
    high: expect.closeTo(121.6, 1),
  })
  expect(burstinessOf([10, 10, 10, 10, 10, 10, 10], 7)).toBe(1)
  expect(burstinessOf([70], 7)).toBe(70)
  expect(expectPerMonth(100, 30, 4).high).toBeGreaterThan(135)
})
