import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { authorsWords } from './authors.ts'
import { bucketStarts, chooseBucket, type Bucket } from './buckets.ts'
import { countClusters, uniqueWords } from './clusters.ts'
import { engagementWords } from './engagement.ts'
import type { ComparedTopic, Condition, Period, Rows, Words } from './measure.ts'
import { countPeople } from './people.ts'
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
  before: number
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
  /** The same filter over the period of the same length just before. */
  before: Condition
  period: Period
  timeZone: string
  topics: ComparedTopic[]
}

/**
 * Everything the overview shows, counted from the same mentions. Three passes, one for each thing that has to be
 * grouped (time and source, text, author), one after the other: each of them already uses every core.
 */
export async function countOverview(clickhouse: Clickhouse, input: OverviewInput): Promise<Overview> {
  const { condition, period, topics } = input
  const bucket = chooseBucket(period)
  const buckets = bucketStarts(period, bucket, input.timeZone)
  const volume = await countVolume(clickhouse, condition, buckets, topics)
  const rows = await findRows(clickhouse, condition, volume.total)
  const clusters = await countClusters(clickhouse, condition, rows, topics)
  const topClusters = await findTopClusters(clickhouse, condition, clusters.largest)
  const people = await countPeople(clickhouse, condition, rows, { sources: volume.topSources, clusters: topClusters })
  const topAuthors = await findTopAuthors(clickhouse, condition, people.largest)
  const before = await clickhouse.row<{ count: number }>(
    `select count() as count from mention final where ${input.before.where}`,
    input.before.params,
  )
  return {
    ...volume,
    period: { ...period, bucket },
    before: before?.count ?? 0,
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

/** Doubled rows can only add to a count, so there are none when the count without looking for them is the exact one. */
async function findRows(clickhouse: Clickhouse, condition: Condition, exact: number): Promise<Rows> {
  const row = await clickhouse.row<{ count: number }>(
    `select count() as count from mention where ${condition.where}`,
    condition.params,
  )
  return row?.count === exact ? 'mention' : 'mention final'
}
