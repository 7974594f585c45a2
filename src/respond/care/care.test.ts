import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestPostgres } from '../../../test/database.ts'
import { must } from '../../base/errors.ts'
import { first, list, type Database, type Postgres } from '../../base/postgres/postgres.ts'
import { countRead, exposureOf, exposureOfTeam, listTired } from './exposure.ts'
import { forgetInCare, forgetOldReads } from './forget.ts'
import { findLimit, setLimit } from './limit.ts'

let postgres: Postgres
let db: Database
let project = 0
// Half past one in the night of Moscow, so still the day before in UTC.
const now = new Date('2026-11-21T22:30:00Z')
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000)

beforeAll(async () => {
  postgres = await openTestPostgres()
  db = postgres.db
})
afterAll(() => postgres[Symbol.asyncDispose]())
beforeEach(async () => {
  await sql`delete from member`.execute(db)
  await sql`
    insert into member (id, name, email) values ('m1', 'Anna', 'anna@heed.test'), ('m2', 'Boris', 'boris@heed.test')`.execute(
    db,
  )
  project = await addProject('Europe/Moscow')
})

async function addProject(zone: string): Promise<number> {
  const { id } = must(
    await first(db, sql<{ id: number }>`insert into project (name, time_zone) values ('p', ${zone}) returning id`),
  )
  await sql`insert into membership (member_id, project_id, role) values ('m1', ${id}, 'moderator'), ('m2', ${id}, 'moderator')`.execute(
    db,
  )
  return id
}

const read = (mention: string, at = now, member = 'm1', where = project) =>
  countRead(db, { member, project: where, mention, now: at })
const mine = (at = now, where: number | null = project) => exposureOf(db, { member: 'm1', project: where, now: at })

test('a text counts once a day, and the day begins at midnight of the project', async () => {
  await read('vk:1', hours(-2))
  for (const mention of ['vk:1', 'vk:1', 'vk:2']) await read(mention)
  await Promise.all([read('vk:3'), read('vk:3')])
  // An hour and a half before it was yesterday in Moscow.
  expect(await mine()).toEqual({ today: 3, week: 4 })
  expect(await mine(hours(23))).toEqual({ today: 0, week: 4 })
  expect(await mine(hours(24 * 6))).toEqual({ today: 0, week: 3 })
  expect(await mine(hours(24 * 7))).toEqual({ today: 0, week: 0 })
})

test('one’s own count goes over all projects, that of a team over everybody in it', async () => {
  const other = await addProject('UTC')
  await read('vk:1')
  await read('vk:1', now, 'm2')
  await read('vk:2', now, 'm1', other)
  expect(await mine(now, null)).toEqual({ today: 2, week: 2 })
  expect(await exposureOfTeam(db, project, now)).toEqual({ today: 2, week: 2 })
})

test('whoever reaches what a shift may hold is asked to rest once a day, also by two texts at once', async () => {
  await setLimit(db, project, 3)
  expect([await read('vk:1'), await read('vk:2')].map(({ tell }) => tell)).toEqual([false, false])
  const atOnce = await Promise.all(['vk:3', 'vk:4'].map((id) => read(id)))
  // Whichever of the two was counted first.
  expect(atOnce.filter(({ tell }) => tell)).toHaveLength(1)
  expect((await read('vk:5')).tell).toBe(false)
  expect(await listTired(db, project, now)).toEqual([{ name: 'Anna', at: now }])
  const tomorrow = hours(24)
  expect(await listTired(db, project, tomorrow)).toEqual([])
  for (const id of ['vk:1', 'vk:2']) await read(id, tomorrow)
  expect((await read('vk:3', tomorrow)).tell).toBe(true)
})

test('without a limit nobody is asked, and a lower one asks at the next text', async () => {
  for (let n = 0; n < 20; n += 1) expect((await read(`vk:${n}`)).tell).toBe(false)
  await setLimit(db, project, 5)
  expect(await read('vk:99')).toEqual({ today: 21, limit: 5, tell: true })
  await setLimit(db, project, null)
  expect(await findLimit(db, project)).toBeNull()
})

test('what was counted goes after nine days, with the member, and when they leave the project', async () => {
  await setLimit(db, project, 1)
  const rows = async () => {
    const kept = await list(
      db,
      sql<{ memberId: string }>`
        select member_id from toxic_read where project_id = ${project}
        union all select member_id from rest_told where project_id = ${project}`,
    )
    return kept.map(({ memberId }) => memberId).toSorted()
  }
  await read('vk:1', hours(-24 * 11))
  await read('vk:2', hours(-24 * 6))
  await read('vk:3', now, 'm2')
  await forgetOldReads(db, now)
  expect(await rows()).toEqual(['m1', 'm1', 'm2', 'm2'])
  await sql`delete from membership where member_id = 'm1' and project_id = ${project}`.execute(db)
  await forgetOldReads(db, now)
  expect(await rows()).toEqual(['m2', 'm2'])
  await sql`delete from member where id = 'm2'`.execute(db)
  expect(await rows()).toEqual([])
})

test('when the author is forgotten, it stays that something was read, and not what', async () => {
  await read('vk:1')
  await read('vk:2')
  await forgetInCare(db, project, ['vk:1'])
  expect(await mine()).toEqual({ today: 2, week: 2 })
  const kept = await list(
    db,
    sql<{ mentionId: string }>`select mention_id from toxic_read where project_id = ${project}`,
  )
  expect(kept.map(({ mentionId }) => mentionId)).not.toContain('vk:1')
})
