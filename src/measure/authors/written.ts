import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'

/** A mention as the card of its author counts it: everything but the words. */
export type Written = {
  /** Seconds since 1970. */
  at: number
  /** Place of its account among those asked for. */
  account: number
  platform: string
  source: string | null
  media: string | null
  kind: string | null
  lang: string | null
  country: string | null
  city: string | null
  topics: number[]
  sentiment: 'negative' | 'neutral' | 'positive' | null
  stage: string | null
  rating: number | null
  engagement: number | null
  followers: number | null
  verified: boolean | null
  hasLink: boolean
  ticket: number | null
  /** The same for near-duplicates. */
  cluster: string
}

/** A verified account that replies answers somebody: what it says is their case, not its own. */
export function answersOthers({ verified, kind }: { verified: boolean | null; kind: string | null }): boolean {
  return verified === true && (kind === 'reply' || kind === 'comment')
}

/** More of one person are not counted: their newest speak for them. */
export const mostCounted = 100_000

/** What these accounts wrote in a project, oldest first; the newest `mostCounted` when there are more. */
export async function readWritten(clickhouse: Clickhouse, project: number, accounts: string[]): Promise<Written[]> {
  if (accounts.length === 0) return []
  // Without `final`, which would read the words of every row; a mention that stands there twice comes once, the newer one.
  const columns = await clickhouse.row<Columns>(
    `select ${Object.entries(expressions)
      .map(([name, expression]) => `groupArray(${expression}) as ${name}_all`)
      .join(', ')}
     from (
       select posted_at, author_key, source_key, kind, lang, country, city, topics, sentiment, stage, rating, engagement,
         author_followers, author_verified, has, ticket, cluster_key
       from mention
       where ${ofAccounts}
       order by posted_at desc, version desc
       limit 1 by id_key
       limit ${mostCounted}
     )`,
    { project, accounts },
  )
  return columns === null ? [] : rowsOf(columns).toSorted((a, b) => a.at - b.at)
}

/** The key is a number, which is compared several times faster than the id it is made of. */
export const ofAccounts = `project_id = {project:UInt32}
  and author_key in (select cityHash64(arrayJoin({accounts:Array(String)})))`

// Columns, not rows: ten thousand objects take twice as long to be written and read. An array of values leaves nulls out,
// so an unknown number is −1 there.
const expressions = {
  at: 'toUnixTimestamp(posted_at)',
  account: 'indexOf(arrayMap(account -> cityHash64(account), {accounts:Array(String)}), author_key)',
  origin: 'toString(source_key)',
  kind: 'kind',
  lang: 'lang',
  country: 'country',
  city: 'city',
  topics: 'topics',
  sentiment: 'sentiment',
  stage: 'stage',
  rating: 'ifNull(rating, -1)',
  engagement: 'ifNull(toInt64(engagement), -1)',
  followers: 'ifNull(toInt64(author_followers), -1)',
  verified: 'ifNull(toInt8(author_verified), -1)',
  link: "has(has, 'link')",
  ticket: 'ifNull(toInt64(ticket), -1)',
  cluster: 'toString(cluster_key)',
} as const

type Columns = {
  [name in `${'at' | 'account' | 'rating' | 'engagement' | 'followers' | 'verified' | 'ticket'}_all`]: number[]
} & {
  [name in `${'origin' | 'kind' | 'lang' | 'country' | 'city' | 'sentiment' | 'stage' | 'cluster'}_all`]: string[]
} & {
  topics_all: number[][]
  link_all: (boolean | number)[]
}

function rowsOf(columns: Columns): Written[] {
  return columns.at_all.map((at, row) => {
    const [platform = '', source = '', media = ''] = columns.origin_all[row]!.split('\n')
    const verified = columns.verified_all[row]!
    return {
      at,
      account: columns.account_all[row]! - 1,
      platform,
      source: source || null,
      media: media || null,
      kind: columns.kind_all[row] || null,
      lang: columns.lang_all[row] || null,
      country: columns.country_all[row] || null,
      city: columns.city_all[row] || null,
      topics: columns.topics_all[row]!,
      sentiment: (columns.sentiment_all[row] || null) as Written['sentiment'],
      stage: columns.stage_all[row] || null,
      rating: known(columns.rating_all[row]!),
      engagement: known(columns.engagement_all[row]!),
      followers: known(columns.followers_all[row]!),
      verified: verified < 0 ? null : verified === 1,
      hasLink: Boolean(columns.link_all[row]),
      ticket: known(columns.ticket_all[row]!),
      cluster: columns.cluster_all[row]!,
    }
  })
}

function known(value: number): number | null {
  return value < 0 ? null : value
}
