import { sql } from 'kysely'
import { first } from '../../base/postgres/postgres.ts'
import type { Connector } from '../connectors/connector.ts'
import { threw } from './answers.ts'
import { findSource, openSecrets, sealRenewed, type Source } from './source.ts'
import { sourceIo } from './source-io.ts'
import type { CollectWorld } from './world.ts'

/**
 * The source with secrets that hold: those that come to their end are exchanged, and kept before they are used. Called by
 * whoever holds the lease of the source, so no two exchange at once; secrets that a person typed meanwhile stay.
 */
export async function withRenewedSecrets(
  world: CollectWorld,
  connector: Connector<unknown>,
  source: Source,
  signal: AbortSignal,
): Promise<Source> {
  if (!connector.renew || source.sealed === null) return source
  const secrets = openSecrets(world.secrets, source)
  try {
    const renewed = await connector.renew(secrets, sourceIo(world, connector, secrets, source.projectId, signal))
    if (renewed === null) return source
    const sealed = sealRenewed(world.secrets, source, renewed)
    const kept = await first(
      world.db,
      sql<Source>`update source set sealed = ${sealed} where id = ${source.id} and sealed = ${source.sealed} returning *`,
    )
    return kept ?? (await findSource(world.db, source.id)) ?? source
  } catch (error) {
    threw(world, source, error)
    return source
  }
}
