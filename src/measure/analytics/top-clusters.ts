import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { readMoment } from '../../base/clickhouse/moment.ts'
import { findOneOfEach, type Large } from './largest.ts'
import type { Condition, Words } from './measure.ts'

export const topClustersWords: Words = {
  en: 'Repeated texts: groups of at least two near-duplicates by the number of their mentions; shown is the first one, with its source.',
  ru: 'Повторы: группы хотя бы из двух почти одинаковых текстов по числу упоминаний; показан первый из них и его источник.',
}

/** A repeated text; `fullKey` is its `cluster_key`. */
export type TopCluster = {
  fullKey: bigint
  cluster: string
  text: string
  count: number
  firstAt: Date
  firstSource: string | null
}

/** The texts behind the largest clusters. */
export async function findTopClusters(
  clickhouse: Clickhouse,
  condition: Condition,
  clusters: Large[],
): Promise<TopCluster[]> {
  const rows = await findOneOfEach<Row>(
    clickhouse,
    condition,
    'cluster_key',
    clusters,
    'toString(cluster_key) as full_key, cluster, title, text, source, posted_at',
  )
  return rows.map(({ full_key, cluster, title, text, source, posted_at, count }) => ({
    fullKey: BigInt(full_key),
    cluster,
    text: text === '' ? title : text,
    count,
    firstAt: readMoment(posted_at),
    firstSource: source === '' ? null : source,
  }))
}

type Row = { full_key: string; cluster: string; title: string; text: string; source: string; posted_at: string }
