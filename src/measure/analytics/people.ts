import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { authorsOfGroups } from './authors.ts'
import { engagementOfMentions } from './engagement.ts'
import { largest, readLargest, type Large } from './largest.ts'
import type { Condition } from './measure.ts'
import { followersOfAuthor, reachOfAuthors } from './reach.ts'

export type People = {
  authors: number
  reach: number | null
  engagement: number | null
  /** In the order of the sources and of the clusters that were asked for. */
  authorsOfSources: number[]
  authorsOfClusters: number[]
  /** `at` is the moment of their last mention. */
  largest: Large[]
}

const listedAuthors = 10

/**
 * Groups the mentions by author once: how many there are, whom they reach, what their mentions moved, who wrote most,
 * and how many of them wrote in each of the given sources and clusters (at most 16 of each).
 */
export async function countPeople(
  clickhouse: Clickhouse,
  condition: Condition,
  of: { sources: { platform: string; source: string }[]; clusters: { fullKey: bigint }[] },
): Promise<People> {
  const row = await clickhouse.row<Row>(
    `select ${authorsOfGroups} as authors, ${reachOfAuthors} as reach, sum(engagement_sum) as engagement,
       ${largest(listedAuthors, 'key != 0')} as largest,
       [${of.sources.map((_, bit) => `countIf(bitTest(in_sources, ${bit}) and key != 0)`).join(', ')}] as authors_of_sources,
       [${of.clusters.map((_, bit) => `countIf(bitTest(in_clusters, ${bit}) and key != 0)`).join(', ')}] as authors_of_clusters
     from (
       select author_key as key, count() as mentions, max(posted_at) as at,
         ${followersOfAuthor} as followers, ${engagementOfMentions} as engagement_sum,
         groupBitOr(${sourceBit(of.sources)}) as in_sources, groupBitOr(${clusterBit(of.clusters)}) as in_clusters
       from mention final
       where ${condition.where}
       group by key
     )`,
    {
      ...condition.params,
      p_bits: Array.from({ length: 16 }, (_, bit) => 2 ** bit),
      p_clusters: of.clusters.map((cluster) => cluster.fullKey),
      ...Object.fromEntries(of.sources.flatMap(({ platform, source }, bit) => [[`p_platform_${bit}`, platform], [`p_source_${bit}`, source]])),
    },
  )
  return {
    authors: row?.authors ?? 0,
    reach: row?.reach ?? null,
    engagement: row?.engagement ?? null,
    authorsOfSources: row?.authors_of_sources ?? [],
    authorsOfClusters: row?.authors_of_clusters ?? [],
    largest: readLargest(row?.largest ?? [], listedAuthors),
  }
}

type Row = {
  authors: number
  reach: number | null
  engagement: number | null
  largest: string[]
  authors_of_sources: number[]
  authors_of_clusters: number[]
}

function sourceBit(sources: { platform: string }[]): string {
  const platforms = Map.groupBy(sources.keys(), (bit) => sources[bit]?.platform)
  const perPlatform = [...platforms.values()].map((bits) => {
    const names = bits.map((bit) => `{p_source_${bit}:String}`).join(', ')
    const values = bits.map((bit) => 2 ** bit).join(', ')
    return `if(platform = {p_platform_${bits[0]}:String}, transform(source, [${names}], cast([${values}] as Array(UInt16)), toUInt16(0)), toUInt16(0))`
  })
  return perPlatform.length === 0 ? 'toUInt16(0)' : perPlatform.reduce((joined, one) => `bitOr(${joined}, ${one})`)
}

function clusterBit(clusters: { fullKey: bigint }[]): string {
  if (clusters.length === 0) return 'toUInt16(0)'
  return `transform(cluster_key, cast({p_clusters:Array(UInt64)} as Array(UInt64)), arraySlice(cast({p_bits:Array(UInt16)} as Array(UInt16)), 1, ${clusters.length}), toUInt16(0))`
}
