import { sql } from 'kysely'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import type { Step } from './policy.ts'

/** For so long after somebody wrote their platform takes a reply, by day and by night. */
export type Window = { platform: string; minutes: number }

/** Nobody can answer once it is closed, so people are called before its end and not after it. */
export const windowSteps: Step[] = [
  { share: 0.75, to: 'assignee' },
  { share: 0.9, to: 'manager' },
]

export async function listWindows(db: Database, project: number): Promise<Window[]> {
  return list(
    db,
    sql<Window>`select platform, minutes from reply_window where project_id = ${project} order by platform`,
  )
}

/** These and no others; windows that are open stay as they are. */
export async function setWindows(tx: Database, project: number, windows: Window[]): Promise<void> {
  await sql`delete from reply_window where project_id = ${project}`.execute(tx)
  await sql`
    insert into reply_window (project_id, platform, minutes)
    select ${project}, platform, minutes
    from unnest(${windows.map(({ platform }) => platform)}::text[], ${windows.map(({ minutes }) => minutes)}::int[]) as w (platform, minutes)
    on conflict (project_id, platform) do update set minutes = excluded.minutes`.execute(tx)
}

/** The window that what they wrote last opened; null: their platform has none. */
export async function findWindow(
  tx: Database,
  { id, projectId }: { id: number; projectId: number },
): Promise<{ minutes: number; saidAt: Date } | null> {
  return first(
    tx,
    sql<{ minutes: number; saidAt: Date }>`
      select w.minutes, m.posted_at as said_at
      from ticket_mention m
      join reply_window w on w.project_id = m.project_id and w.platform = split_part(m.mention_id, ':', 1)
      where m.ticket_id = ${id} and m.project_id = ${projectId}
      order by m.posted_at desc
      limit 1`,
  )
}
