import { sql } from 'kysely'
import { readMoment } from '../../base/clickhouse/moment.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { inTransaction, list, type Database } from '../../base/postgres/postgres.ts'

export type Removal = {
  /** The project whose source tells of it; null: a source of all projects, which speaks for all of them. */
  project: number | null
  platform: string
  ids: string[]
  authors: string[]
  at: Date
}

/**
 * Takes out what was deleted where it was published: mentions, archived posts, their counts and the copies in golden sets.
 * Lists and numbers follow at once, because nothing is left to leave out; the bytes go when the engine joins parts, and
 * the prints, which nobody can read back, after their 30 days. That there was a mention, and when it went, stays known.
 * Doing it twice changes nothing. Returns the removed mentions by project.
 */
export async function removePosts(
  { db, clickhouse }: { db: Database; clickhouse: Clickhouse },
  { project, platform, ids, authors, at }: Removal,
): Promise<Map<number, string[]>> {
  const params = { project: project ?? 0, platform, ids, authors }
  const whose = project === null ? '' : 'project_id = {project:UInt32} and'
  const written = 'platform = {platform:String} and author_id in {authors:Array(String)}'
  const which = [ids.length > 0 && 'id in {ids:Array(String)}', authors.length > 0 && `(${written})`]
  const where = `${whose} (${which.filter((one) => one !== false).join(' or ') || 'false'})`
  const mentions = await clickhouse.rows<{ project_id: number; id: string; platform: string; posted_at: string }>(
    // In the order of projects, because each is locked on the way.
    `select distinct project_id, id, platform, posted_at from mention where ${where} order by project_id`,
    params,
  )
  const archived = await clickhouse.rows<{ id: string }>(`select distinct id from archive where ${where}`, params)
  if (mentions.length + archived.length === 0) return new Map()

  await inTransaction(db, async (tx) => {
    for (const { project_id, id, ...known } of mentions) {
      await sql`
        insert into removed_mention (project_id, mention_id, platform, posted_at, removed_at)
        values (${project_id}, ${id}, ${known.platform}, ${readMoment(known.posted_at)}, ${at})
        on conflict (project_id, mention_id) do update set removed_at = excluded.removed_at`.execute(tx)
    }
    for (const [owner, gone] of Map.groupBy(mentions, (row) => row.project_id)) {
      await sql`
        delete from golden_mark
        where mention_id = any(${gone.map(({ id }) => id)}::text[])
          and topic_id in (select id from topic where project_id = ${owner})`.execute(tx)
    }
  })
  // Mentions last: whoever is interrupted finds them still there and does it again.
  const gone = { ...params, ids: [...new Set([...mentions, ...archived].map(({ id }) => id))] }
  const counted = await clickhouse.row('select 1 from engagement where id in {ids:Array(String)} limit 1', gone)
  for (const [table, owned, isThere] of [
    ['engagement', '', counted !== null],
    ['archive', whose, archived.length > 0],
    ['mention', whose, mentions.length > 0],
  ] as const) {
    if (isThere)
      await clickhouse.command(`delete from ${table} where ${owned} id in {ids:Array(String)} ${lightly}`, gone)
  }
  return new Map(
    [...Map.groupBy(mentions, (row) => row.project_id)].map(([owner, rows]) => [owner, rows.map(({ id }) => id)]),
  )
}

// Marks the rows without writing their parts anew, for a fifth of the processor's time.
export const lightly = `settings lightweight_delete_mode = 'lightweight_update'`

export type RemovedMention = { mentionId: string; platform: string; postedAt: Date; removedAt: Date }

/** Those of these mentions that were deleted where they were published, in the order in which they were posted. */
export async function listRemoved(db: Database, project: number, ids: string[]): Promise<RemovedMention[]> {
  if (ids.length === 0) return []
  return list(
    db,
    sql<RemovedMention>`
      select mention_id, platform, posted_at, removed_at
      from removed_mention
      where project_id = ${project} and mention_id = any(${ids}::text[])
      order by posted_at, mention_id`,
  )
}

/**
 * Ids of what was removed since this moment on a platform, in a project or (null) in all of them. Ten minutes more, for what
 * was removed while somebody was reading, and for clocks that differ.
 */
export async function listRemovedSince(
  db: Database,
  { project, platform, since }: { project: number | null; platform: string; since: Date },
): Promise<string[]> {
  const rows = await list(
    db,
    sql<{ id: string }>`
      select distinct mention_id as id
      from removed_mention
      where platform = ${platform}
        and removed_at > ${since}::timestamptz - interval '10 minutes'
        and (${project}::integer is null or project_id = ${project})`,
  )
  return rows.map(({ id }) => id)
}

/** When a mention was deleted where it was published; null where it was not. */
export async function findRemoval(db: Database, project: number, id: string): Promise<Date | null> {
  const [removed] = await listRemoved(db, project, [id])
  return removed?.removedAt ?? null
}
