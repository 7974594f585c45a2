import { sql } from 'kysely'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migratePostgres } from '../src/base/postgres/migrate.ts'
import { must } from '../src/base/errors.ts'
import { first, type Database, openPostgres } from '../src/base/postgres/postgres.ts'
import { addWorkingTime } from '../src/respond/clocks/working-time.ts'
import { sweepPromises } from '../src/respond/tickets/sweep.ts'
import { quantile, tell, type Row } from './table.ts'

const tickets = 1_000_000
const due = 1_000
const rounds = 9
const begin = Date.UTC(2026, 4, 11, 9)

/** The sweep over a million running promises of which a thousand have come, on the embedded engine; processor time, median. */
export async function clocks(): Promise<Row[]> {
  const dir = await mkdtemp(join(tmpdir(), 'heed-bench-'))
  const postgres = await openPostgres({ dir: join(dir, 'postgres') })
  try {
    await migratePostgres(postgres.pool)
    const project = await fill(postgres.db)
    const times: number[] = []
    for (let round = 1; round <= rounds; round++) {
      const begun = process.cpuUsage()
      const rang = await sweepPromises(postgres.db, new Date(begin + round * 60_000))
      const { user, system } = process.cpuUsage(begun)
      if (rang.length !== due) throw new Error(`${rang.length} tickets of project ${project} rang instead of ${due}`)
      times.push((user + system) / 1000)
    }
    const idle: number[] = []
    for (let round = 0; round < rounds; round++) {
      const begun = process.cpuUsage()
      await sweepPromises(postgres.db, new Date(begin + rounds * 60_000))
      const { user, system } = process.cpuUsage(begun)
      idle.push((user + system) / 1000)
    }
    return [
      row('sweep over 1,000,000 tickets, 1,000 due: found, told and written', 50, quantile(times, 0.5)),
      row('sweep over 1,000,000 tickets, none due', 5, quantile(idle, 0.5)),
      row('1,000 due moments in working time, a week ahead', 50, workingTimes()),
    ]
  } finally {
    await postgres[Symbol.asyncDispose]()
    await rm(dir, { recursive: true, force: true })
  }
}

/** One promise a ticket; a thousand of them end with each minute, the others far away. */
async function fill(db: Database): Promise<number> {
  const { id } = must(await first(db, sql<{ id: number }>`insert into project (name) values ('bench') returning id`))
  for (let from = 0; from < tickets; from += 100_000) {
    await sql`
      insert into ticket (project_id, title)
      select ${id}, 'Ticket ' || n from generate_series(${from + 1}::int, ${from + 100_000}::int) n`.execute(db)
  }
  await sql`
    insert into ticket_clock (project_id, ticket_id, kind, minutes, around_the_clock, steps, began_at, running_since, due_at)
    select ${id}, id, 'first', 60, true, '[]', at - interval '1 hour', at - interval '1 hour', at
    from (
      select id, ${new Date(begin)}::timestamptz
        + case when id <= ${rounds * due} then ((id - 1) / ${due}::int + 1) * interval '1 minute' else interval '30 days' + id * interval '1 second' end as at
      from ticket
    ) t`.execute(db)
  await sql`
    insert into ticket_clock_told (clock_id, project_id, ticket_id, kind, ahead, tells, next_at)
    select id, project_id, ticket_id, kind, array[due_at], array['missed'], due_at from ticket_clock`.execute(db)
  await sql`analyze`.execute(db)
  return id
}

function workingTimes(): number {
  const office = [
    { from: 540, to: 780 },
    { from: 840, to: 1080 },
  ]
  const calendar = { timeZone: 'Europe/Moscow', week: [office, office, office, office, office, [], []], exceptions: [] }
  const times = Array.from({ length: rounds }, () => {
    const begun = process.cpuUsage()
    for (let i = 0; i < 1000; i++) addWorkingTime(calendar, new Date(begin + i * 977_000), 2_400 * 60_000)
    const { user, system } = process.cpuUsage(begun)
    return (user + system) / 1000
  })
  return quantile(times, 0.5)
}

function row(what: string, most: number, measured: number): Row {
  return { what, wanted: `≤ ${most}`, measured, unit: 'ms', ok: measured <= most }
}

if (import.meta.main) await tell(clocks)
