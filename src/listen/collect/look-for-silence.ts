import { sql } from 'kysely'
import { latencyQuantile } from './latency.ts'
import { hourMs, readHours } from './source-hours.ts'
import { findSilence } from './silence.ts'
import type { Source } from './source.ts'
import type { CollectWorld } from './world.ts'

const atMostEveryMs = 30 * 60_000
const readWeeks = 8

/**
 * Looks whether a source that was just read brings less than usual, and keeps the answer with the source. Hours whose
 * posts may still be on their way, by the latency of this source, are left out; an hour where that is unknown.
 */
export async function lookForSilence(world: CollectWorld, source: Source): Promise<void> {
  const now = world.now()
  // The same source may be looked at again and again without being read anew.
  if (source.measuredAt !== null && now.getTime() - source.measuredAt.getTime() < atMostEveryMs) return
  source.measuredAt = now
  const until = Math.floor((now.getTime() - (latencyQuantile(source.latency, 0.95) ?? hourMs)) / hourMs)
  const from = Math.max(Math.ceil(source.addedAt.getTime() / hourMs), until - readWeeks * 7 * 24)
  const counts = await readHours(world.db, source.id, new Date(from * hourMs))
  const silence = findSilence(counts, { from, until })
  await sql`
    update source
    set measured_at = ${now}, silence = ${silence === null ? null : JSON.stringify(silence)}::jsonb
    where id = ${source.id}`.execute(world.db)
}
