import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPostgres } from '../../../test/database.ts'
import { first, list, type Postgres } from '../../base/postgres/postgres.ts'
import type { Cohort } from './cohort.ts'
import { countService, listCounted, parts, type Part } from './figures.ts'
import { countHours } from './hours.ts'
import { countLoad } from './load.ts'
import { noteMinutes } from './minutes.ts'
import { setRate } from './rate.ts'
import { putServiceTickets, type ServiceTicket } from './service-ticket.ts'

let postgres: Postgres
let project: number
let ticketIds: number[]
const day = 86_400_000
const begin = Date.UTC(2026, 2, 1)
const most = 25

beforeAll(async () => {
  postgres = await openTestPostgres()
  const made = await first(postgres.db, sql<{ id: number }>`insert into project (name) values ('Bank') returning id`)
  project = made?.id ?? 0
  const rows = await list(
    postgres.db,
    sql<{ id: number }>`
      insert into ticket (project_id, title, platform) select ${project}, 'T', 'vk' from generate_series(1, ${most}) returning id`,
  )
  ticketIds = rows.map(({ id }) => id)
})
afterAll(() => postgres[Symbol.asyncDispose]())

const ms = fc.option(fc.integer({ min: 0, max: 9 * day }), { nil: null })
const promise = fc.constantFrom('kept' as const, 'missed' as const, null)
const aTicket = fc.record({
  openedAt: fc.integer({ min: 0, max: 20 }).map((days) => new Date(begin + days * day)),
  platform: fc.constantFrom('vk', 'telegram', null),
  queueId: fc.constantFrom(1, 2, null),
  assignee: fc.constantFrom('anna', 'boris', null),
  status: fc.constantFrom('open', 'solved'),
  mentions: fc.integer({ min: 0, max: 5 }),
  answeredMentions: fc.constant(0),
  firstMentionAt: fc.constant(null),
  firstMs: ms,
  firstWorkMs: ms,
  solutionMs: ms,
  solutionWorkMs: ms,
  firstPromise: promise,
  solutionPromise: promise,
  breaches: fc.integer({ min: 0, max: 3 }),
  outcome: fc.constantFrom('satisfied', 'unsatisfied', 'undecided', 'silent', null),
})
const aCohort = fc.record({
  from: fc.integer({ min: 0, max: 10 }).map((days) => new Date(begin + days * day)),
  to: fc.integer({ min: 11, max: 21 }).map((days) => new Date(begin + days * day)),
  platform: fc.constantFrom('vk', null, null),
  queue: fc.constantFrom(1, null, null),
  member: fc.constantFrom('anna', null, null),
  chosen: fc.option(fc.array(fc.integer({ min: 0, max: most - 1 })), { nil: null }),
})

/** What each part means, said a second time and plainly. */
const means: { [part in Part]: (ticket: ServiceTicket) => boolean } = {
  all: () => true,
  answered: ({ firstMs }) => firstMs !== null,
  unanswered: ({ firstMs }) => firstMs === null,
  'first-kept': ({ firstPromise }) => firstPromise === 'kept',
  'first-missed': ({ firstPromise }) => firstPromise === 'missed',
  solved: ({ solutionMs }) => solutionMs !== null,
  unsolved: ({ solutionMs }) => solutionMs === null,
  'solution-kept': ({ solutionPromise }) => solutionPromise === 'kept',
  'solution-missed': ({ solutionPromise }) => solutionPromise === 'missed',
  satisfied: ({ outcome }) => outcome === 'satisfied',
  unsatisfied: ({ outcome }) => outcome === 'unsatisfied',
  undecided: ({ outcome }) => outcome === 'undecided',
  silent: ({ outcome }) => outcome === 'silent',
  unknown: ({ outcome }) => outcome === null,
  breached: ({ breaches }) => breaches > 0,
}

test('every figure is what a plain recount gives, and its list has exactly the tickets it counts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aTicket, { maxLength: most }), aCohort, async (made, { chosen, ...asked }) => {
      const { db } = postgres
      const tickets = made.map((ticket, index) => ({ ...ticket, projectId: project, ticketId: ticketIds[index] ?? 0 }))
      await sql`delete from service_ticket`.execute(db)
      await putServiceTickets(db, tickets)
      const ids = chosen && chosen.map((index) => ticketIds[index] ?? 0)
      const cohort: Cohort = { ...asked, project, tickets: ids }
      const counted = tickets.filter(
        (one) =>
          one.openedAt >= cohort.from &&
          one.openedAt < cohort.to &&
          (cohort.platform === null || one.platform === cohort.platform) &&
          (cohort.queue === null || one.queueId === cohort.queue) &&
          (cohort.member === null || one.assignee === cohort.member) &&
          (ids === null || ids.includes(one.ticketId)),
      )
      const figures = await countService(db, cohort)
      for (const part of parts) {
        const expected = counted.filter(means[part]).map(({ ticketId }) => ticketId)
        expect([part, figures.counts[part]]).toEqual([part, expected.length])
        expect((await listAll(cohort, part)).toSorted((a, b) => a - b)).toEqual(expected)
      }
      const total = (of: (ticket: ServiceTicket) => number) => counted.reduce((sum, one) => sum + of(one), 0)
      expect(figures.mentions).toBe(total(({ mentions }) => mentions))
      expect(figures.breaches).toBe(total(({ breaches }) => breaches))
      for (const [name, column] of [
        ['first', 'firstMs'],
        ['firstWork', 'firstWorkMs'],
        ['solution', 'solutionMs'],
        ['solutionWork', 'solutionWorkMs'],
      ] as const) {
        const values = counted.flatMap((one) => one[column] ?? [])
        expect(figures[name].median ?? -1).toBeCloseTo(quantile(values, 0.5) ?? -1, 3)
        expect(figures[name].p90 ?? -1).toBeCloseTo(quantile(values, 0.9) ?? -1, 3)
      }
      const load = await countLoad(db, cohort)
      expect(load.reduce((sum, one) => sum + one.tickets, 0)).toBe(counted.length)
      for (const { member, tickets: has, solved, unsolved } of load) {
        const own = counted.filter(({ assignee }) => assignee === (member?.id ?? null))
        expect([has, solved + unsolved, solved]).toEqual([own.length, own.length, own.filter(means.solved).length])
      }
    }),
    { numRuns: 25 },
  )
}, 30_000)

test('minutes cost what the rate of their day says, and those without a rate are told apart', async () => {
  const { db } = postgres
  const note = (ticket: number, minutes: number, on: string, member = 'anna') =>
    noteMinutes(db, project, ticketIds[ticket] ?? 0, { memberId: member, member, minutes, day: on }, new Date(begin))
  await setRate(db, project, { fromDay: '2026-03-10', cents: 6_000, currency: 'EUR' })
  await setRate(db, project, { fromDay: '2026-03-20', cents: 9_000, currency: 'EUR' })
  await note(0, 30, '2026-03-09')
  await note(0, 60, '2026-03-10')
  await note(1, 90, '2026-03-19', 'boris')
  await note(1, 20, '2026-03-20')
  await note(2, 500, '2026-04-01')
  const cohort = {
    project,
    from: new Date(begin),
    to: new Date(begin),
    platform: null,
    queue: null,
    member: null,
    tickets: null,
  }
  const march = { from: '2026-03-01', to: '2026-03-31' }
  expect(await countHours(db, cohort, march)).toEqual({
    minutes: 200,
    costs: [{ currency: 'EUR', cents: 6_000 + 9_000 + 3_000 }],
    unpricedMinutes: 30,
    members: [
      { memberId: 'anna', member: 'anna', minutes: 110 },
      { memberId: 'boris', member: 'boris', minutes: 90 },
    ],
    tickets: [
      { ticketId: ticketIds[1], minutes: 110 },
      { ticketId: ticketIds[0], minutes: 90 },
    ],
  })
  expect(await countHours(db, { ...cohort, member: 'boris' }, march)).toMatchObject({ minutes: 90 })
  expect(await countHours(db, { ...cohort, platform: 'telegram' }, march)).toMatchObject({ minutes: 0, costs: [] })
})

async function listAll(cohort: Cohort, part: Part): Promise<number[]> {
  const found: number[] = []
  let before: number | null = null
  do {
    const page = await listCounted(postgres.db, cohort, part, { before, limit: 7 })
    found.push(...page.items.map(({ ticketId }) => ticketId))
    before = page.next
  } while (before !== null)
  return found
}

/** Between neighbours by a straight line. */
function quantile(values: number[], share: number): number | null {
  if (values.length === 0) return null
  const ordered = values.toSorted((a, b) => a - b)
  const place = (ordered.length - 1) * share
  const below = ordered[Math.floor(place)] ?? 0
  return below + ((ordered[Math.ceil(place)] ?? below) - below) * (place - Math.floor(place))
}
