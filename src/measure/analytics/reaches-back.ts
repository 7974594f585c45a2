import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import type { Period } from './measure.ts'

/** Mentions do not come at every moment: the first may be so much later than the period, in parts of it. */
const slack = 0.1

/**
 * Whether the project was collected all through the period, as far as its oldest mention tells: comparing with a period of which
 * only the end is known would tell of growth where collecting began.
 */
export async function reachesBack(clickhouse: Clickhouse, project: number, { from, to }: Period): Promise<boolean> {
  const latest = new Date(from.getTime() + (to.getTime() - from.getTime()) * slack)
  const row = await clickhouse.row<{ found: number }>(
    `select 1 as found
     from mention
     where project_id = {project:UInt32} and posted_at <= {latest:DateTime64(3)}
     limit 1`,
    { project, latest: moment(latest) },
  )
  return row !== null
}
