import { sql } from 'kysely'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migratePostgres } from '../src/base/postgres/migrate.ts'
import { must } from '../src/base/errors.ts'
import { first, openPostgres, type Database } from '../src/base/postgres/postgres.ts'
import type { Cohort } from '../src/measure/service/cohort.ts'
import { countService, listCounted } from '../src/measure/service/figures.ts'
import { countHours } from '../src/measure/service/hours.ts'
import { countLoad } from '../src/measure/service/load.ts'
import { followDesk } from '../src/respond/outcome/follow.ts'
import { processorRow, tell, type Row } from './table.ts'

const tickets = 100_000
const rounds = 21
const day = 86_400_000
const begin = Date.UTC(2026, 0, 1)

/** The first screen of the figures over a hundred thousand tickets of one project, on the embedded engine; processor time. */
export async function service(): Promise<Row[]> {
  const dir = await mkdtemp(join(tmpdir(), 'heed-bench-'))
  const postgres = await openPostgres({ dir: join(dir, 'postgres') })
  try {
    await migratePostgres(postgres.pool)
    const { db } = postgres
    const project = await fill(db)
    const asked = { project, platform: null, queue: null, member: null, tickets: null }
    const month = { ...asked, from: new Date(begin + 337 * day), to: new Date(begin + 365 * day) }
    const year = { ...asked, from: new Date(begin), to: new Date(begin + 365 * day) }
    const screen = async (cohort: Cohort) => {
      const length = cohort.to.getTime() - cohort.from.getTime()
      const before = { ...cohort, from: new Date(cohort.from.getTime() - length), to: cohort.from }
      await followDesk(db, project, cohort.to)
      for (const one of [cohort, before]) {
        await countService(db, one)
        await countHours(db, one, { from: '2026-12-01', to: '2026-12-28' })
      }
      await countLoad(db, cohort)
    }
    return [
      await processorRow('first screen of the figures, 100,000 tickets, 28 days of a year', 300, rounds, () =>
        screen(month),
      ),
      await processorRow('the same, all 100,000 in the period', 300, rounds, () => screen(year)),
      await processorRow('the tickets behind a figure, first page of 100,000', 100, rounds, () =>
        listCounted(db, year, 'first-missed', { before: null, limit: 50 }),
      ),
    ]
  } finally {
    await postgres[Symbol.asyncDispose]()
    await rm(dir, { recursive: true, force: true })
  }
}

async function fill(db: Database): Promise<number> {
  const { id } = must(await first(db, sql<{ id: number }>`insert into project (name) values ('bench') returning id`))
  await sql`insert into member (id, name, email) select 'm' || n, 'Member ' || n, 'm' || n || '@x' from generate_series(0, 19) n`.execute(
    db,
  )
  await sql`
    insert into ticket (project_id, title, opened_at, platform, assignee)
    select ${id}, 'Ticket ' || n, ${new Date(begin)}::timestamptz + n * interval '315 seconds', 'vk', 'm' || n % 20
    from generate_series(1, ${tickets}::int) n`.execute(db)
  await sql`
    insert into service_ticket
    select id, project_id, opened_at, platform, null, assignee, 'solved', 2, 1, opened_at,
      case when id % 7 > 0 then id::bigint * 7919 % 20000000 end, case when id % 7 > 0 then id::bigint * 7907 % 9000000 end,
      case when id % 3 > 0 then id::bigint * 7919 % 500000000 end, case when id % 3 > 0 then id::bigint * 7907 % 90000000 end,
      case when id % 10 = 0 then 'missed' when id % 2 = 0 then 'kept' end, case when id % 9 = 0 then 'missed' when id % 2 = 0 then 'kept' end,
      case when id % 10 = 0 then 1 else 0 end,
      case when id % 5 = 0 then 'satisfied' when id % 6 = 0 then 'unsatisfied' when id % 2 = 0 then 'silent' end
    from ticket`.execute(db)
  await sql`
    insert into work_minutes (project_id, ticket_id, member_id, member, minutes, day, noted_at)
    select ${id}, id, assignee, assignee, 15, opened_at::date, opened_at from ticket where id % 4 = 0`.execute(db)
  await sql`analyze`.execute(db)
  return id
}

if (import.meta.main) await tell(service)
