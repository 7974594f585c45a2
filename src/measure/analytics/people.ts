import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { must } from '../../base/errors.ts'
import { authorsOfGroups } from './authors.ts'
import { engagementOfMentions, toldEngagement } from './engagement.ts'
import { mediaTypes } from '../../listen/posts/post.ts'
import { largest, readLargest, type Large } from './largest.ts'
import { besideOthers, type Condition, type Rows } from './measure.ts'
import { followersOfAuthor, reachOfAuthors } from './reach.ts'

export type People = {
  authors: number
  reach: number | null
  engagement: number | null
  /** `at` is the moment of their last mention. */
  largest: Large[]
}

const listedAuthors = 10

/** Groups the mentions by author once: how many there are, whom they reach, what their mentions moved, and who wrote most. */
export async function countPeople(clickhouse: Clickhouse, condition: Condition, from: Rows): Promise<People> {
  const row = must(
    await clickhouse.row<{
      authors: number
      reach: number | null
      engagement: number
      told: number
      largest: string[]
    }>(
      `select ${authorsOfGroups} as authors, ${reachOfAuthors} as reach, sum(moved) as engagement, sum(told) as told,
         ${largest(listedAuthors, 'key != 0')} as largest
       from (
         select author_key as key, count() as mentions, max(posted_at) as at,
           ${followersOfAuthor} as followers, ${engagementOfMentions} as moved, countIf(${toldEngagement}) as told
         from ${from}
         where ${condition.where}
         group by key
       )
       ${besideOthers(clickhouse)}`,
      condition.params,
    ),
    'people',
  )
  return {
    authors: row.authors,
    reach: row.reach,
    engagement: row.told === 0 ? null : row.engagement,
    largest: readLargest(row.largest, listedAuthors),
  }
}

/** How many different known authors wrote in each of the sources, in their order. */
export async function countAuthorsOfSources(
  clickhouse: Clickhouse,
  condition: Condition,
  from: Rows,
  sources: { platform: string; source: string }[],
): Promise<number[]> {
  const groups = sources.flatMap((source, place) => keysOf(source).map((key) => ({ key, place })))
  return countAuthorsOf(clickhouse, condition, from, {
    column: 'source_key',
    type: 'String',
    groups,
    of: sources.length,
  })
}

/** How many different known authors wrote each of the texts, in their order. */
export async function countAuthorsOfClusters(
  clickhouse: Clickhouse,
  condition: Condition,
  from: Rows,
  clusters: { fullKey: bigint }[],
): Promise<number[]> {
  const groups = clusters.map(({ fullKey }, place) => ({ key: fullKey, place }))
  return countAuthorsOf(clickhouse, condition, from, {
    column: 'cluster_key',
    type: 'UInt64',
    groups,
    of: clusters.length,
  })
}

type Groups = {
  column: 'source_key' | 'cluster_key'
  type: 'String' | 'UInt64'
  groups: { key: string | bigint; place: number }[]
  of: number
}

async function countAuthorsOf(
  clickhouse: Clickhouse,
  condition: Condition,
  from: Rows,
  { column, type, groups, of }: Groups,
): Promise<number[]> {
  if (groups.length === 0) return []
  const keys = `cast({p_keys:Array(${type})} as Array(${type}))`
  const rows = await clickhouse.rows<{ place: number; authors: number }>(
    `select transform(${column}, ${keys}, cast({p_places:Array(UInt32)} as Array(UInt32)), toUInt32(0)) as place, uniqExact(author_key) as authors
     from ${from}
     where ${condition.where} and ${column} in ${keys} and author_key != 0
     group by place
     ${besideOthers(clickhouse)}`,
    { ...condition.params, p_keys: groups.map(({ key }) => key), p_places: groups.map(({ place }) => place) },
  )
  const found = new Map(rows.map(({ place, authors }) => [place, authors]))
  return Array.from({ length: of }, (_, place) => found.get(place) ?? 0)
}

/** A source may have mentions of several media types, and the column names all three. */
function keysOf({ platform, source }: { platform: string; source: string }): string[] {
  return ['', ...mediaTypes].map((media) => `${platform}\n${source}\n${media}`)
}
