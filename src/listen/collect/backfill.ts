import { inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { askToCancel, type Progress } from '../../base/progress/progress.ts'
import { runBackfill as runOver } from '../topics/backfill.ts'
import { saveBackfill, type Topic } from '../topics/topic.ts'
import { withLease } from './lease.ts'
import { beginRun, type Run, type RunEnd } from './run.ts'
import type { CollectWorld } from './world.ts'

/**
 * Asks for a run of the topic over everything already collected; its progress stands in the topic. An earlier run of the
 * topic that still goes on is told to stop.
 */
export async function startBackfill(db: Database, topic: Topic): Promise<Progress> {
  return inTransaction(db, async (tx) => {
    if (topic.backfill !== null) await askToCancel(tx, topic.projectId, topic.backfill)
    const progress = await beginRun(tx, topic.projectId, {
      kind: 'backfill',
      title: topic.name,
      data: { topic: topic.id },
    })
    await saveBackfill(tx, topic.id, progress.id)
    return progress
  })
}

/** One run of a topic at a time, or an older one would put back what a newer one has taken away. */
export async function runBackfill(world: CollectWorld, run: Run, signal: AbortSignal): Promise<RunEnd> {
  const topic = Number(run.data['topic'])
  const job = { project: run.projectId, topic, progress: run.progressId }
  const ran = await withLease(world.db, `backfill:${topic}`, (lost) =>
    runOver(world, job, AbortSignal.any([signal, lost])),
  )
  return { kind: ran.kind === 'taken' ? 'stopped' : ran.result }
}
