import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { readMoment } from '../../base/clickhouse/moment.ts'
import { fromRow, mentionColumns, type Mention, type MentionRow } from '../../listen/mentions/mention.ts'
import { ofAccounts } from './written.ts'

/** Up to `each` of the newest mentions of every one of these accounts, newest first, with their words. */
export async function listLatest(
  clickhouse: Clickhouse,
  project: number,
  accounts: string[],
  each: number,
): Promise<Mention[]> {
  if (accounts.length === 0) return []
  const keys = await clickhouse.rows<{ posted_at: string; id: string }>(
    `select posted_at, id
     from (select posted_at, id, author_key from mention where ${ofAccounts} limit 1 by id)
     order by posted_at desc, id
     limit {each:UInt32} by author_key`,
    { project, accounts, each },
  )
  if (keys.length === 0) return []
  // By the key of the table, so that only the pages that hold them are read whole.
  const moments = [...new Set(keys.map((key) => key.posted_at))]
  const rows = await clickhouse.rows<MentionRow>(
    `select ${mentionColumns}
     from mention final
     where project_id = {project:UInt32} and id in {ids:Array(String)}
       and posted_at in (${moments.map((_, i) => `{at_${i}:DateTime64(3)}`).join(', ')})`,
    {
      project,
      ids: keys.map((key) => key.id),
      ...Object.fromEntries(moments.map((at, i) => [`at_${i}`, at])),
    },
  )
  const time = (row: MentionRow) => readMoment(row.posted_at).getTime()
  return rows.toSorted((a, b) => time(b) - time(a) || (a.id < b.id ? -1 : 1)).map(fromRow)
}
