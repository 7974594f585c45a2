import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { must } from '../../base/errors.ts'
import { authorsWords } from './authors.ts'
import { bucketStarts, chooseBucket, type Bucket } from './buckets.ts'
import { countClusters, uniqueWords } from './clusters.ts'
import { engagementWords } from './engagement.ts'
import type { ComparedTopic, Condition, Period, Words } from './measure.ts'
import { countPeople } from './people.ts'
import { rowsToCount } from './rows-to-count.ts'
import { reachWords } from './reach.ts'
import { shareOfVoice, shareOfVoiceWords, type ShareOfVoice } from './share-of-voice.ts'
import { findTopAuthors, topAuthorsWords, type TopAuthor } from './top-authors.ts'
import { findTopClusters, topClustersWords, type TopCluster } from './top-clusters.ts'
import {
  beforeWords,
  countVolume,
  languagesWords,
  seriesWords,
  topSourcesWords,
  volumeWords,
  type SourceCount,
  type Volume,
} from './volume.ts'

/** The formulas of the figures below, by the name of the figure. */
export const overviewWords = {
  total: volumeWords,
  before: beforeWords,
  unique: uniqueWords,
  authors: authorsWords,
  reach: reachWords,
  engagement: engagementWords,
  byTopic: seriesWords,
  byMedia: seriesWords,
  bySource: seriesWords,
  shareOfVoice: shareOfVoiceWords,
  topSources: topSourcesWords,
  topAuthors: topAuthorsWords,
  topClusters: topClustersWords,
  languages: languagesWords,
} satisfies { [figure: string]: Words }

export type Overview = Omit<Volume, 'topSources'> & {
  period: Period & { bucket: Bucket }
  /** Null: there is nothing to compare with. */
  before: number | null
  unique: number
  authors: number
  reach: number | null
  engagement: number | null
  buckets: Date[]
  shareOfVoice: ShareOfVoice[]
  topSources: (SourceCount & { authors: number })[]
  topAuthors: TopAuthor[]
  topClusters: (TopCluster & { authors: number })[]
}

export type OverviewInput = {
  condition: Condition
  /** The same filter over the period of the same length just before; null: there is nothing to compare with. */
  before: Condition | null
  period: Period
  timeZone: string
  topics: ComparedTopic[]
}

/**
 * Everything the overview shows, counted from the same mentions. Three passes, one for each thing that has to be
 * grouped (time and source, text, author); the last one asks about what the others found. Two at once leave no core idle
 * while one of them ends.
 */
export async function countOverview(clickhouse: Clickhouse, input: OverviewInput): Promise<Overview> {
  const { period, topics, condition: asked } = input
  const bucket = chooseBucket(period)
  const buckets = bucketStarts(period, bucket, input.timeZone)
  const { from, condition } = await rowsToCount(clickhouse, asked)
  const clustered = countClusters(clickhouse, condition, from, topics).then(async (clusters) => ({
    clusters,
    topClusters: await findTopClusters(clickhouse, asked, clusters.largest),
  }))
  const [volume, { clusters, topClusters }, before] = await Promise.all([
    countVolume(clickhouse, condition, from, buckets, topics),
    clustered,
    input.before && countMentions(clickhouse, input.before),
  ])
  const people = await countPeople(clickhouse, condition, from, { sources: volume.topSources, clusters: topClusters })
  const topAuthors = await findTopAuthors(clickhouse, asked, people.largest)
  return {
    ...volume,
    period: { ...period, bucket },
    before,
    unique: clusters.unique,
    authors: people.authors,
    reach: people.reach,
    engagement: people.engagement,
    buckets,
    shareOfVoice: shareOfVoice(topics, clusters.uniqueOfTopic),
    topSources: volume.topSources.map((source, index) => ({ ...source, authors: people.authorsOfSources[index] ?? 0 })),
    topAuthors,
    topClusters: topClusters.map((cluster, index) => ({ ...cluster, authors: people.authorsOfClusters[index] ?? 0 })),
  }
}

async function countMentions(clickhouse: Clickhouse, asked: Condition): Promise<number> {
  const { from, condition } = await rowsToCount(clickhouse, asked)
  const row = await clickhouse.row<{ count: number }>(
    `select count() as count from ${from} where ${condition.where}`,
    condition.params,
  )
  return must(row, 'count').count
}
