import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { fromRow, mentionColumns, type Mention, type MentionRow } from './mention.ts'

/** The mentions of these ids, oldest first; those that are not there are left out. */
export async function findMentions(clickhouse: Clickhouse, project: number, ids: string[]): Promise<Mention[]> {
  if (ids.length === 0) return []
  return read(clickhouse, `id in {ids:Array(String)}`, 'posted_at, id', { project, ids, limit: ids.length })
}

/** What these authors wrote in this project, newest first. */
export async function listOfAuthors(
  clickhouse: Clickhouse,
  project: number,
  authors: string[],
  limit: number,
): Promise<Mention[]> {
  if (authors.length === 0) return []
  return read(clickhouse, `author_id in {authors:Array(String)}`, 'posted_at desc, id', { project, authors, limit })
}

/** The members of a near-duplicate cluster, oldest first: the first source stands on top. */
export async function listOfCluster(
  clickhouse: Clickhouse,
  project: number,
  cluster: string,
  limit: number,
): Promise<Mention[]> {
  return read(clickhouse, `cluster = {cluster:String}`, 'posted_at, id', { project, cluster, limit })
}

/** What this project has collected of the thread around a mention: its forebears in order, and the answers to it. */
export async function findThread(
  clickhouse: Clickhouse,
  project: number,
  mention: Mention,
): Promise<{ above: Mention[]; below: Mention[] }> {
  const below = await read(clickhouse, `parent = {id:String}`, 'posted_at, id', { project, id: mention.id, limit: 50 })
  const above: Mention[] = []
  const seen = new Set([mention.id])
  // A thread that answers itself in a circle, or one without end, must not hold the screen.
  for (let parent = mention.parent; parent && !seen.has(parent) && above.length < 20;) {
    seen.add(parent)
    const [found] = await findMentions(clickhouse, project, [parent])
    if (!found) break
    above.unshift(found)
    parent = found.parent
  }
  return { above, below }
}

/** How many mentions of the project each of these clusters has. */
export async function clusterSizes(
  clickhouse: Clickhouse,
  project: number,
  clusters: string[],
): Promise<Map<string, number>> {
  if (clusters.length === 0) return new Map()
  const rows = await clickhouse.rows<{ cluster: string; size: number }>(
    `select cluster, uniqExact(id) as size
     from mention
     where project_id = {project:UInt32} and cluster in {clusters:Array(String)}
     group by cluster`,
    { project, clusters: [...new Set(clusters)] },
  )
  return new Map(rows.map((row) => [row.cluster, row.size]))
}

export type AuthorSummary = { mentions: number; firstAt: Date; lastAt: Date }

export async function summariseAuthor(
  clickhouse: Clickhouse,
  project: number,
  author: string,
): Promise<AuthorSummary | null> {
  const row = await clickhouse.row<{ mentions: number; first: number; last: number }>(
    `select uniqExact(id) as mentions, toUnixTimestamp64Milli(min(posted_at)) as first, toUnixTimestamp64Milli(max(posted_at)) as last
     from mention
     where project_id = {project:UInt32} and author_id = {author:String}`,
    { project, author },
  )
  return row && row.mentions > 0
    ? { mentions: row.mentions, firstAt: new Date(row.first), lastAt: new Date(row.last) }
    : null
}

async function read(
  clickhouse: Clickhouse,
  where: string,
  order: string,
  params: { project: number; limit: number; [name: string]: unknown },
): Promise<Mention[]> {
  const rows = await clickhouse.rows<MentionRow>(
    `select ${mentionColumns}
     from mention final
     where project_id = {project:UInt32} and ${where}
     order by ${order}
     limit {limit:UInt32}`,
    params,
  )
  return rows.map(fromRow)
}
