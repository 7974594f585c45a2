import { expect, test } from 'vitest'
import type { ProjectCard } from '../../serve/api/shapes/project.ts'
import { byNeed, needsOf } from './needs.ts'

test('two loud hours in a row are a rise, also while the third has only begun', () => {
  expect(needsOf(card({ counts: [2, 2, 9, 9, 1] }))).toEqual([{ kind: 'rising', since: at(2) }])
})

test('one loud hour is chance', () => {
  expect(needsOf(card({ counts: [2, 2, 2, 9, 1] }))).toEqual([])
})

test('without seven days of history nothing is called a rise', () => {
  expect(needsOf(card({ counts: [50, 50, 50], usualHigh: null }))).toEqual([])
})

test('tickets nobody has stand before a silent source', () => {
  const silent = card({ name: 'silent', illSources: [{ id: 1, name: 'forum', error: '503' }] })
  const waiting = card({ name: 'waiting', unassignedTickets: 1 })
  expect([silent, card({ name: 'calm' }), waiting].sort(byNeed).map(({ name }) => name)).toEqual([
    'waiting',
    'silent',
    'calm',
  ])
})

test('a missed promise stands before everything else, and what waits for approval behind it', () => {
  const approval = card({ name: 'approval', waitingReplies: 3 })
  const soon = card({ name: 'soon', soonDueTickets: 9, unassignedTickets: 9, waitingReplies: 9 })
  const late = card({ name: 'late', lateTickets: 1 })
  expect([approval, soon, late].sort(byNeed).map(({ name }) => name)).toEqual(['late', 'soon', 'approval'])
  expect(needsOf(soon).map(({ kind }) => kind)).toEqual(['soon', 'unassigned', 'approval'])
})

function card({
  counts = [],
  usualHigh = 5,
  ...known
}: Partial<ProjectCard> & { counts?: number[]; usualHigh?: number | null }): ProjectCard {
  return {
    id: 1,
    name: 'tea',
    role: 'head',
    isSample: false,
    volume: {
      hours: counts.map((count, hour) => ({ at: at(hour), count, usualLow: null, usualHigh })),
      last24h: 0,
      usual24h: null,
    },
    negativeShare: null,
    judged: 0,
    lastMentionAt: null,
    openTickets: 0,
    unassignedTickets: 0,
    firstResponse: null,
    lateTickets: 0,
    soonDueTickets: 0,
    waitingReplies: 0,
    illSources: [],
    ...known,
  }
}

function at(hour: number): string {
  return `2026-03-12T${String(hour).padStart(2, '0')}:00:00.000Z`
}
