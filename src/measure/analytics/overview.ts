import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { must } from '../../base/errors.ts'
import { authorsWords } from './authors.ts'
import { bucketStarts, chooseBucket, type Bucket } from './buckets.ts'
import { engagementWords } from './engagement.ts'
import type { ComparedTopic, Condition, Period, Words } from './measure.ts'
import { countAuthorsOfClusters, countAuthorsOfSources, countPeople } from './people.ts'
import { rowsToCount } from './rows-to-count.ts'
import { reachWords } from './reach.ts'
import { shareOfVoice, shareOfVoiceWords, type ShareOfVoice } from './share-of-voice.ts'
import { groupTexts, uniqueWords } from './texts.ts'
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
 * Everything the overview shows, counted from the same mentions. Three passes at once, one for each thing that has to be
 * grouped (time and source, text, author), and small questions about what they found.
 */
export async function countOverview(clickhouse: Clickhouse, input: OverviewInput): Promise<Overview> {
  const { period, topics, condition: asked } = input
  const bucket = chooseBucket(period)
  const buckets = bucketStarts(period, bucket, input.timeZone)
  const { from, condition } = await rowsToCount(clickhouse, asked)
  const [volume, texts, people, before] = await Promise.all([
    countVolume(clickhouse, condition, from, buckets, topics).then(async (counted) => {
      const authors = await countAuthorsOfSources(clickhouse, condition, from, counted.topSources)
      return { ...counted, topSources: withAuthors(counted.topSources, authors) }
    }),
    groupTexts(clickhouse, condition, from, topics).then(async (counted) => {
      const top = await findTopClusters(clickhouse, asked, counted.largest)
      const authors = await countAuthorsOfClusters(clickhouse, condition, from, top)
      return { ...counted, topClusters: withAuthors(top, authors) }
    }),
    countPeople(clickhouse, condition, from).then(async (counted) => ({
      ...counted,
      topAuthors: await findTopAuthors(clickhouse, asked, counted.largest),
    })),
    input.before && countMentions(clickhouse, input.before),
  ])
  return {
    ...volume,
    period: { ...period, bucket },
    before,
    unique: texts.unique,
    authors: people.authors,
    reach: people.reach,
    engagement: people.engagement,
    buckets,
    shareOfVoice: shareOfVoice(topics, texts.uniqueOfTopic),
    topAuthors: people.topAuthors,
    topClusters: texts.topClusters,
  }
}

function withAuthors<T>(groups: T[], authors: number[]): (T & { authors: number })[] {
  return groups.map((group, place) => ({ ...group, authors: must(authors[place], 'authors') }))
}

async function countMentions(clickhouse: Clickhouse, asked: Condition): Promise<number> {
  const { from, condition } = await rowsToCount(clickhouse, asked)
  const row = await clickhouse.row<{ count: number }>(
    `select count() as count from ${from} where ${condition.where}`,
    condition.params,
  )
  return must(row, 'count').count
}
