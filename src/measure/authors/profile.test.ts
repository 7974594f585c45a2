import { expect, test } from 'vitest'
import { wrote } from '../../../test/written.ts'
import { profileOf } from './profile.ts'

test('mentions stand in the local week they were published in, and one without a tonality is unknown', () => {
  // 1 March 2026 is a Sunday; in Moscow the week ends three hours before it does in UTC.
  const profile = profileOf(
    [wrote(0.5, { sentiment: 'negative' }), wrote(0.9), wrote(7, { sentiment: 'positive' }), wrote(16)],
    1,
    'Europe/Moscow',
  )
  expect(profile?.buckets.map((at) => at.toISOString())).toEqual([
    '2026-02-22T21:00:00.000Z',
    '2026-03-01T21:00:00.000Z',
    '2026-03-08T21:00:00.000Z',
    '2026-03-15T21:00:00.000Z',
  ])
  expect(profile?.tonality).toEqual({
    negative: [1, 0, 0, 0],
    neutral: [0, 0, 0, 0],
    positive: [0, 1, 0, 0],
    unknown: [0, 1, 0, 1],
  })
})

test('after two years of mentions a bucket is a month', () => {
  expect(profileOf([wrote(0), wrote(800)], 1, 'UTC')?.bucket).toBe('month')
})

test('reach is the largest follower count of each account, engagement what is told, and both are unknown when nobody tells', () => {
  const written = [
    wrote(1, { followers: 10, engagement: 3 }),
    wrote(2, { followers: 30 }),
    wrote(3, { account: 1, followers: 5, engagement: 4 }),
  ]
  expect(profileOf(written, 3, 'UTC')).toMatchObject({
    reach: 35,
    engagement: 7,
    accounts: [{ mentions: 2, followers: 30 }, { mentions: 1, followers: 5 }, null],
  })
  expect(profileOf([wrote(1)], 1, 'UTC')).toMatchObject({ reach: null, engagement: null })
  expect(profileOf([], 1, 'UTC')).toBeNull()
})

test('topics, stages, sources and places are counted, the most frequent first', () => {
  const profile = profileOf(
    [
      wrote(1, { topics: [1, 2], stage: 'praise', source: 'mamy', city: 'Казань', lang: 'ru' }),
      wrote(2, { topics: [2], source: 'mamy', lang: 'ru' }),
      wrote(3, { platform: 'x', source: 'x', lang: 'tt' }),
    ],
    1,
    'UTC',
  )
  expect(profile?.topics).toEqual([
    { value: 2, count: 2 },
    { value: 1, count: 1 },
  ])
  expect(profile?.stages).toEqual([
    { value: null, count: 2 },
    { value: 'praise', count: 1 },
  ])
  expect(profile?.sources).toEqual([
    { platform: 'vk', value: 'mamy', count: 2 },
    { platform: 'x', value: 'x', count: 1 },
  ])
  expect(profile?.places).toEqual([{ value: { country: null, city: 'Казань' }, count: 1 }])
})
