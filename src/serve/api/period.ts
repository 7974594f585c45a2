import { UserError } from '../../base/errors.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { resolveFilter, type MentionFilter } from '../../listen/mentions/filter.ts'
import type { Condition, Period } from '../../measure/analytics/measure.ts'
import { reachesBack } from '../../measure/analytics/reaches-back.ts'

const usualPeriodMs = 30 * 86_400_000
const minuteMs = 60_000

/**
 * The period of figures, the last 30 days unless told: up to the end of this minute, so that the parts of a screen, and several people,
 * ask the same. Throws UserError for one that does not begin before it ends.
 */
export function periodOf(filter: MentionFilter, now: Date): Period {
  const to = filter.to ?? new Date(Math.ceil(now.getTime() / minuteMs) * minuteMs)
  const from = filter.from ?? new Date(to.getTime() - usualPeriodMs)
  if (from >= to) throw new UserError('The period must begin before it ends', { key: 'period-empty', field: 'from' })
  return { from, to }
}

/** The one of the same length just before. */
export function periodBefore({ from, to }: Period): Period {
  return { from: new Date(2 * from.getTime() - to.getTime()), to: from }
}

/** The mentions that those of a period are compared with; null where the project was not collected all through that time. */
export async function conditionBefore(
  clickhouse: Clickhouse,
  project: number,
  filter: MentionFilter,
  period: Period,
): Promise<Condition | null> {
  const before = periodBefore(period)
  if (!(await reachesBack(clickhouse, project, before))) return null
  return resolveFilter(clickhouse, project, { ...filter, ...before })
}
