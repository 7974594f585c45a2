import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { authorsOfGroups } from './authors.ts'
import { engagementOfMentions, toldEngagement } from './engagement.ts'
import { mediaTypes } from '../../listen/posts/post.ts'
import { largest, readLargest, type Large } from './largest.ts'
import type { Condition, Rows } from './measure.ts'
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
  from: Rows,
  of: { sources: { platform: string; source: string }[]; clusters: { fullKey: bigint }[] },
): Promise<People> {
  const rows = await clickhouse.rows<Row>(
    `select met, ${authorsOfGroups} as authors, ${reachOfAuthors} as reach, sum(engagement_sum) as engagement, ${largest(listedAuthors, 'key != 0')} as largest
     from (
       select author_key as key, count() as mentions, max(toUnixTimestamp64Milli(posted_at)) as at,
         ${followersOfAuthor} as followers, ${engagementOfMentions} as engagement_sum,
         groupBitOr(
           ${bitsOf('source_key', '{p_sources:Array(String)}', 'p_source_bits')}
           + bitShiftLeft(${bitsOf('cluster_key', 'cast({p_clusters:Array(UInt64)} as Array(UInt64))', 'p_cluster_bits')}, ${clusterShift})
           + bitShiftLeft(toUInt32(${toldEngagement}), ${toldBit})
         ) as met
       from ${from}
       where ${condition.where}
       group by key
     )
     group by met`,
    {
      ...condition.params,
      p_clusters: of.clusters.map((cluster) => cluster.fullKey),
      p_cluster_bits: of.clusters.map((_, place) => 2 ** place),
      p_sources: of.sources.flatMap(keysOf),
      p_source_bits: of.sources.flatMap((source, place) => keysOf(source).map(() => 2 ** place)),
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

/** A source may have mentions of several media types, and the column names all three. */
function keysOf({ platform, source }: { platform: string; source: string }): string[] {
  return ['', ...mediaTypes].map((media) => `${platform}\n${source}\n${media}`)
}

/** The bits that belong to the value of the column, 0 for values that were not asked for. */
function bitsOf(column: string, values: string, bits: string): string {
  return `toUInt32(transform(${column}, ${values}, cast({${bits}:Array(UInt32)} as Array(UInt32)), toUInt32(0)))`
}
