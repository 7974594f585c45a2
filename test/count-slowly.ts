import type { Clickhouse } from '../src/base/clickhouse/clickhouse.ts'
import { pages } from '../src/listen/mentions/filter.ts'
import { fromRow, type Mention } from '../src/listen/mentions/mention.ts'
import type { ComparedTopic, Condition } from '../src/measure/analytics/measure.ts'

type Group = { count: number; authors: Set<string>; firstAt: Date; perBucket: number[] }

/** The overview counted one mention after the other, for the tests. */
export async function countSlowly(
  clickhouse: Clickhouse,
  input: { condition: Condition; before: Condition; buckets: Date[]; topics: ComparedTopic[] },
) {
  const { buckets, topics } = input
  const mentions = await readAll(clickhouse, input.condition)
  const bucketOf = (mention: Mention) => buckets.findLastIndex((start) => start <= mention.postedAt)
  const perBucket = (some: Mention[]) =>
    buckets.map((_, index) => some.filter((mention) => bucketOf(mention) === index).length)
  const groups = (keyOf: (mention: Mention) => string | null) => {
    const found = new Map<string, Group>()
    for (const [key, some] of Map.groupBy(mentions, keyOf)) {
      if (key === null) continue
      const authors = new Set(some.flatMap((mention) => mention.author?.id ?? []))
      found.set(key, {
        count: some.length,
        authors,
        firstAt: some.reduce((first, { postedAt }) => (postedAt < first ? postedAt : first), new Date(8e15)),
        perBucket: perBucket(some),
      })
    }
    return found
  }
  const authorCounts = groups((mention) => mention.author?.id ?? null)
  const reaches = [...authorCounts.keys()].map((id) =>
    largestKnown(
      mentions.filter((mention) => mention.author?.id === id).map((mention) => mention.author?.followers ?? null),
    ),
  )
  const uniqueOf = (topic: ComparedTopic) =>
    new Set(mentions.filter((mention) => mention.topics.includes(topic.id)).map((mention) => mention.cluster)).size
  const inOrder = <T extends { key: string; total: number }>(series: T[]) =>
    series.toSorted((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1))
  return {
    total: mentions.length,
    before: (await readAll(clickhouse, input.before)).length,
    unique: new Set(mentions.map((mention) => mention.cluster)).size,
    authors: authorCounts.size,
    reach: sumKnown(reaches),
    engagement: sumKnown(mentions.flatMap(({ likes, shares, comments }) => [likes, shares, comments])),
    byTopic: topics.map(({ id, name }) => {
      const some = mentions.filter((mention) => mention.topics.includes(id))
      return { key: String(id), label: name, total: some.length, counts: perBucket(some) }
    }),
    byMedia: inOrder(
      [...Map.groupBy(mentions, (mention) => mention.media)].map(([media, some]) => ({
        key: media ?? 'unknown',
        label: media ?? '',
        total: some.length,
        counts: perBucket(some),
      })),
    ),
    shareOfVoice: topics.map((topic) => {
      const ofGroup = topics
        .filter((other) => other.group === topic.group)
        .reduce((sum, other) => sum + uniqueOf(other), 0)
      return {
        topic: topic.id,
        name: topic.name,
        group: topic.group,
        count: uniqueOf(topic),
        share: ofGroup === 0 ? null : uniqueOf(topic) / ofGroup,
      }
    }),
    languages: [...Map.groupBy(mentions, (mention) => mention.lang)]
      .map(([lang, some]) => ({ lang, count: some.length }))
      .toSorted((a, b) => b.count - a.count || ((a.lang ?? '') < (b.lang ?? '') ? -1 : 1)),
    sources: groups((mention) => (mention.source === null ? null : `${mention.platform}:${mention.source}`)),
    clusters: groups((mention) => mention.cluster),
    authorCounts,
  }
}

async function readAll(clickhouse: Clickhouse, condition: Condition): Promise<Mention[]> {
  const all: Mention[] = []
  for await (const rows of pages(clickhouse, 'mention', condition)) all.push(...rows.map(fromRow))
  return all
}

function largestKnown(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : Math.max(...known)
}

function sumKnown(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0)
}

/** The same numbers from 0 to 1 every time. */
export function seededChance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
