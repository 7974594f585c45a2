import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { largest, readLargest, type Large } from './largest.ts'
import { besideOthers, type ComparedTopic, type Condition, type Rows, type Words } from './measure.ts'
import { hasTopic, topicBits } from './topic-bits.ts'

export const uniqueWords: Words = {
  en: 'Unique: the number of mentions, near-duplicates of one text counted once.',
  ru: 'Уникальные: число упоминаний, где почти одинаковые тексты считаются один раз.',
}

export type Clusters = {
  unique: number
  uniqueOfTopic: Map<number, number>
  /** Of texts that were met at least twice; `at` is the moment of the first. */
  largest: Large[]
}

const listedClusters = 10

/** Groups the mentions by their text once: how many different texts there are, in each topic too, and the most repeated ones. */
export async function countClusters(
  clickhouse: Clickhouse,
  condition: Condition,
  from: Rows,
  topics: ComparedTopic[],
): Promise<Clusters> {
  const bits = topicBits(topics)
  const names = bits.names.join(', ')
  const rows = await clickhouse.rows<Row>(
    `select ${names ? `${names}, ` : ''}count() as clusters, ${largest(listedClusters, 'mentions > 1')} as largest
     from (
       select cluster_key as key, count() as mentions, min(toUnixTimestamp64Milli(posted_at)) as at${bits.columns.map((column) => `, groupBitOr(${column.sql}) as ${column.name}`).join('')}
       from ${from}
       where ${condition.where}
       group by key
     )
     ${names ? `group by ${names}` : ''}
     ${besideOthers(clickhouse)}`,
    { ...condition.params, ...bits.params },
  )
  const sum = (some: Row[]) => some.reduce((total, row) => total + row.clusters, 0)
  return {
    unique: sum(rows),
    uniqueOfTopic: new Map(topics.map(({ id }, place) => [id, sum(rows.filter((row) => hasTopic(row, place)))])),
    largest: readLargest(
      rows.flatMap((row) => row.largest),
      listedClusters,
    ),
  }
}

type Row = { clusters: number; largest: string[]; [bits: `topics_${number}`]: number }
