import { inTransaction, type Database } from '../../base/postgres/postgres.ts'
import type { Progress } from '../../base/progress/progress.ts'
import { runBackfill as runOver } from '../topics/backfill.ts'
import { saveBackfill, type Topic } from '../topics/topic.ts'
import { beginRun, type Run, type RunEnd } from './run.ts'
import type { CollectWorld } from './world.ts'

/** Asks for a run of the topic over everything already collected; its progress stands in the topic. */
export async function startBackfill(db: Database, topic: Topic): Promise<Progress> {
  return inTransaction(db, async (tx) => {
    const progress = await beginRun(tx, topic.projectId, {
      kind: 'backfill',
      title: topic.name,
      data: { topic: topic.id },
    })
    await saveBackfill(tx, topic.id, progress.id)
    return progress
  })
}

export async function runBackfill(world: CollectWorld, run: Run, signal: AbortSignal): Promise<RunEnd> {
  return {
    kind: await runOver(
      world,
      { project: run.projectId, topic: Number(run.data['topic']), progress: run.progressId },
      signal,
    ),
  }
}
