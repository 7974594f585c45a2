import { expect, test } from 'vitest'
import type { Source } from '../../listen/collect/source.ts'
import { findSilent } from './coverage.ts'

const now = new Date('2026-11-20T00:00:00Z')
const period = { from: new Date('2026-11-10T00:00:00Z'), to: now }
const dayMs = 86_400_000

function source(id: number, known: Partial<Source>): Source {
  return {
    id,
    projectId: 1,
    platform: 'feed',
    name: `source ${id}`,
    url: null,
    config: {},
    state: 'active',
    nextCheckAt: now,
    lastCheckedAt: now,
    lastAnswer: 'page',
    lastItemAt: now,
    usualGapMs: 3_600_000,
    rhythmMs: 3_600_000,
    failures: 0,
    error: null,
    sealed: null,
    addedAt: now,
    catchingUp: false,
    silence: null,
    measuredAt: null,
    latency: null,
    ...known,
  }
}

test('sources that say nothing are told with their part of the period, the longest silence first', () => {
  const sources = [
    source(1, {}),
    source(2, { lastItemAt: new Date(now.getTime() - 5 * dayMs) }),
    source(3, { state: 'paused', lastItemAt: new Date(now.getTime() - 40 * dayMs) }),
    source(4, { lastAnswer: 'gone', lastItemAt: new Date(now.getTime() - 2 * dayMs) }),
    source(5, { lastAnswer: null, lastItemAt: null, usualGapMs: null }),
  ]
  const { sources: all, silent } = findSilent(sources, period, now)
  expect(all).toBe(5)
  expect(silent.map(({ id, why, share }) => [id, why, share])).toEqual([
    [3, 'paused', 1],
    [5, 'new', 1],
    [2, 'ill', 0.5],
    [4, 'ill', 0.2],
  ])
})

test('a silence that began after the period says nothing of it', () => {
  const early = { from: new Date('2026-11-01T00:00:00Z'), to: new Date('2026-11-10T00:00:00Z') }
  const silent = source(2, { lastItemAt: new Date('2026-11-14T00:00:00Z') })
  expect(findSilent([silent], early, now).silent).toEqual([])
})
