import { sql } from 'kysely'
import { list } from '../../base/postgres/postgres.ts'
import { bringIn } from '../bring-in.ts'
import type { Followed } from '../connectors/connector.ts'
import { decideTopicsAnew, dropUnasked, leaveArchive } from '../mentions/edits.ts'
import { removePosts } from '../mentions/removal.ts'
import type { Post } from '../posts/post.ts'
import { addLatencies } from './latency.ts'
import { countHours } from './source-hours.ts'
import type { Source } from './source.ts'
import type { CollectWorld } from './world.ts'

export type Arrived = { items: Post[] } & Followed

/**
 * Saves what a source brought, follows what it says of earlier posts, and tells open screens. When it returns, all of it
 * survives the end of the process, and the cursor may be saved. `source` learns how long the posts were on their way. `after`: the
 * posts are understood meanwhile, and nothing is written before this has come true; when it fails, so does this.
 */
export async function bring(
  world: CollectWorld,
  source: Source,
  arrived: Arrived,
  after: Promise<void> = Promise.resolve(),
): Promise<{ added: number }> {
  const { removed = [], removedAuthors = [], edited = [] } = arrived
  const gone = new Set(removed)
  const items = arrived.items.filter(({ id }) => !gone.has(id))
  let added = 0
  if (items.length > 0) {
    const saved = await saveItems(world, source, { items, edited, after })
    for (const { id, reason } of saved.dropped)
      world.log.info({ source: source.id, post: id, reason }, 'a post was dropped')
    const now = world.now()
    const fresh = newest(items, saved.added + saved.archived)
    source.latency = addLatencies(source.latency, fresh, { since: source.addedAt, savedAt: now })
    const posted = fresh.map(({ postedAt }) => postedAt)
    await countHours(world.db, source.id, posted, now)
    added = saved.added
  }
  await after
  const leaving = await removeWhatLeft(world, source, removed, removedAuthors)
  if (added > 0 || leaving.size > 0) {
    for (const project of await projectsOf(world, source))
      if (added > 0 || leaving.has(project)) await world.events.publish({ project, kind: 'mentions', added })
  }
  return { added }
}

async function saveItems(
  world: CollectWorld,
  source: Source,
  { items, edited, after }: { items: Post[]; edited: string[]; after: Promise<void> },
) {
  const { clickhouse, topics, categories, threads, clusters } = world
  const flow = { clickhouse, topics, categories, threads, clusters, sourceId: source.id, collectedAt: world.now() }
  // What is decided anew may be among what is being saved.
  if (edited.length > 0) await after
  const asked = await decideTopicsAnew(clickhouse, source.projectId, edited)
  const saved = await bringIn(items, { ...flow, project: source.projectId, keepAll: false }, after)
  for (const { project, id } of await dropUnasked(clickhouse, asked))
    await bringIn(
      items.filter((item) => item.id === id),
      { ...flow, project, keepAll: true },
    )
  await leaveArchive(clickhouse, source.projectId, edited)
  return saved
}

async function removeWhatLeft(world: CollectWorld, source: Source, ids: string[], authors: string[]) {
  if (ids.length + authors.length === 0) return new Map<number, string[]>()
  const { platform, projectId: project } = source
  return removePosts(world, { project, platform, ids, authors, at: world.now() })
}

/** What was added when only some of a page was: the rest are posts that came once more, and new ones are younger. */
function newest(items: Post[], added: number): Post[] {
  if (added >= items.length) return items
  return items.toSorted((a, b) => Number(b.postedAt ?? 0) - Number(a.postedAt ?? 0)).slice(0, added)
}

export async function projectsOf(world: CollectWorld, source: Source): Promise<number[]> {
  if (source.projectId !== null) return [source.projectId]
  return (await list(world.db, sql<{ id: number }>`select id from project`)).map(({ id }) => id)
}
