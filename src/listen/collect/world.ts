import type { Logger } from 'pino'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Events } from '../../base/events/events.ts'
import type { Request } from '../../base/http/request.ts'
import type { Connect } from '../../base/http/socket.ts'
import type { Stream } from '../../base/http/stream.ts'
import type { Database, Postgres } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import type { ProjectCategories } from '../categories/project-categories.ts'
import type { Clusters } from '../clusters/clusters.ts'
import { findConnector } from '../connectors/catalogue.ts'
import type { Connector } from '../connectors/connector.ts'
import { fileLimits, type FileLimits } from '../connectors/files/limits.ts'
import type { Threads } from '../threads.ts'
import type { TopicMatcher } from '../topics/topic-matcher.ts'
import { politely } from './politeness.ts'

/** What bringing posts in needs from the house. */
export type CollectWorld = {
  db: Database
  clickhouse: Clickhouse
  events: Events
  topics: TopicMatcher
  categories: ProjectCategories
  threads: Threads | null
  clusters: Clusters
  request: Request
  /** Which addresses sockets of other protocols, like those of mail, may be opened to; absent: public ones. */
  allows?: (address: string) => boolean
  connect: Connect
  stream: Stream
  secrets: Secrets
  /** Where people and platforms reach this copy; absent: nobody outside does. */
  publicUrl?: string
  connectorOf: (platform: string) => Connector<unknown> | null
  /** Holds the uploaded files. */
  dataDir: string
  /** How long an uploaded file waits for somebody to begin its import. */
  keepUploadsHours: number
  fileLimits: Partial<FileLimits>
  log: Logger
  now: () => Date
  random: () => number
}

/** Takes out of an opened house what collecting needs. */
export function collectWorld(
  house: Pick<CollectWorld, FromHouse> & {
    postgres: Postgres
    config: {
      dataDir: string
      keepUploadsHours: number
      publicUrl: string
      limits: Parameters<typeof fileLimits>[0]
    }
  },
): CollectWorld {
  const { clickhouse, events, topics, categories, threads, clusters, connect, stream, secrets, log, now } = house
  return {
    clickhouse,
    events,
    topics,
    categories,
    threads,
    clusters,
    request: politely(house.request, now),
    ...(house.allows && { allows: house.allows }),
    connect,
    stream,
    secrets,
    log,
    now,
    connectorOf: findConnector,
    db: house.postgres.db,
    publicUrl: house.config.publicUrl,
    dataDir: house.config.dataDir,
    keepUploadsHours: house.config.keepUploadsHours,
    fileLimits: fileLimits(house.config.limits),
    random: Math.random,
  }
}

type FromHouse =
  | 'clickhouse'
  | 'events'
  | 'topics'
  | 'categories'
  | 'threads'
  | 'clusters'
  | 'request'
  | 'allows'
  | 'connect'
  | 'stream'
  | 'secrets'
  | 'log'
  | 'now'
