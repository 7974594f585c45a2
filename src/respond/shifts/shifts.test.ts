import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPostgres } from '../../../test/database.ts'
import { must } from '../../base/errors.ts'
import { first, type Database, type Postgres } from '../../base/postgres/postgres.ts'
import { barePost } from '../../listen/posts/post.ts'
import { changeAttributes } from '../tickets/attributes.ts'
import { openTicket } from '../tickets/open.ts'
import { listColleagues, setAptitude, type Colleague } from './aptitude.ts'
import { beginShift, endShift, handOver, listHandovers, onShiftSince } from './shift.ts'
import { giveInTurn, whoseTurn } from './turn.ts'

let postgres: Postgres
let db: Database
let project = 0
const now = new Date('2026-05-11T09:00:00Z')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)

beforeAll(async () => {
  postgres = await openTestPostgres()
  db = postgres.db
  await sql`insert into member (id, name, email) values ('a', 'Anna', 'a@x'), ('b', 'Boris', 'b@x'), ('c', 'Client', 'c@x')`.execute(
    db,
  )
  project = must(await first(db, sql<{ id: number }>`insert into project (name) values ('p') returning id`)).id
  await sql`
    insert into membership (project_id, member_id, role)
    values (${project}, 'a', 'moderator'), (${project}, 'b', 'copywriter'), (${project}, 'c', 'client')`.execute(db)
})
afterAll(() => postgres[Symbol.asyncDispose]())

let count = 0
async function open(): Promise<number> {
  count++
  const mention = { ...barePost({ id: `vk:${count}`, platform: 'vk', text: 'Не работает' }), postedAt: now }
  return (await openTicket(db, project, { mentions: [mention] }, null, now)).id
}
const give = async (id: number, language: string | null = null, at = now) =>
  (await giveInTurn(db, project, id, language, null, at)).assigneeId

const anybody: Colleague = {
  ...{ memberId: 'a', name: 'A', since: now, capacity: null, languages: [], skills: [], open: 0, givenAt: null },
}

test('tickets go in turn to those who work now, and to nobody else', async () => {
  await expect(give(await open())).rejects.toThrow('Nobody')
  await beginShift(db, 'a', now)
  await beginShift(db, 'c', now)
  expect(await give(await open(), null, later(1))).toBe('a')
  await beginShift(db, 'b', now)
  await beginShift(db, 'b', later(5))
  expect(await onShiftSince(db, 'b', now)).toEqual(now)
  const given = [
    await give(await open(), null, later(2)),
    await give(await open(), null, later(3)),
    await give(await open(), null, later(4)),
  ]
  expect(given).toEqual(['b', 'a', 'b'])
  await setAptitude(db, project, 'a', { capacity: 3, languages: ['ru', 'en'], skills: [] })
  await setAptitude(db, project, 'b', { capacity: null, languages: ['ru'], skills: ['Возвраты'] })
  const refund = await open()
  await changeAttributes(db, project, refund, { addTags: ['возвраты'] }, null, now)
  expect(await give(refund, 'ru', later(5))).toBe('b')
  expect(await give(await open(), 'en', later(6))).toBe('a')
  await expect(give(await open(), 'en')).rejects.toThrow('Nobody')
  await endShift(db, 'b')
  expect((await listColleagues(db, project, now)).map(({ name, since, open: has }) => [name, since, has])).toEqual([
    ['Anna', now, 3],
    ['Boris', null, 3],
  ])
})

test('two tickets that are given at the same moment go to two people', async () => {
  await setAptitude(db, project, 'a', { capacity: null, languages: [], skills: [] })
  await setAptitude(db, project, 'b', { capacity: null, languages: [], skills: [] })
  await beginShift(db, 'b', now)
  const given = await Promise.all([open(), open()].map(async (id) => give(await id, null, later(10))))
  expect(new Set(given)).toEqual(new Set(['a', 'b']))
})

test('however many tickets come, nobody has more than they may, and of equals none has two more than another', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 6 }),
      fc.nat(40),
      (capacities, tickets) => {
        const team = capacities.map((capacity, at) => ({ ...anybody, memberId: `m${at}`, capacity }))
        for (let ticket = 0; ticket < tickets; ticket++) {
          const next = whoseTurn(team, { language: null, queue: null, tags: [] })
          if (next === null) {
            expect(team.every(({ open: has, capacity }) => has === capacity)).toBe(true)
            break
          }
          const mine = must(team.find(({ memberId }) => memberId === next.memberId))
          mine.open++
          mine.givenAt = later(ticket)
          expect(mine.open).toBeLessThanOrEqual(mine.capacity)
        }
        for (const one of team)
          for (const other of team)
            if (one.capacity === other.capacity) expect(Math.abs(one.open - other.open)).toBeLessThanOrEqual(1)
      },
    ),
  )
})

test('a head of the installation, who works in every project, has a turn while they work', async () => {
  await sql`insert into member (id, name, email, is_head) values ('h', 'Head', 'h@x', true)`.execute(db)
  const names = async () => (await listColleagues(db, project, now)).map(({ name }) => name)
  expect(await names()).toEqual(['Anna', 'Boris'])
  await beginShift(db, 'h', now)
  expect(await names()).toEqual(['Anna', 'Boris', 'Head'])
  await endShift(db, 'h')
})

test('a shift that nobody ended ends by itself', async () => {
  await beginShift(db, 'a', now)
  expect(await onShiftSince(db, 'a', later(15 * 60))).toEqual(now)
  expect(await onShiftSince(db, 'a', later(17 * 60))).toBeNull()
  expect((await listColleagues(db, project, later(17 * 60))).every(({ since }) => since === null)).toBe(true)
  await beginShift(db, 'a', later(17 * 60))
  expect(await onShiftSince(db, 'a', later(18 * 60))).toEqual(later(17 * 60))
})

test('what is handed over is read by those who come next, and goes after a week', async () => {
  const anna = { id: 'a', name: 'Anna' }
  await handOver(db, project, 'Ждём ответ склада по #12', anna, now)
  expect(await listHandovers(db, [project], now)).toMatchObject([{ author: 'Anna', text: 'Ждём ответ склада по #12' }])
  expect(await listHandovers(db, [], now)).toEqual([])
  await handOver(db, project, 'Всё спокойно', anna, later(8 * 24 * 60))
  expect(await listHandovers(db, [project], now)).toMatchObject([{ text: 'Всё спокойно' }])
})
