import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'

/**
 * Takes a topic off these mentions. One that no other topic asks for and that nobody has worked on
 * goes back to the archive, so that a narrower query makes the noise leave every list and number.
 */
export async function dropTopic(clickhouse: Clickhouse, project: number, topic: number, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  const params = { project, topic, ids }
  await clickhouse.command(
    `update mention set topics = arrayFilter(other -> other != {topic:UInt32}, topics)
     where project_id = {project:UInt32} and id in {ids:Array(String)}`,
    params,
  )
  const untouched = `project_id = {project:UInt32} and id in {ids:Array(String)}
    and empty(topics) and ticket is null and empty(tags) and not important and empty(corrected)`
  // First copied, then deleted: a crash in between leaves a mention too many for the next run, never one too few.
  await clickhouse.command(`insert into archive select * from mention final where ${untouched}`, params)
  await clickhouse.command(`delete from mention where ${untouched}`, params)
}

/** Takes a topic off all mentions of a project, as when the topic is deleted. */
export async function dropTopicEverywhere(clickhouse: Clickhouse, project: number, topic: number): Promise<void> {
  for (;;) {
    const rows = await clickhouse.rows<{ id: string }>(
      `select id from mention final where project_id = {project:UInt32} and has(topics, {topic:UInt32}) limit 5000`,
      { project, topic },
    )
    if (rows.length === 0) return
    await dropTopic(
      clickhouse,
      project,
      topic,
      rows.map((row) => row.id),
    )
  }
}
