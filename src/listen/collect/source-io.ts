import type { Database } from '../../base/postgres/postgres.ts'
import type { Connector, SourceIo, SourceSecrets } from '../connectors/connector.ts'
import { findSurroundings } from '../lists/list.ts'
import { readInProject } from '../query/in-project.ts'
import type { Query } from '../query/query.ts'
import { listTopics } from '../topics/topic.ts'
import { payer } from './budget.ts'
import { credentialOf, spender } from './quota.ts'
import type { CollectWorld } from './world.ts'

/** What a connector reads a source with. */
export function sourceIo(
  world: Pick<CollectWorld, 'db' | 'request' | 'allows' | 'connect' | 'stream' | 'now'>,
  connector: Connector<unknown>,
  secrets: SourceSecrets,
  /** Whose budget pays for it; null: a source of all projects, which may cost nothing. */
  project: number | null,
  signal: AbortSignal,
): SourceIo {
  const { db, request, allows, connect, stream, now } = world
  const pay = payer(db, { project, platform: connector.platform, credential: credentialOf(secrets) }, now)
  return { request, allows, connect, stream, now, signal, spend: spender(db, connector, secrets, now), pay }
}

/** Reads the queries of a project's topics, as the project means them. */
export function topicsOf(db: Database, project: number | null): (() => Promise<Query[]>) | undefined {
  if (project === null) return undefined
  return async () => {
    const [topics, surroundings] = [await listTopics(db, project), await findSurroundings(db, project)]
    return topics.map(({ query }) => readInProject(query, surroundings).query)
  }
}

/** How a source is collected. */
export function wayOf(
  connector: Connector<unknown>,
  config: unknown,
  secrets: SourceSecrets,
): 'poll' | 'stream' | 'push' {
  return connector.way?.(config, secrets) ?? connector.capabilities.collects[0] ?? 'poll'
}
