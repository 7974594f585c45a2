import type { SqlParams } from '../../base/clickhouse/clickhouse.ts'

const perColumn = 32

export type TopicBits = {
  columns: { name: `topics_${number}`; sql: string }[]
  names: `topics_${number}`[]
  params: SqlParams
}

/**
 * The topics of a mention as bits of a few numbers, one number for each 32 topics of the project: mentions are grouped
 * by numbers much faster than by lists. Topics that the project no longer has fall away.
 */
export function topicBits(topics: { id: number }[]): TopicBits {
  const columns: TopicBits['columns'] = []
  const params: SqlParams = {}
  for (let first = 0; first < topics.length; first += perColumn) {
    const index = first / perColumn
    const ids = topics.slice(first, first + perColumn).map((topic) => topic.id)
    params[`t_ids_${index}`] = ids
    params[`t_bits_${index}`] = ids.map((_, bit) => 2 ** bit)
    const sql = `toUInt32(arraySum(topic -> transform(topic, {t_ids_${index}:Array(UInt32)}, cast({t_bits_${index}:Array(UInt32)} as Array(UInt32)), toUInt32(0)), topics))`
    columns.push({ name: `topics_${index}`, sql })
  }
  return { columns, names: columns.map((column) => column.name), params }
}

/** Whether a row with these columns has the topic at this place of the list. */
export function hasTopic(row: { [name: `topics_${number}`]: number }, place: number): boolean {
  const bits = row[`topics_${Math.floor(place / perColumn)}`] ?? 0
  return ((bits >>> (place % perColumn)) & 1) === 1
}
