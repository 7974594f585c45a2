import { sql } from 'kysely'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { openTestClickhouse, openTestPostgres } from '../../../test/database.ts'
import { startJobs } from '../../base/jobs/jobs.ts'
import { must } from '../../base/errors.ts'
import { first, list } from '../../base/postgres/postgres.ts'
import { barePost } from '../../listen/posts/post.ts'
import { openTicket } from './open.ts'
import { keepDelivering } from './outbox.ts'

test('what a crash left undelivered is delivered at the next start', async () => {
  await using clickhouse = await openTestClickhouse()
  await using postgres = await openTestPostgres()
  const { db } = postgres
  const { id } = must(await first(db, sql<{ id: number }>`insert into project (name) values ('p') returning id`))
  const mention = { ...barePost({ id: 'vk:1', platform: 'vk', text: 'помогите' }), postedAt: new Date() }
  await openTicket(db, id, { mentions: [mention] }, null)
  expect(await list(db, sql`select id from outbox`)).toHaveLength(1)
  await using jobs = await startJobs(postgres, pino({ level: 'silent' }))
  await keepDelivering({ db, clickhouse, jobs })
  expect(await list(db, sql`select id from outbox`)).toEqual([])
})
