import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { fromRow, mentionColumns, type Mention, type MentionRow } from '../../listen/mentions/mention.ts'
import type { Query } from '../../listen/query/query.ts'
import { compileSql } from '../../listen/query/sql.ts'

/** A mention that is new here, and when it was saved. */
export type Arrived = { mention: Mention; savedMs: number }

type Key = { id: string; at: string; savedMs: number }

/** Posts older than this at their arrival are history that a source or a file brought, and no rule acts on them. */
export const freshDays = 7
// A page may take so long from being collected to being saved; what was collected earlier comes out of the archive.
const underWayMinutes = 10

/**
 * Mentions that arrived after `sinceMs` and may match the query, oldest first, page by page. A topic that is run over the
 * archive makes mentions, too: they have been here all the time, so they have not arrived.
 */
export async function* arrivedSince(
  clickhouse: Clickhouse,
  project: number,
  { query, sinceMs, perPage }: { query: Query; sinceMs: number; perPage: number },
): AsyncGenerator<Key[]> {
  const { where, params } = compileSql(query)
  let after: Pick<Key, 'id' | 'savedMs'> = { id: '', savedMs: sinceMs }
  for (;;) {
    const keys: Key[] = await clickhouse.rows<Key>(
      `select id, any(posted_at) as at, min(toUnixTimestamp64Milli(saved_at)) as savedMs
       from mention
       where project_id = {r_project:UInt32} and posted_at >= {r_fresh:DateTime64(3)}
         and (toUnixTimestamp64Milli(saved_at), id) > ({r_ms:Int64}, {r_id:String})
         and posted_at > saved_at - interval ${freshDays} day
         and collected_at > saved_at - interval ${underWayMinutes} minute
         and (${where})
       group by id
       order by savedMs, id
       limit ${perPage}`,
      {
        ...params,
        r_project: project,
        r_fresh: moment(new Date(sinceMs - freshDays * 86_400_000)),
        r_ms: after.savedMs,
        r_id: after.id,
      },
    )
    if (keys.length > 0) yield keys
    const last = keys.at(-1)
    if (keys.length < perPage || !last) return
    after = last
  }
}

/** The mentions of these keys in their order; one that was removed meanwhile is left out. */
export async function readArrived(clickhouse: Clickhouse, project: number, keys: Key[]): Promise<Arrived[]> {
  if (keys.length === 0) return []
  const rows = await clickhouse.rows<MentionRow>(
    `select ${mentionColumns}
     from mention
     where project_id = {project:UInt32} and posted_at in {times:Array(DateTime64(3, 'UTC'))} and id in {ids:Array(String)}
     order by version desc
     limit 1 by id`,
    { project, times: [...new Set(keys.map(({ at }) => at))], ids: keys.map(({ id }) => id) },
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  return keys.flatMap(({ id, savedMs }) => {
    const row = byId.get(id)
    return row ? [{ mention: fromRow(row), savedMs }] : []
  })
}
