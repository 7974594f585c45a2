import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { ofAccounts, type Written } from './written.ts'

const newest = 1000

/** Of how many texts we know whether somebody else had published them before. */
export type Copies = { texts: number; copied: number }

/**
 * How many of the newest thousand mentions say what another account of the project had said before, word for word or
 * nearly. Reposts and quotes that the platform shows as such are left out: they do not pretend.
 */
export async function countCopies(
  clickhouse: Clickhouse,
  project: number,
  accounts: string[],
  written: Written[],
): Promise<Copies> {
  const looked = written.slice(-newest).filter(({ kind }) => kind !== 'repost' && kind !== 'quote')
  if (looked.length === 0) return { texts: 0, copied: 0 }
  const rows = await clickhouse.rows<{ cluster: string; first: number }>(
    `select toString(cluster_key) as cluster, toUnixTimestamp(min(posted_at)) as first
     from mention
     where project_id = {project:UInt32}
       and cluster_key in (select arrayJoin(cast({clusters:Array(String)} as Array(UInt64))))
       and not (${ofAccounts})
     group by cluster_key`,
    { project, accounts, clusters: [...new Set(looked.map(({ cluster }) => cluster))] },
  )
  const firstOf = new Map(rows.map(({ cluster, first }) => [cluster, first]))
  return {
    texts: looked.length,
    copied: looked.filter(({ cluster, at }) => (firstOf.get(cluster) ?? Infinity) < at).length,
  }
}
