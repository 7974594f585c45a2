import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'

/** Everything collected for a project leaves, also what only lay in the archive for it or is kept for comparing. */
export async function removeMentionsOfProject(clickhouse: Clickhouse, project: number): Promise<void> {
  for (const table of ['mention', 'archive']) {
    await clickhouse.command(`delete from ${table} where project_id = {project:UInt32}`, { project })
  }
  await clickhouse.command('delete from copy where scope = {project:UInt32}', { project })
}
