import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { hasTwice } from '../../listen/mentions/twice.ts'
import type { Condition, Rows } from './measure.ts'

/** The rows, and the condition that asks the same of them. */
export type RowsToCount = { from: Rows; condition: Condition }

/** How the mentions of a condition are counted exactly. */
export async function rowsToCount(clickhouse: Clickhouse, condition: Condition): Promise<RowsToCount> {
  if (await hasTwice(clickhouse, condition)) return { from: 'mention final', condition }
  // Where nothing stands there twice, the words can be asked for without looking their mentions up first.
  return { from: 'mention', condition: { ...condition, where: condition.scan ?? condition.where } }
}
