import { sql } from 'kysely'
import type { HeedEvent } from '../../base/events/events.ts'
import { inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { reportProgress, type Step } from '../../base/progress/progress.ts'
import type { Run } from './run.ts'
import type { CollectWorld } from './world.ts'

/**
 * A page is saved: the place to go on from and the counts move together or not at all, so that a count never tells of
 * a page twice. `place` writes further rows of the same moment. True when somebody asked to stop.
 */
export async function acknowledge(
  world: CollectWorld,
  run: Run,
  data: Run['data'],
  step: Step,
  place: (tx: Database) => Promise<void> = async () => {},
): Promise<boolean> {
  const events: HeedEvent[] = []
  const cancelled = await inTransaction(world.db, async (tx) => {
    await sql`update run set data = ${JSON.stringify(data)}::jsonb, attempts = 0 where progress_id = ${run.progressId}`.execute(
      tx,
    )
    await place(tx)
    return reportProgress(
      tx,
      { ...world.events, publish: async (event) => void events.push(event) },
      run.progressId,
      step,
    )
  })
  // Nobody hears of what was not committed.
  for (const event of events) await world.events.publish(event)
  return cancelled
}
