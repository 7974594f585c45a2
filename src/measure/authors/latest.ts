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
  const keys = await clickhouse.rows<{ posted_at: string; id_key: string }>(
    `select posted_at, toString(id_key) as id_key
     from (select posted_at, id_key, author_key from mention where ${ofAccounts} limit 1 by id_key)
     order by posted_at desc, id_key
     limit {each:UInt32} by author_key`,
    { project, accounts, each },
  )
  if (keys.length === 0) return []
  // By the key of the table, so that only the pages that hold them are read whole; one that stands there twice comes once.
  const rows = await clickhouse.rows<MentionRow>(
    `select ${mentionColumns}
     from mention
     where project_id = {project:UInt32} and posted_at in {times:Array(DateTime64(3, 'UTC'))}
       and id_key in {ids:Array(UInt64)}
     order by posted_at
     limit 1 by id`,
    {
      project,
      times: [...new Set(keys.map((key) => key.posted_at))],
      ids: keys.map((key) => BigInt(key.id_key)),
    },
  )
  const time = (row: MentionRow) => readMoment(row.posted_at).getTime()
  return rows.toSorted((a, b) => time(b) - time(a) || (a.id < b.id ? -1 : 1)).map(fromRow)
}
