import { sql } from 'kysely'
import { first, list, type Database } from '../../base/postgres/postgres.ts'

/**
 * How far the rules of a project have come: among mentions by when they were saved, among lines of histories and among what
 * happened by their numbers.
 */
export type Cursor = { savedMs: number; eventId: number; happeningId: number }

/** The projects that have a rule switched on. */
export async function listRuled(db: Database): Promise<number[]> {
  const rows = await list(
    db,
    sql<{ projectId: number }>`
      select distinct project_id from rule where on_since is not null and not retired order by project_id`,
  )
  return rows.map(({ projectId }) => projectId)
}

/** The first rule of a project that is switched on begins with what happens from now on; a further one finds the others at work. */
export async function beginAt(tx: Database, project: number, now: Date): Promise<void> {
  await sql`
    insert into rule_cursor (project_id, saved_ms, event_id, happening_id)
    select ${project}::int, ${now.getTime()}::bigint,
      (select coalesce(max(id), 0) from ticket_event where project_id = ${project}),
      (select coalesce(max(id), 0) from happening where project_id = ${project})
    on conflict (project_id) do update
    set saved_ms = excluded.saved_ms, event_id = excluded.event_id, happening_id = excluded.happening_id
      where not exists (
        select from rule where project_id = ${project} and on_since is not null and not retired
      )`.execute(tx)
}

export async function findCursor(db: Database, project: number): Promise<Cursor | null> {
  return first(db, sql<Cursor>`select saved_ms, event_id, happening_id from rule_cursor where project_id = ${project}`)
}

export async function moveCursor(db: Database, project: number, to: Partial<Cursor>): Promise<void> {
  await sql`
    update rule_cursor
    set saved_ms = coalesce(${to.savedMs ?? null}::bigint, saved_ms),
      event_id = coalesce(${to.eventId ?? null}::bigint, event_id),
      happening_id = coalesce(${to.happeningId ?? null}::bigint, happening_id)
    where project_id = ${project}`.execute(db)
}
