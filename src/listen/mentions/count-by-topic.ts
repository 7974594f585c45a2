import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'

/** How many mentions each topic of the project has; one without any is left out. */
export async function countByTopic(clickhouse: Clickhouse, project: number): Promise<Map<number, number>> {
  const rows = await clickhouse.rows<{ topic: number; count: number }>(
    `select arrayJoin(topics) as topic, count() as count
     from mention final
     where project_id = {project:UInt32}
     group by topic`,
    { project },
  )
  return new Map(rows.map((row) => [row.topic, row.count]))
}
