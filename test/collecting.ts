import { sql } from 'kysely'
import { pino } from 'pino'
import { openTestClickhouse, openTestPostgres } from './database.ts'
import { openEvents } from '../src/base/events/events.ts'
import { must } from '../src/base/errors.ts'
import { list } from '../src/base/postgres/postgres.ts'
import { createSecrets } from '../src/base/secrets/secrets.ts'
import { createCategories } from '../src/listen/categories/project-categories.ts'
import { Clusters } from '../src/listen/clusters/clusters.ts'
import type {
  Connector,
  Cursor,
  Fetched,
  FetchedPage,
  Health,
  LookedUp,
  SourceToRead,
} from '../src/listen/connectors/connector.ts'
import { barePost, type Post } from '../src/listen/posts/post.ts'
import { addTopic } from '../src/listen/topics/topic.ts'
import { watchTopics } from '../src/listen/topics/watch-topics.ts'
import { addSource, findSource, type Source } from '../src/listen/collect/source.ts'
import type { CollectWorld } from '../src/listen/collect/world.ts'

export const noHealth: Health = { title: null, newestAt: null, requests: 1, pollAfterMs: null }

/** What a platform does is written down by the test, by the contract of connectors. */
export type WrittenPlatform = {
  fetch?: (source: SourceToRead<{ url: string }>) => Promise<Fetched>
  listen?: (source: SourceToRead<{ url: string }>, signal: AbortSignal) => AsyncIterable<Fetched>
  lookUp?: (ids: string[]) => Promise<LookedUp>
}

/** Collecting on real, empty engines with one project that asks for «банк»; time stands until the test moves it. */
export async function openCollecting(platform: WrittenPlatform) {
  await using opened = new AsyncDisposableStack()
  const postgres = opened.use(await openTestPostgres())
  const clickhouse = opened.use(await openTestClickhouse())
  const events = opened.use(await openEvents(postgres))
  const topics = opened.use(await watchTopics(postgres.db, events, { alone: postgres.embedded }))
  const clock = { now: new Date('2026-11-22T12:00:00Z') }
  const connector: Connector<{ url: string }> = {
    platform: 'written',
    capabilities: {
      collects: ['poll', 'stream'],
      replies: false,
      follows: { edits: true, deletions: true },
      cost: null,
      needs: 'nothing',
      looksUp: 2,
    },
    parseConfig: (input) => input as { url: string },
    way: () => (platform.listen ? 'stream' : 'poll'),
    fetch: (source) => must(platform.fetch)(source),
    listen: (source, io) => must(platform.listen)(source, io.signal),
    lookUp: (ids) => must(platform.lookUp)(ids),
  }
  const none = () => Promise.reject(new Error('no network here'))
  const world: CollectWorld = {
    ...{ db: postgres.db, clickhouse, events, topics, request: none, connect: none, stream: none },
    categories: createCategories(),
    threads: null,
    clusters: new Clusters(clickhouse, { mostPosts: 100_000, alone: true }),
    secrets: createSecrets(new Uint8Array(32).fill(3)),
    connectorOf: (name) => (name === 'written' ? (connector as Connector<unknown>) : null),
    dataDir: '/nowhere',
    keepUploadsHours: 24,
    fileLimits: {},
    log: pino({ level: 'silent' }),
    now: () => clock.now,
    random: () => 0,
  }

  async function addProject(): Promise<number> {
    const rows = await list(world.db, sql<{ id: number }>`insert into project (name) values ('P') returning id`)
    const project = must(rows[0]).id
    topics.set(await addTopic(world.db, project, { name: 'Банк', group: null, query: 'банк' }, null))
    return project
  }
  const project = await addProject()
  let sources = 0
  const closing = opened.move()
  return {
    world,
    clock,
    project,
    addProject,
    addSource: (owner: number | null = project, secrets: { [name: string]: string } = {}): Promise<Source> =>
      addSource(world, owner, connector as Connector<unknown>, {
        settings: { url: `https://written.example/${(sources += 1)}` },
        secrets,
        name: null,
      }),
    seen: async (source: Source): Promise<Source> => must(await findSource(world.db, source.id)),
    texts: async (table: 'mention' | 'archive', owner = project): Promise<{ [id: string]: string }> => {
      const rows = await clickhouse.rows<{ id: string; text: string }>(
        `select id, text from ${table} final where project_id = {owner:UInt32} order by id`,
        { owner },
      )
      return Object.fromEntries(rows.map(({ id, text }) => [id, text]))
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}

export type Collecting = Awaited<ReturnType<typeof openCollecting>>

export function said(id: string, text: string, more: Partial<Post> = {}): Post {
  return barePost({
    id: `written:${id}`,
    platform: 'written',
    text,
    postedAt: new Date('2026-11-22T11:59:00Z'),
    author: { id: 'a1', name: null, handle: null, bio: null, followers: null, verified: null },
    ...more,
  })
}

export function pageOf(items: Post[], next: Cursor, more: Partial<FetchedPage> = {}): FetchedPage {
  return { kind: 'page', items, next, more: false, problems: [], health: noHealth, ...more }
}
