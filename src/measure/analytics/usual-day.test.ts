import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClickhouse } from '../../../test/database.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { lastDays } from './usual-day.ts'

const now = new Date('2026-03-30T10:30:00.000Z')
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
let clickhouse: Clickhouse
let ids = 0

beforeAll(async () => {
  clickhouse = await openTestClickhouse()
})
afterAll(() => clickhouse[Symbol.asyncDispose]())

async function save(project: number, ats: Date[]): Promise<void> {
  await clickhouse.insert(
    'mention',
    ats.map((at) => ({
      project_id: project,
      id: `x:${ids++}`,
      posted_at: moment(at),
      collected_at: moment(at),
      version: 1,
    })),
  )
}

test('a project without mentions has an empty day and no habit', async () => {
  const day = (await lastDays(clickhouse, [1], now)).get(1)
  expect(day).toMatchObject({ total: 0, usual: null, lastMentionAt: null })
  expect(day?.hours).toHaveLength(24)
  expect(day?.hours[23]).toEqual({ at: hoursAgo(1), count: 0, usualLow: null, usualHigh: null })
})

test('the last hour ends now, and mentions of the future are not counted', async () => {
  await save(2, [hoursAgo(0), hoursAgo(0.99), hoursAgo(1), hoursAgo(23.5), hoursAgo(24), hoursAgo(-1)])
  const day = (await lastDays(clickhouse, [2], now)).get(2)
  expect([day?.total, day?.hours[23]?.count, day?.hours[22]?.count, day?.hours[0]?.count]).toEqual([4, 2, 1, 1])
})

test('six earlier days are no habit, seven are', async () => {
  const perDay = (days: number) => Array.from({ length: days + 1 }, (_, day) => hoursAgo(day * 24 + 0.5))
  await save(3, perDay(6))
  await save(4, perDay(7))
  const days = await lastDays(clickhouse, [3, 4], now)
  expect([days.get(3)?.usual, days.get(3)?.hours[23]?.usualHigh]).toEqual([null, null])
  expect([days.get(4)?.usual, days.get(4)?.hours[23], days.get(4)?.hours[0]?.usualHigh]).toEqual([
    1,
    { at: hoursAgo(1), count: 1, usualLow: 1, usualHigh: 1 },
    0,
  ])
})

test('the band holds eight of ten earlier days, and the usual day is the middle one', async () => {
  for (let day = 1; day <= 11; day += 1)
    await save(
      5,
      Array.from({ length: day * 10 }, () => hoursAgo(day * 24 + 0.5)),
    )
  const day = (await lastDays(clickhouse, [5], now)).get(5)
  expect([day?.hours[23]?.usualLow, day?.hours[23]?.usualHigh, day?.usual]).toEqual([20, 100, 60])
})
