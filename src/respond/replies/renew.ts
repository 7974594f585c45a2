import type { Database } from '../../base/postgres/postgres.ts'
import { every } from '../../base/time/every.ts'
import { withLease } from '../../listen/collect/lease.ts'
import type { ConnectorIo } from '../../listen/connectors/connector.ts'
import type { ReplyChannel } from '../../listen/connectors/reply-channel.ts'
import { exchangeSealed, listSealed, openSealed } from './account.ts'
import type { SendWorld } from './send.ts'

const hourMs = 3_600_000

export type RenewWorld = Pick<SendWorld, 'db' | 'secrets' | 'request' | 'allows' | 'now' | 'log'> & {
  channels: (db: Database) => readonly ReplyChannel<unknown>[]
}

/** Once an hour exchanges what accounts sign in with where it comes to its end, until it is disposed. */
export function keepRenewing(world: RenewWorld): AsyncDisposable {
  return every({
    everyMs: hourMs,
    log: world.log,
    what: 'renewing the tokens of accounts',
    work: (signal) =>
      withLease(world.db, 'renew-accounts', (lost) => renewAccounts(world, AbortSignal.any([signal, lost]))),
  })
}

/** What an account got instead is kept at once; one that was connected anew meanwhile keeps what a person gave. */
export async function renewAccounts(world: RenewWorld, signal: AbortSignal): Promise<void> {
  const { db, secrets, request, allows, now } = world
  const io: ConnectorIo = { request, allows, now, signal }
  const renewing = new Map(world.channels(db).flatMap((one) => (one.renew ? [[one.platform, one] as const] : [])))
  for (const row of await listSealed(db, [...renewing.keys()])) {
    const account = openSealed(secrets, row)
    if (account === null || signal.aborted) continue
    const renewed = await renewing.get(row.platform)!.renew!(account, io)
    if (renewed !== null) await exchangeSealed(db, secrets, row, renewed)
  }
}
