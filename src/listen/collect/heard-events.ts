import { sql } from 'kysely'
import { first, type Database } from '../../base/postgres/postgres.ts'

// Platforms that were not answered tell again for hours, not for days.
const keptMs = 3 * 24 * 3_600_000

/** Whether this was told and saved before. Platforms tell again what they think was lost, also after what followed it. */
export async function wasHeard(db: Database, source: number, event: string): Promise<boolean> {
  const found = await first(
    db,
    sql`select 1 from heard_event where source_id = ${source} and event = ${event.slice(0, 200)}`,
  )
  return found !== null
}

export async function hear(db: Database, source: number, event: string, at: Date): Promise<void> {
  await sql`
    insert into heard_event (source_id, event, heard_at)
    values (${source}, ${event.slice(0, 200)}, ${at})
    on conflict do nothing`.execute(db)
  await sql`
    delete from heard_event
    where source_id = ${source} and heard_at < ${new Date(at.getTime() - keptMs)}`.execute(db)
}
