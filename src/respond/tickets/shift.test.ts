import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPostgres } from '../../../test/database.ts'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, type Database, type Postgres } from '../../base/postgres/postgres.ts'
import { barePost } from '../../listen/posts/post.ts'
import { openTicket } from './open.ts'
import { comeTo, leaseMs, leave, listPresent } from './presence.ts'
import { listShift } from './shift.ts'

let postgres: Postgres
let db: Database
const now = new Date('2026-05-11T09:00:00Z')
const later = (ms: number) => new Date(now.getTime() + ms)

beforeAll(async () => {
  postgres = await openTestPostgres()
  db = postgres.db
  await sql`insert into member (id, name, email) values ('m1', 'Anna', 'a@x'), ('m2', 'Boris', 'b@x')`.execute(db)
})
afterAll(() => postgres[Symbol.asyncDispose]())

async function newProject(): Promise<number> {
  return must(await first(db, sql<{ id: number }>`insert into project (name) values ('p') returning id`)).id
}

async function newTicket(
  project: number,
  to: { hurts: string; assignee?: string | null; status?: string },
): Promise<number> {
  const { id } = must(
    await first(
      db,
      sql<{ id: number }>`
        insert into ticket (project_id, title, hurts_at, assignee, status)
        values (${project}, 't', ${to.hurts}::timestamptz, ${to.assignee ?? null}, ${to.status ?? 'open'})
        returning id`,
    ),
  )
  return id
}

async function idsOf(projects: number[], assignee: string | null | undefined, limit: number): Promise<number[]> {
  const ids: number[] = []
  let after: string | null = null
  do {
    const page = await listShift(db, projects, { assignee, after, limit, now })
    ids.push(...page.items.map(({ id }) => id))
    after = page.next
  } while (after !== null)
  return ids
}

test('what is missed stands first, then what ends next, over all projects; what nobody promised comes last', async () => {
  const [one, two, foreign] = [await newProject(), await newProject(), await newProject()]
  const free = await newTicket(one, { hurts: 'infinity' })
  const soon = await newTicket(one, { hurts: '2026-05-11T09:10:00Z', assignee: 'm1' })
  const missed = await newTicket(two, { hurts: '2026-05-11T08:00:00Z' })
  const then = await newTicket(two, { hurts: '2026-05-11T12:00:00Z', assignee: 'm1' })
  await newTicket(two, { hurts: '2026-05-11T07:00:00Z', status: 'pending' })
  await newTicket(foreign, { hurts: '2026-05-11T06:00:00Z' })
  const page = await listShift(db, [one, two], { assignee: undefined, after: null, limit: 9, now })
  expect(page.items.map(({ id }) => id)).toEqual([missed, soon, then, free])
  expect(page).toMatchObject({ next: null, late: 1 })
  expect(page.items.map(({ nextDueAt }) => nextDueAt)).toEqual([
    new Date('2026-05-11T08:00:00Z'),
    new Date('2026-05-11T09:10:00Z'),
    new Date('2026-05-11T12:00:00Z'),
    null,
  ])
  expect(await idsOf([one, two], 'm1', 1)).toEqual([soon, then])
  expect(await idsOf([one, two], null, 1)).toEqual([missed, free])
  const forged = listShift(db, [one], { assignee: undefined, after: "1,x' or true", limit: 9, now })
  await expect(forged).rejects.toThrow(UserError)
})

test('page by page is the same as all at once, whatever the moments are', async () => {
  const moment = fc.constantFrom('infinity', '2026-05-11T08:00:00Z', '2026-05-11T08:00:00.001Z', '2026-05-12T08:00:00Z')
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ hurts: moment, of: fc.nat(1) }), { maxLength: 12 }),
      fc.integer({ min: 1, max: 4 }),
      async (tickets, limit) => {
        const projects = [await newProject(), await newProject()]
        for (const { hurts, of } of tickets) await newTicket(must(projects[of]), { hurts })
        expect(await idsOf(projects, undefined, limit)).toEqual(await idsOf(projects, undefined, 100))
        expect(await idsOf(projects, undefined, limit)).toHaveLength(tickets.length)
      },
    ),
    { numRuns: 15 },
  )
}, 60_000)

test('who looks and who writes is seen until they leave or their browser is gone', async () => {
  const project = await newProject()
  const post = { ...barePost({ id: 'vk:1', platform: 'vk', text: 'x' }), postedAt: now }
  const { id } = await openTicket(db, project, { mentions: [post] }, null)
  expect(await comeTo(db, project, id, { member: 'm1', writes: false, now })).toBe(true)
  expect(await comeTo(db, project, id, { member: 'm1', writes: false, now: later(20_000) })).toBe(false)
  expect(await comeTo(db, project, id, { member: 'm2', writes: true, now: later(20_000) })).toBe(true)
  expect(await comeTo(db, project, id, { member: 'm1', writes: true, now: later(21_000) })).toBe(true)
  expect(await listPresent(db, id, later(leaseMs))).toEqual([
    { id: 'm1', name: 'Anna', writes: true },
    { id: 'm2', name: 'Boris', writes: true },
  ])
  expect(await leave(db, id, 'm2', later(22_000))).toBe(true)
  expect(await leave(db, id, 'm2', later(22_000))).toBe(false)
  expect(await listPresent(db, id, later(21_000 + leaseMs))).toEqual([])
  expect(await comeTo(db, project, id, { member: 'm1', writes: true, now: later(21_000 + leaseMs) })).toBe(true)
  await expect(comeTo(db, project + 1, id, { member: 'm1', writes: true, now })).rejects.toThrow(NotFound)
})
