import { sql } from 'kysely'
import { must } from '../errors.ts'
import type { Events } from '../events/events.ts'
import { first, list, type Database } from '../postgres/postgres.ts'

/** Work that goes on in the background: how far it is, what failed, how it ended. Survives a restart. */
export type Progress = {
  id: string
  projectId: number
  kind: ProgressKind
  title: string
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  step: ProgressStep | null
  total: number | null
  done: number
  saved: number
  unmatched: number
  failures: Failure[]
  failureCount: number
  error: string | null
  cancelAsked: boolean
  startedAt: Date | null
  endedAt: Date | null
}
export type ProgressKind = 'import' | 'sample' | 'backfill' | 'replay'
export type ProgressStep = 'read' | 'match' | 'enrich' | 'save'
export type Failure = { row: number; reason: string }

export async function startProgress(
  db: Database,
  project: number,
  work: { kind: ProgressKind; title: string },
): Promise<Progress> {
  const row = await first(
    db,
    sql<Progress>`insert into progress (id, project_id, kind, title) values (${crypto.randomUUID()}, ${project}, ${work.kind}, ${work.title}) returning *`,
  )
  return must(row)
}

export async function findProgress(db: Database, project: number, id: string): Promise<Progress | null> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return null
  return first(db, sql<Progress>`select * from progress where id = ${id} and project_id = ${project}`)
}

/** Running work first, then the newest twenty that ended. */
export async function listProgress(db: Database, project: number): Promise<Progress[]> {
  return list(
    db,
    sql<Progress>`
      select * from progress
      where project_id = ${project}
      order by ended_at is not null, created_at desc
      limit 20`,
  )
}

/** The work stops at its next page; what it has saved stays. */
export async function askToCancel(db: Database, project: number, id: string): Promise<void> {
  await sql`update progress set cancel_asked = true where id = ${id} and project_id = ${project} and ended_at is null`.execute(
    db,
  )
}

/** The work begins anew, as after a crash when it cannot go on in the middle: its counts begin anew too. */
export async function restartProgress(db: Database, id: string): Promise<void> {
  await sql`update progress set done = 0, saved = 0, unmatched = 0, failures = '[]', failure_count = 0 where id = ${id}`.execute(
    db,
  )
}

export type Step = {
  step?: ProgressStep
  total?: number
  done?: number
  saved?: number
  unmatched?: number
  failures?: Failure[]
}

/**
 * Counts on: `done`, `saved` and `unmatched` are added to what is there, so a restarted job goes on counting.
 * Keeps the first 100 failures and the number of all. True when somebody asked to stop.
 */
export async function reportProgress(db: Database, events: Events, id: string, step: Step): Promise<boolean> {
  const failures = step.failures ?? []
  const row = must(
    await first(
      db,
      sql<{ projectId: number; cancelAsked: boolean }>`
        update progress set
          state = 'running',
          started_at = coalesce(started_at, now()),
          step = coalesce(${step.step ?? null}, step),
          total = coalesce(${step.total ?? null}, total),
          done = done + ${step.done ?? 0},
          saved = saved + ${step.saved ?? 0},
          unmatched = unmatched + ${step.unmatched ?? 0},
          failures = case when jsonb_array_length(failures) >= 100 then failures
            else failures || ${JSON.stringify(failures.slice(0, 100))}::jsonb end,
          failure_count = failure_count + ${failures.length}
        where id = ${id}
        returning project_id, cancel_asked`,
    ),
    'progress',
  )
  await events.publish({ project: row.projectId, kind: 'progress', job: id })
  return row.cancelAsked
}

export async function endProgress(
  db: Database,
  events: Events,
  id: string,
  end: { state: 'done' | 'cancelled' } | { state: 'failed'; error: string },
): Promise<void> {
  const row = await first(
    db,
    sql<{ projectId: number }>`
      update progress set state = ${end.state}, step = null, error = ${end.state === 'failed' ? end.error : null},
        started_at = coalesce(started_at, now()), ended_at = now()
      where id = ${id}
      returning project_id`,
  )
  if (row) await events.publish({ project: row.projectId, kind: 'progress', job: id })
}
