import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'

export type OpenTickets = { open: number; unassigned: number }

/** Open tickets of each project, by the copy of the work state that mentions carry; a project without any is left out. */
export async function countOpenTickets(clickhouse: Clickhouse, projects: number[]): Promise<Map<number, OpenTickets>> {
  const rows = await clickhouse.rows<{ project: number } & OpenTickets>(
    `select project_id as project, uniqExact(ticket) as open, uniqExactIf(ticket, assignee = '') as unassigned
     from mention final
     where project_id in {projects:Array(UInt32)} and status = 'open'
     group by project`,
    { projects },
  )
  return new Map(rows.map(({ project, open, unassigned }) => [project, { open, unassigned }]))
}
