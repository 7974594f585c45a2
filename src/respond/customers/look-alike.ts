import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Author } from '../../listen/posts/post.ts'
import { ofAccounts, type Written } from '../../measure/authors/written.ts'

/** An account with what is compared of it. */
export type Account = Author & {
  platform: string
  cities: string[]
  topics: number[]
  mentions: number
}
/** A text of one account and the same of another, so many seconds apart. */
export type Twin = { id: string; seconds: number }

const mostFound = 200
const newestTexts = 1000
const mostTwins = 5000
/** A text that more accounts than these publish says nothing about any two of them. */
const mostPublishers = 3
const soonS = 600

/** Accounts of the project that have a handle, a name or an address of the wanted ones, or one of these ids. */
export async function findLookAlikes(
  clickhouse: Clickhouse,
  project: number,
  accounts: string[],
  wanted: { ids: string[]; handles: string[]; names: string[]; addresses: string[] },
): Promise<Account[]> {
  const isAlike = `not (${ofAccounts})
       and (author_key in (select cityHash64(arrayJoin({ids:Array(String)})))
         or lowerUTF8(trim(leading '@' from author_handle)) in {handles:Array(String)}
         or lowerUTF8(author_name) in {names:Array(String)}
         or author_bio != '' and arrayExists(address -> positionCaseInsensitiveUTF8(author_bio, address) > 0, {addresses:Array(String)}))`
  return listAccounts(clickhouse, isAlike, { project, accounts, ...wanted })
}

/** Accounts of the project that have all these words in their name and handle, those that wrote most first. */
export async function findCalled(clickhouse: Clickhouse, project: number, text: string): Promise<Account[]> {
  const words = text.split(/[\s@]+/).filter(Boolean)
  if (words.length === 0) return []
  const isCalled = `arrayAll(word -> positionCaseInsensitiveUTF8(concat(author_name, ' ', author_handle), word) > 0, {words:Array(String)})`
  return listAccounts(clickhouse, isCalled, { project, words })
}

async function listAccounts(
  clickhouse: Clickhouse,
  which: string,
  params: { [name: string]: unknown },
): Promise<Account[]> {
  const rows = await clickhouse.rows<Row>(
    `select author_id as id, any(platform) as on_platform, argMax(author_name, posted_at) as name,
       argMax(author_handle, posted_at) as handle, argMax(author_bio, posted_at) as bio,
       max(author_followers) as followers, max(author_verified) as verified,
       groupUniqArrayIf(20)(city, city != '') as cities, groupUniqArrayArray(topics) as all_topics, uniqExact(mention.id) as mentions
     from mention
     where project_id = {project:UInt32} and author_id != '' and ${which}
     group by author_id
     order by mentions desc, author_id
     limit ${mostFound}`,
    params,
  )
  return rows.map(({ on_platform, all_topics, ...row }) => ({
    ...row,
    platform: on_platform,
    topics: all_topics,
    name: row.name || null,
    handle: row.handle || null,
    bio: row.bio || null,
  }))
}

type Row = {
  id: string
  on_platform: string
  name: string
  handle: string
  bio: string
  followers: number | null
  verified: boolean | null
  cities: string[]
  all_topics: number[]
  mentions: number
}

/** Other accounts that published the same text within ten minutes, a text that few have published. */
export async function findTwins(
  clickhouse: Clickhouse,
  project: number,
  accounts: string[],
  written: Written[],
): Promise<Twin[]> {
  const own = Map.groupBy(
    written.slice(-newestTexts).filter(({ kind }) => kind !== 'repost' && kind !== 'quote'),
    ({ cluster }) => cluster,
  )
  if (own.size === 0) return []
  const rows = await clickhouse.rows<{ cluster: string; id: string; at: number }>(
    `select toString(cluster_key) as cluster, author_id as id, toUnixTimestamp(posted_at) as at
     from mention
     where project_id = {project:UInt32} and author_id != '' and kind not in ('repost', 'quote')
       and cluster_key in (select arrayJoin(cast({clusters:Array(String)} as Array(UInt64))))
       and not (${ofAccounts})
     limit ${mostTwins}`,
    { project, accounts, clusters: [...own.keys()] },
  )
  return [...Map.groupBy(rows, ({ cluster }) => cluster)].flatMap(([cluster, others]) => {
    if (new Set(others.map(({ id }) => id)).size >= mostPublishers) return []
    return others.flatMap(({ id, at }) => {
      const seconds = Math.min(...own.get(cluster)!.map((one) => Math.abs(one.at - at)))
      return seconds <= soonS ? [{ id, seconds }] : []
    })
  })
}
