import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'

/** How many mentions of a project each of its sources has brought. */
export async function countBySource(
  clickhouse: Clickhouse,
  project: number,
  sources: number[],
): Promise<Map<number, number>> {
  if (sources.length === 0) return new Map()
  const rows = await clickhouse.rows<{ source: number; mentions: number }>(
    `select assumeNotNull(source_id) as source, uniqExact(id) as mentions
     from mention
     where project_id = {project:UInt32} and source_id in {sources:Array(UInt32)}
     group by source`,
    { project, sources },
  )
  return new Map(rows.map(({ source, mentions }) => [source, mentions]))
}
