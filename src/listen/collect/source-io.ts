import type { Connector, SourceIo, SourceSecrets } from '../connectors/connector.ts'
import { spender } from './quota.ts'
import type { CollectWorld } from './world.ts'

/** What a connector reads a source with. */
export function sourceIo(
  world: Pick<CollectWorld, 'db' | 'request' | 'allows' | 'connect' | 'stream' | 'now'>,
  connector: Connector<unknown>,
  secrets: SourceSecrets,
  signal: AbortSignal,
): SourceIo {
  const { db, request, allows, connect, stream, now } = world
  return { request, allows, connect, stream, now, signal, spend: spender(db, connector, secrets, now) }
}

/** How a source is collected. */
export function wayOf(
  connector: Connector<unknown>,
  config: unknown,
  secrets: SourceSecrets,
): 'poll' | 'stream' | 'push' {
  return connector.way?.(config, secrets) ?? connector.capabilities.collects[0] ?? 'poll'
}
