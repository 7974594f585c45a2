import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClickhouse } from '../../../test/database.ts'
import { moment, type Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { analysePost, storedWords } from '../../base/text/analyse.ts'
import { parseQuery } from '../query/parse.ts'
import { expectPerMonth, previewQuery } from './preview.ts'

// The archive forgets by the real clock.
const now = new Date()
let clickhouse: Clickhouse

beforeAll(async () => {
  clickhouse = await openTestClickhouse()
  await save('mention', 1, 'm:1', 2, 'coffee with milk')
  await save('mention', 1, 'm:2', 3, 'tea')
  await save('mention', 2, 'm:3', 3, 'coffee of somebody else')
  await save('archive', 0, 'a:1', 1, 'the coffees of the archive')
  await save('archive', 0, 'm:1', 2, 'coffee with milk')
  await save('archive', 0, 'a:2', 15, 'nothing of interest')
  await save('archive', 0, 'a:3', 40, 'coffee long ago')
})
afterAll(() => clickhouse[Symbol.asyncDispose]())

async function save(table: string, project: number, id: string, daysAgo: number, text: string): Promise<void> {
  const at = moment(new Date(now.getTime() - daysAgo * 86_400_000))
  const words = storedWords(analysePost({ title: null, text, lang: 'en' }))
  await clickhouse.insert(table, [
    { project_id: project, id, posted_at: at, collected_at: at, version: 1, text, lang: 'en', ...words },
  ])
}

test('the preview looks through mentions of the project and the archive, each post once, newest first', async () => {
  const preview = await previewQuery(clickhouse, 1, parseQuery('coffee').query, now)
  expect(preview.latest.map(({ id }) => id)).toEqual(['a:1', 'm:1'])
  expect(preview).toMatchObject({
    found: 2,
    days: expect.closeTo(15, 3),
    expectedPerMonth: { estimate: expect.closeTo(4, 3) },
  })
})

test('what only the matcher can decide is counted the same way', async () => {
  const preview = await previewQuery(clickhouse, 1, parseQuery('raw:"coffee with"').query, now)
  expect([preview.found, preview.latest.map(({ id }) => id)]).toEqual([1, ['m:1']])
})

test('the interval holds what chance would bring', () => {
  expect(expectPerMonth(0, 30)).toMatchObject({ low: 0, estimate: 0, high: expect.closeTo(3.68, 1) })
  expect(expectPerMonth(100, 30)).toMatchObject({
    low: expect.closeTo(81.4, 1),
    estimate: 100,
    high: expect.closeTo(121.6, 1),
  })
})
