import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import {
  fromRow,
  mentionColumns,
  pageColumns,
  unpack,
  type Mention,
  type MentionRow,
  type PackedRow,
} from './mention.ts'

/** The mentions of these ids, oldest first; those that are not there are left out. */
export async function findMentions(clickhouse: Clickhouse, project: number, ids: string[]): Promise<Mention[]> {
  if (ids.length === 0) return []
  const rows = await clickhouse.rows<MentionRow>(
    `select ${mentionColumns}
     from mention final
     where project_id = {project:UInt32} and id in {ids:Array(String)}
     order by posted_at, id`,
    { project, ids },
  )
  return rows.map(fromRow)
}

/** What these authors wrote in this project, newest first. */
export async function listOfAuthors(
  clickhouse: Clickhouse,
  project: number,
  authors: string[],
  limit: number,
): Promise<Mention[]> {
  if (authors.length === 0) return []
  const where = 'author_key in (select cityHash64(arrayJoin({authors:Array(String)})))'
  return read(clickhouse, where, 'desc', { project, authors, limit })
}

/** The members of a near-duplicate cluster, oldest first: the first source stands on top. */
export async function listOfCluster(
  clickhouse: Clickhouse,
  project: number,
  cluster: string,
  limit: number,
): Promise<Mention[]> {
  return read(clickhouse, 'cluster_key = cityHash64({cluster:String})', 'asc', { project, cluster, limit })
}

/** What this project has collected of the thread around a mention: its forebears in order, and the answers to it. */
export async function findThread(
  clickhouse: Clickhouse,
  project: number,
  mention: Mention,
): Promise<{ above: Mention[]; below: Mention[] }> {
  const below = await read(clickhouse, 'parent = {id:String}', 'asc', { project, id: mention.id, limit: 50 })
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
     where project_id = {project:UInt32}
       and cluster_key in (select cityHash64(arrayJoin({clusters:Array(String)})))
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
     where project_id = {project:UInt32} and author_key = cityHash64({author:String})`,
    { project, author },
  )
  return row && row.mentions > 0
    ? { mentions: row.mentions, firstAt: new Date(row.first), lastAt: new Date(row.last) }
    : null
}

/**
 * First which mentions they are, by small columns; then their rows, where these lie. `final` would read every column of every
 * page of the project; a mention that stands in the table twice comes once, the newer one.
 */
async function read(
  clickhouse: Clickhouse,
  where: string,
  order: 'asc' | 'desc',
  params: { project: number; limit: number; [name: string]: unknown },
): Promise<Mention[]> {
  const keys = await clickhouse.rows<{ at: string; key: string }>(
    `select posted_at as at, toString(id_key) as key
     from mention
     where project_id = {project:UInt32} and ${where}
     order by posted_at ${order}, id
     limit 1 by id_key
     limit {limit:UInt32}`,
    params,
  )
  if (keys.length === 0) return []
  const rows = await clickhouse.rows<PackedRow>(
    `select ${pageColumns}
     from mention
     where project_id = {project:UInt32} and posted_at in {times:Array(DateTime64(3, 'UTC'))}
       and id_key in {keys:Array(UInt64)}
     order by posted_at ${order}, id, version desc
     limit 1 by id`,
    {
      project: params.project,
      times: [...new Set(keys.map(({ at }) => at))],
      keys: keys.map(({ key }) => BigInt(key)),
    },
  )
  return rows.map((row) => fromRow(unpack(row)))
}
