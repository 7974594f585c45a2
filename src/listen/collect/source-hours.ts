import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'

export const hourMs = 3_600_000
const keptWeeks = 9

/**
 * Adds new posts to the hours in which they were posted. Undated ones count as posted at `now`, and none lies in the
 * future. Hours that no comparison looks at any more are forgotten.
 */
export async function countHours(
  db: Database,
  source: number,
  posted: readonly (Date | null)[],
  now: Date,
): Promise<void> {
  const oldest = now.getTime() - keptWeeks * 7 * 24 * hourMs
  const hours = new Map<number, number>()
  for (const at of posted) {
    const ms = Math.min(at?.getTime() ?? now.getTime(), now.getTime())
    if (ms < oldest) continue
    const hour = Math.floor(ms / hourMs)
    hours.set(hour, (hours.get(hour) ?? 0) + 1)
  }
  if (hours.size === 0) return
  const starts = [...hours.keys()].map((hour) => new Date(hour * hourMs))
  await sql`
    insert into source_hour (source_id, hour, posts)
    select ${source}, hour, posts from unnest(${starts}::timestamptz[], ${[...hours.values()]}::int[]) as counted (hour, posts)
    on conflict (source_id, hour) do update set posts = source_hour.posts + excluded.posts`.execute(db)
}

/** How many posts of each of these whole hours are known, hours without any left out. */
export async function readHours(db: Database, source: number, from: Date): Promise<Map<number, number>> {
  const rows = await list(
    db,
    sql<{
      hour: Date
      posts: number
    }>`select hour, posts from source_hour where source_id = ${source} and hour >= ${from}`,
  )
  return new Map(rows.map(({ hour, posts }) => [hour.getTime() / hourMs, posts]))
}

export async function forgetOldHours(db: Database, now: Date): Promise<void> {
  await sql`delete from source_hour where hour < ${new Date(now.getTime() - keptWeeks * 7 * 24 * hourMs)}`.execute(db)
}
