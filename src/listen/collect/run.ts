import { sql } from 'kysely'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { endProgress, startProgress, type Progress } from '../../base/progress/progress.ts'
import { runBackfill } from './backfill.ts'
import { runImport } from './import.ts'
import { withLease } from './lease.ts'
import { runReplay } from './replay.ts'
import { runSample } from './sample.ts'
import { backoffMs } from './rhythm.ts'
import { localeOf, told } from './told.ts'
import { sweepUploads } from './uploads.ts'
import type { CollectWorld } from './world.ts'

/**
 * Long work on a project's mentions: watched through its progress, done by whichever process is free, and taken up
 * again where it stopped when that process dies. It is kept here and not in the job queue, because a queue takes a
 * killed worker's job for running until its time is over, and a lease ends within a minute.
 */
export type Run = {
  progressId: string
  projectId: number
  kind: RunKind
  data: { [name: string]: string | number | boolean | null }
  attempts: number
}
export type RunKind = 'import' | 'sample' | 'replay' | 'backfill'

/** How a run ended. `stopped` has not: this process closes, and another goes on. */
export type RunEnd = { kind: 'done' } | { kind: 'cancelled' } | { kind: 'failed'; error: string } | { kind: 'stopped' }

const mostAttempts = 5

const runners: { [kind in RunKind]: (world: CollectWorld, run: Run, signal: AbortSignal) => Promise<RunEnd> } = {
  import: runImport,
  sample: runSample,
  replay: runReplay,
  backfill: runBackfill,
}

/** Inside a transaction of the caller, what the run needs is kept together with it. */
export async function beginRun(
  db: Database,
  project: number,
  run: { kind: RunKind; title: string; data: Run['data'] },
): Promise<Progress> {
  return inTransaction(db, async (tx) => {
    const progress = await startProgress(tx, project, run)
    await sql`
      insert into run (progress_id, project_id, kind, data)
      values (${progress.id}, ${project}, ${run.kind}, ${JSON.stringify(run.data)}::jsonb)`.execute(tx)
    return progress
  })
}

/** Runs that have not ended and whose time has come, the oldest first. */
export async function listOpenRuns(db: Database): Promise<Run[]> {
  return list(
    db,
    sql<Run>`
      select r.progress_id, r.project_id, r.kind, r.data, r.attempts
      from run r
      join progress p on p.id = r.progress_id
      where p.ended_at is null and r.not_before <= now()
      order by r.created_at`,
  )
}

export async function findOpenRun(db: Database, project: number, kind: RunKind): Promise<Run | null> {
  return first(
    db,
    sql<Run>`
      select r.progress_id, r.project_id, r.kind, r.data, r.attempts
      from run r
      join progress p on p.id = r.progress_id
      where p.ended_at is null and r.project_id = ${project} and r.kind = ${kind}
      order by r.created_at
      limit 1`,
  )
}

/** Works on it until it ends or the signal aborts, unless somebody else does. */
export async function workOnRun(world: CollectWorld, run: Run, signal: AbortSignal): Promise<void> {
  await withLease(world.db, `run:${run.progressId}`, async (lost) => {
    // It may have ended between the look at the list and the lease.
    const open = await first(world.db, sql`select 1 from progress where id = ${run.progressId} and ended_at is null`)
    if (!open) return
    try {
      await end(world, run, await runners[run.kind](world, run, AbortSignal.any([signal, lost])))
    } catch (error) {
      world.log.error(
        { run: run.progressId, error: error instanceof Error ? error.stack : String(error) },
        'a run failed and will be tried again',
      )
      await fail(world, run)
    }
    if (run.kind === 'import') await sweepUploads(world)
  })
}

async function end(world: CollectWorld, run: Run, how: RunEnd): Promise<void> {
  switch (how.kind) {
    case 'stopped':
      return
    case 'failed':
      return endProgress(world.db, world.events, run.progressId, { state: 'failed', error: how.error })
    case 'done':
    case 'cancelled':
      return endProgress(world.db, world.events, run.progressId, { state: how.kind })
  }
}

async function fail(world: CollectWorld, run: Run): Promise<void> {
  const row = await first(
    world.db,
    sql<{ attempts: number }>`
      update run
      set attempts = attempts + 1, not_before = now() + ${`${backoffMs(run.attempts + 1) / 10} milliseconds`}::interval
      where progress_id = ${run.progressId}
      returning attempts`,
  )
  if (row && row.attempts >= mostAttempts) {
    await endProgress(world.db, world.events, run.progressId, {
      state: 'failed',
      error: told('our-mistake', localeOf(run.data)),
    })
  }
}
