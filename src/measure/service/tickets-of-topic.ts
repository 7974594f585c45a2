import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'

/** The tickets that have a mention of this topic, as the mentions know them. */
export async function ticketsOfTopic(clickhouse: Clickhouse, project: number, topic: number): Promise<number[]> {
  const row = await clickhouse.row<{ tickets: number[] }>(
    `select groupUniqArray(assumeNotNull(ticket)) as tickets
     from mention final
     where project_id = {project:UInt32} and ticket is not null and has(topics, {topic:UInt32})`,
    { project, topic },
  )
  return row?.tickets ?? []
}
