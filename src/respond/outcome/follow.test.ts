import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPostgres } from '../../../test/database.ts'
import { first, inTransaction, list, type Postgres } from '../../base/postgres/postgres.ts'
import type { ServiceTicket } from '../../measure/service/service-ticket.ts'
import { workingTimeBetween, type Calendar } from '../clocks/working-time.ts'
import { noteAnswer, setStatus } from '../tickets/change.ts'
import { mergeTickets } from '../tickets/move.ts'
import { addMentions, openTicket, type TicketMention } from '../tickets/open.ts'
import { changeCalendar } from '../tickets/promises.ts'
import { isAllowed, statuses, type TicketStatus } from '../tickets/status.ts'
import { followDesk, listBehind } from './follow.ts'

let postgres: Postgres
const anna = { id: 'anna', name: 'Anna' }
const minute = 60_000
const begin = Date.UTC(2026, 4, 11, 6)

beforeAll(async () => {
  postgres = await openTestPostgres()
})
afterAll(() => postgres[Symbol.asyncDispose]())

/** What a plain observer remembers of a ticket. */
type Known = {
  id: number
  status: TicketStatus
  mentions: Date[]
  answers: Date[]
  solvedAt: Date | null
  gone: boolean
}

const step = fc.record({
  does: fc.constantFrom('open', 'open', 'mention', 'answer', 'answer', 'status', 'status', 'merge'),
  which: fc.nat(),
  other: fc.nat(),
  status: fc.constantFrom(...statuses),
  minutes: fc.integer({ min: 1, max: 3_000 }),
  // A mention may have been posted long before it came in.
  ago: fc.integer({ min: 0, max: 5_000 }),
})

test('whatever happens at the desk, the figures know of each ticket what a plain observer remembers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 16 }), async (steps) => {
      const { db } = postgres
      const project = await newProject()
      const tickets: Known[] = []
      let now = begin
      for (const one of steps) {
        now += one.minutes * minute
        await act(project, tickets, one, new Date(now))
        if (one.which % 3 === 0) await followDesk(db, project, new Date(now))
      }
      await followDesk(db, project, new Date(now))
      expect(await listBehind(db)).not.toContain(project)
      await agree(project, tickets, null)
      await inTransaction(db, (tx) => changeCalendar(tx, project, office, new Date(now)))
      expect(await listBehind(db)).toContain(project)
      await followDesk(db, project, new Date(now))
      await agree(project, tickets, office)
    }),
    { numRuns: 8 },
  )
}, 90_000)

const block = [{ from: 540, to: 1080 }]
const office: Calendar = {
  timeZone: 'Europe/Moscow',
  week: [block, block, block, block, block, [], []],
  exceptions: [{ day: '2026-05-12', blocks: [] }],
}

async function act(
  project: number,
  tickets: Known[],
  {
    does,
    which,
    other,
    status,
    ago,
  }: { does: string; which: number; other: number; status: TicketStatus; ago: number },
  now: Date,
): Promise<void> {
  const { db } = postgres
  const there = tickets.filter(({ gone }) => !gone)
  const ticket = there[which % Math.max(1, there.length)]
  const posted = new Date(now.getTime() - ago * minute)
  if (does === 'open' || !ticket) {
    const { id } = await openTicket(db, project, { mentions: [mentionAt(posted)] }, anna, now)
    tickets.push({ id, status: 'open', mentions: [posted], answers: [], solvedAt: null, gone: false })
  } else if (does === 'mention' && ticket.status !== 'closed') {
    await addMentions(db, project, ticket.id, [mentionAt(posted)], anna, now, { reopens: false })
    ticket.mentions.push(posted)
  } else if (does === 'answer') {
    await noteAnswer(db, project, ticket.id, anna, now)
    ticket.answers.push(now)
  } else if (does === 'status' && isAllowed(ticket.status, status)) {
    await setStatus(db, project, ticket.id, status, anna, { now })
    const [was, is] = [isOver(ticket.status), isOver(status)]
    ticket.solvedAt = is ? (was ? ticket.solvedAt : now) : null
    ticket.status = status
  } else if (does === 'merge') {
    const into = there[other % there.length]
    if (!into || into === ticket || ticket.status === 'closed' || into.status === 'closed') return
    await mergeTickets(db, project, { from: ticket.id, into: into.id }, anna)
    into.mentions.push(...ticket.mentions)
    into.answers.push(...ticket.answers)
    ticket.gone = true
  }
}

async function agree(project: number, tickets: Known[], calendar: Calendar | null): Promise<void> {
  const rows = await list(
    postgres.db,
    sql<ServiceTicket>`select * from service_ticket where project_id = ${project} order by ticket_id`,
  )
  const there = tickets.filter(({ gone }) => !gone)
  expect(rows.map(({ ticketId }) => ticketId)).toEqual(there.map(({ id }) => id))
  for (const [index, { status, mentions, answers, solvedAt }] of there.entries()) {
    const from = earliest(mentions)
    const lastAnswer = answers.length === 0 ? null : new Date(Math.max(...answers.map(Number)))
    const answeredAt = answers.length === 0 ? null : earliest(answers)
    expect(rows[index]).toMatchObject({
      status,
      mentions: mentions.length,
      answeredMentions: lastAnswer === null ? 0 : mentions.filter((posted) => posted <= lastAnswer).length,
      firstMs: between(from, answeredAt, null),
      firstWorkMs: between(from, answeredAt, calendar),
      solutionMs: between(from, solvedAt, null),
      solutionWorkMs: between(from, solvedAt, calendar),
    })
  }
}

function between(from: Date, to: Date | null, calendar: Calendar | null): number | null {
  if (to === null) return null
  return calendar === null ? Math.max(0, to.getTime() - from.getTime()) : workingTimeBetween(calendar, from, to)
}

function earliest(moments: Date[]): Date {
  return new Date(Math.min(...moments.map(Number)))
}

function isOver(status: TicketStatus): boolean {
  return status === 'solved' || status === 'closed'
}

let mentions = 0
function mentionAt(postedAt: Date): TicketMention {
  return { id: `vk:${++mentions}`, platform: 'vk', postedAt, author: null, title: null, text: 'x' }
}

async function newProject(): Promise<number> {
  const made = await first(postgres.db, sql<{ id: number }>`insert into project (name) values ('Bank') returning id`)
  return made?.id ?? 0
}
