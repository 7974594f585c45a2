import { afterAll, beforeAll, expect, test } from 'vitest'
import { listEngagement } from '../mentions/engagement.ts'
import type { LookedUp, Quota } from '../connectors/connector.ts'
import {
  openCollecting,
  noHealth,
  pageOf,
  said,
  type Collecting,
  type WrittenPlatform,
} from '../../../test/collecting.ts'
import { refreshEngagement } from './engagement.ts'
import { healthOf } from './health.ts'
import { latencyQuantile } from './latency.ts'
import { pollSource } from './poll.ts'
import { spend } from './quota.ts'
import { countHours, readHours } from './source-hours.ts'
import { listDueSources } from './source.ts'

let here: Collecting
const platform: WrittenPlatform = {}
const never = new AbortController().signal
const minute = 60_000

beforeAll(async () => {
  here = await openCollecting(platform)
})
afterAll(() => here[Symbol.asyncDispose]())

test('a quota is never overspent, however many ask at once, and begins anew with its day', async () => {
  const quota: Quota = { name: 'search', units: 10, per: 'day', zone: 'America/Los_Angeles' }
  const at = (time: string) => new Date(time)
  const take = (units: number, now: Date) => spend(here.world.db, 'q', quota, units, now)
  const many = await Promise.all(Array.from({ length: 20 }, () => take(1, at('2026-11-22T12:00:00Z'))))
  expect(many.filter(({ kind }) => kind === 'spent')).toHaveLength(10)
  // Midnight in Los Angeles is 08:00 UTC in winter.
  expect(await take(1, at('2026-11-23T07:59:00Z'))).toEqual({ kind: 'refused', until: at('2026-11-23T08:00:00Z') })
  expect(await take(8, at('2026-11-23T08:00:00Z'))).toEqual({ kind: 'spent' })
  expect(await take(3, at('2026-11-23T09:00:00Z'))).toMatchObject({ kind: 'refused' })
  expect(await take(11, at('2026-11-24T09:00:00Z'))).toMatchObject({ kind: 'refused' })
})

test('a clock that jumps ahead and back gives no quota a second time', async () => {
  const quota: Quota = { name: 'search', units: 10, per: 'day' }
  const take = (units: number, now: string) => spend(here.world.db, 'jumps', quota, units, new Date(now))
  expect(await take(10, '2026-11-22T12:00:00Z')).toEqual({ kind: 'spent' })
  expect(await take(1, '2031-01-01T00:00:00Z')).toEqual({ kind: 'spent' })
  expect(await take(1, '2026-11-22T12:00:01Z')).toMatchObject({ kind: 'refused' })
  expect(await take(1, '2026-11-23T00:00:00Z')).toEqual({ kind: 'spent' })
})

test('the way from posted to saved is counted for posts that appeared since the source was added', async () => {
  const source = await here.addSource()
  here.clock.now = new Date(source.addedAt.getTime() + 3_600_000)
  const ago = (ms: number) => new Date(here.clock.now.getTime() - ms)
  const quick = Array.from({ length: 30 }, (_, index) => said(`q${index}`, 'Банк', { postedAt: ago(1000) }))
  const slow = Array.from({ length: 3 }, (_, index) => said(`w${index}`, 'Банк', { postedAt: ago(10 * minute) }))
  const past = Array.from({ length: 50 }, (_, index) => said(`p${index}`, 'Банк', { postedAt: ago(99 * 3_600_000) }))
  platform.fetch = async () => pageOf([...quick, ...slow, ...past], { after: 1 })
  await pollSource(here.world, source.id, never)
  // Coming once more, they are no longer on their way.
  await pollSource(here.world, source.id, never)
  const { latency } = await here.seen(source)
  expect(Object.values(latency ?? {}).reduce((a, b) => a + b, 0)).toBe(33)
  expect(latencyQuantile(latency, 0.5)! / 1000).toBeCloseTo(1, 0)
  expect(latencyQuantile(latency, 0.95)! / (10 * minute)).toBeGreaterThan(0.9)
  expect(latencyQuantile(latency, 0.95)! / (10 * minute)).toBeLessThan(1.1)
})

test('a source that answers and brings less than its rhythm explains is ill, with the chance of that', async () => {
  const source = await here.addSource()
  here.clock.now = new Date(source.addedAt.getTime() + 21 * 86_400_000)
  const until = Math.floor(here.clock.now.getTime() / 3_600_000)
  for (let hour = until - 20 * 24; hour < until - 8; hour += 1)
    await countHours(here.world.db, source.id, Array(5 + (hour % 3)).fill(new Date(hour * 3_600_000)), here.clock.now)
  platform.fetch = async () => ({ kind: 'unchanged', next: {}, health: noHealth })
  await pollSource(here.world, source.id, never)
  const ill = healthOf(await here.seen(source), here.clock.now)
  expect(ill).toMatchObject({ health: 'ill', trouble: { key: 'source-quiet', values: { posts: 0 } } })
  // It comes back, and half an hour later the next look finds it well.
  for (let hour = until - 8; hour <= until; hour += 1)
    await countHours(here.world.db, source.id, Array(6).fill(new Date(hour * 3_600_000)), here.clock.now)
  here.clock.now = new Date(here.clock.now.getTime() + 31 * minute)
  await pollSource(here.world, source.id, never)
  expect(healthOf(await here.seen(source), here.clock.now).health).toBe('well')
})

test('posts are counted in the hour in which they were posted, once', async () => {
  const source = await here.addSource()
  const noon = new Date('2026-11-22T12:00:00Z')
  here.clock.now = new Date('2026-11-22T13:30:00Z')
  platform.fetch = async () =>
    pageOf([said('h1', 'Погода', { postedAt: noon }), said('h2', 'Банк', { postedAt: null })], { after: 1 })
  for (let turn = 0; turn < 2; turn += 1) await pollSource(here.world, source.id, never)
  const hour = noon.getTime() / 3_600_000
  expect(await readHours(here.world.db, source.id, new Date('2026-11-22T00:00:00Z'))).toEqual(
    new Map([
      [hour, 1],
      [hour + 1, 1],
    ]),
  )
})

test('counts are looked up again at falling intervals and kept as a series; what is gone is removed', async () => {
  const source = await here.addSource()
  const postedAt = new Date('2026-12-01T12:00:00Z')
  const after = (ms: number) => (here.clock.now = new Date(postedAt.getTime() + ms))
  const counted = (id: string, likes: number) => said(id, 'Банк', { postedAt, likes, comments: 0 })
  after(10_000)
  platform.fetch = async () =>
    pageOf([counted('g1', 0), counted('g2', 0), said('g3', 'Погода', { postedAt })], { after: 1 })
  await pollSource(here.world, source.id, never)
  const asked: string[][] = []
  platform.lookUp = async (ids): Promise<LookedUp> => {
    asked.push(ids)
    return { kind: 'found', posts: ids.map((id) => counted(id.slice(8), 10)), missing: [] }
  }
  const refresh = async (ms: number) => {
    after(ms)
    await refreshEngagement(here.world, never)
    return asked.splice(0).flat()
  }
  const both = ['written:g1', 'written:g2']
  expect(await refresh(minute)).toEqual([])
  expect(await refresh(6 * minute)).toEqual(both)
  expect(await refresh(7 * minute)).toEqual([])
  expect(await refresh(16 * minute)).toEqual(both)
  expect(await refresh(65 * minute)).toEqual(both)
  expect((await listEngagement(here.world.clickhouse, 'written:g1')).map(({ likes }) => likes)).toEqual([10, 10, 10])
  const likes = await here.world.clickhouse.rows<{ likes: number }>(
    `select likes from mention final where id = 'written:g1'`,
  )
  expect(likes).toEqual([{ likes: 10 }])

  platform.lookUp = async () => ({ kind: 'found', posts: [counted('g1', 40)], missing: ['written:g2'] })
  await refresh(3 * 60 * minute)
  expect((await listEngagement(here.world.clickhouse, 'written:g1')).at(-1)?.likes).toBe(40)
  expect(Object.keys(await here.texts('mention'))).not.toContain('written:g2')
  expect(await listEngagement(here.world.clickhouse, 'written:g2')).toEqual([])
})

test('old posts wait in a lane of their own, and a host is asked by one source at a time', async () => {
  const sources = [await here.addSource(), await here.addSource()]
  const turn = { running: [], listening: [], limit: 50 }
  const due = async (lane: 'live' | 'past', running: number[] = []) => {
    const soon = new Date(here.clock.now.getTime() + 1e10)
    return (await listDueSources(here.world.db, soon, { ...turn, lane, running })).map(({ id }) => id)
  }
  expect(await due('live')).toHaveLength(1)
  expect(await due('live', [sources[0]!.id])).toEqual([])
  let pages = 0
  platform.fetch = async () => pageOf([said(`m${(pages += 1)}`, 'Банк')], { pages }, { more: pages < 12 })
  await pollSource(here.world, sources[1]!.id, never)
  expect(pages).toBe(5)
  expect(await due('past')).toEqual([sources[1]!.id])
  await pollSource(here.world, sources[1]!.id, never)
  expect([pages, await due('past')]).toEqual([12, []])
})
