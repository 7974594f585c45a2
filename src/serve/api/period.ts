import { UserError } from '../../base/errors.ts'
import type { MentionFilter } from '../../listen/mentions/filter.ts'
import type { Period } from '../../measure/analytics/measure.ts'

const usualPeriodMs = 30 * 86_400_000

/** The period of figures, the last 30 days unless told. Throws UserError for one that does not begin before it ends. */
export function periodOf(filter: MentionFilter, now: Date): Period {
  const to = filter.to ?? now
  const from = filter.from ?? new Date(to.getTime() - usualPeriodMs)
  if (from >= to) throw new UserError('The period must begin before it ends', { key: 'period-empty', field: 'from' })
  return { from, to }
}

/** The one of the same length just before. */
export function periodBefore({ from, to }: Period): Period {
  return { from: new Date(2 * from.getTime() - to.getTime()), to: from }
}
