import { sql } from 'kysely'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migratePostgres } from '../src/base/postgres/migrate.ts'
import { list, type Database, openPostgres } from '../src/base/postgres/postgres.ts'
import { listShift } from '../src/respond/tickets/shift.ts'
import { processorRow, tell, type Row } from './table.ts'

const tickets = 100_000
const projects = 12
const rounds = 60
const begin = Date.UTC(2026, 4, 11, 9)

/** The queue of a shift over a hundred thousand open tickets of twelve projects, on the embedded engine; processor time. */
export async function shift(): Promise<Row[]> {
  const dir = await mkdtemp(join(tmpdir(), 'heed-bench-'))
  const postgres = await openPostgres({ dir: join(dir, 'postgres') })
  try {
    await migratePostgres(postgres.pool)
    const { db } = postgres
    const all = await fill(db)
    const now = new Date(begin)
    const page = (after: string | null, assignee?: string | null) =>
      listShift(db, all, { assignee, after, limit: 50, now })
    const deep = await deepIn(page)
    return [
      await processorRow('first page of the queue, 100,000 open tickets', 100, rounds, () => page(null)),
      await processorRow('first page of those without an owner', 100, rounds, () => page(null, null)),
      await processorRow('the hundredth page', 100, rounds, () => page(deep)),
    ]
  } finally {
    await postgres[Symbol.asyncDispose]()
    await rm(dir, { recursive: true, force: true })
  }
}

async function fill(db: Database): Promise<number[]> {
  const made = await list(
    db,
    sql<{
      id: number
    }>`insert into project (name) select 'Client ' || n from generate_series(1, ${projects}::int) n returning id`,
  )
  await sql`insert into member (id, name, email) select 'm' || n, 'Member ' || n, 'm' || n || '@x' from generate_series(0, 19) n`.execute(
    db,
  )
  await sql`
    insert into ticket (project_id, title, assignee, hurts_at)
    select ${made[0]?.id ?? 0} + n % ${projects}, 'Ticket ' || n, case when n % 4 = 0 then null else 'm' || n % 20 end,
      case when n % 10 = 0 then 'infinity' else ${new Date(begin)}::timestamptz + (n * 7919 % 500000 - 5000) * interval '1 second' end
    from generate_series(1, ${tickets}::int) n`.execute(db)
  await sql`
    insert into ticket_mention (ticket_id, project_id, mention_id, posted_at)
    select id, project_id, 'vk:' || id, opened_at from ticket`.execute(db)
  await sql`analyze`.execute(db)
  return made.map(({ id }) => id)
}

async function deepIn(page: (after: string | null) => Promise<{ next: string | null }>): Promise<string | null> {
  let after: string | null = null
  for (let i = 0; i < 99; i++) after = (await page(after)).next
  return after
}

if (import.meta.main) await tell(shift)
