import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { authorsOfGroups } from './authors.ts'
import { engagementOfMentions, toldEngagement } from './engagement.ts'
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
 * and how many of them wrote in each of the given sources and clusters (at most 15 of each).
 */
export async function countPeople(
  clickhouse: Clickhouse,
  condition: Condition,
  of: { sources: { platform: string; source: string }[]; clusters: { fullKey: bigint }[] },
): Promise<People> {
  const rows = await clickhouse.rows<Row>(
    `select met, ${authorsOfGroups} as authors, ${reachOfAuthors} as reach, sum(engagement_sum) as engagement, ${largest(listedAuthors, 'key != 0')} as largest
     from (
       select author_key as key, count() as mentions, max(toUnixTimestamp64Milli(posted_at)) as at,
         ${followersOfAuthor} as followers, ${engagementOfMentions} as engagement_sum,
         groupBitOr(toUInt32(${sourceBit(of.sources)}) + bitShiftLeft(toUInt32(${clusterBit(of.clusters)}), ${clusterShift}) + bitShiftLeft(toUInt32(${toldEngagement}), ${toldBit})) as met
       from mention final
       where ${condition.where}
       group by key
     )
     group by met`,
    {
      ...condition.params,
      p_clusters: of.clusters.map((cluster) => cluster.fullKey),
      ...Object.fromEntries(
        of.sources.flatMap(({ platform, source }, bit) => [
          [`p_platform_${bit}`, platform],
          [`p_source_${bit}`, source],
        ]),
      ),
    },
  )
  const having = (bit: number) => rows.filter(({ met }) => (met >>> bit) & 1)
  const authorsHaving = (bit: number) => having(bit).reduce((sum, row) => sum + row.authors, 0)
  const reaches = rows.flatMap(({ reach }) => reach ?? [])
  return {
    authors: rows.reduce((sum, row) => sum + row.authors, 0),
    reach: reaches.length === 0 ? null : reaches.reduce((sum, reach) => sum + reach, 0),
    engagement: having(toldBit).length === 0 ? null : rows.reduce((sum, row) => sum + row.engagement, 0),
    authorsOfSources: of.sources.map((_, bit) => authorsHaving(bit)),
    authorsOfClusters: of.clusters.map((_, bit) => authorsHaving(bit + clusterShift)),
    largest: readLargest(
      rows.flatMap((row) => row.largest),
      listedAuthors,
    ),
  }
}

/** Authors who met the same of the sources and clusters, which are bits of `met`. */
type Row = { met: number; authors: number; reach: number | null; engagement: number; largest: string[] }

// The bits of `met`: sources from 0, clusters from 15, and whether any mention told its engagement.
const clusterShift = 15
const toldBit = 30

/**
 * The bit of the source, where its platform is the right one too: two platforms may have sources of one name. Both
 * columns are dictionaries, and functions of one dictionary alone are computed once per word, not once per mention.
 */
function sourceBit(sources: { platform: string; source: string }[]): string {
  if (sources.length === 0) return 'toUInt16(0)'
  const lookUp = (column: 'platform' | 'source') => {
    const bits = Map.groupBy(sources.keys(), (bit) => sources[bit]?.[column])
    const names = [...bits.values()].map(([first]) => `{p_${column}_${first}:String}`)
    const values = [...bits.values()].map((same) => same.reduce((sum, bit) => sum + 2 ** bit, 0))
    return `transform(${column}, [${names.join(', ')}], cast([${values.join(', ')}] as Array(UInt16)), toUInt16(0))`
  }
  return `bitAnd(${lookUp('source')}, ${lookUp('platform')})`
}

function clusterBit(clusters: { fullKey: bigint }[]): string {
  if (clusters.length === 0) return 'toUInt16(0)'
  const bits = clusters.map((_, bit) => 2 ** bit).join(', ')
  return `transform(cluster_key, cast({p_clusters:Array(UInt64)} as Array(UInt64)), cast([${bits}] as Array(UInt16)), toUInt16(0))`
}
