import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { must } from '../../base/errors.ts'
import { first, type Database } from '../../base/postgres/postgres.ts'
import { dayAround } from '../../base/time/zone.ts'
import type { Connector, Quota, SourceSecrets, Spent } from '../connectors/connector.ts'

/**
 * Counts what a source takes from its platform's quotas, before it is taken, for all sources that share them and across
 * restarts. A request that was counted and then failed stays counted: the platform may have counted it, too.
 */
export function spender(
  db: Database,
  connector: Pick<Connector<unknown>, 'platform' | 'capabilities'>,
  secrets: SourceSecrets,
  now: () => Date,
): (quota: string, units?: number) => Promise<Spent> {
  return async (name, units = 1) => {
    const quota = must(
      connector.capabilities.quotas?.find((one) => one.name === name),
      `quota ${name} of ${connector.platform}`,
    )
    return spend(db, `${connector.platform} ${name} ${holderOf(quota, secrets)}`, quota, units, now())
  }
}

export async function spend(db: Database, name: string, quota: Quota, units: number, now: Date): Promise<Spent> {
  const { from, until } = windowOf(quota, now)
  if (units > quota.units) return { kind: 'refused', until }
  const taken = await first(
    db,
    sql`
      insert into spent (name, window_from, units)
      values (${name}, ${from}, ${units})
      on conflict (name, window_from) do update set units = spent.units + excluded.units
        where spent.units + excluded.units <= ${quota.units}
      returning units`,
  )
  if (taken === null) return { kind: 'refused', until }
  // The latest windows stay: a clock that was ahead for a moment must not make this one begin anew.
  await sql`
    delete from spent
    where name = ${name}
      and window_from < (
        select window_from from spent where name = ${name} order by window_from desc offset ${windowsKept - 1} limit 1)`.execute(
    db,
  )
  return { kind: 'spent' }
}

/** Who shares a quota: those with the same secrets; or all of this machine. */
function holderOf({ of = 'credential' }: Quota, secrets: SourceSecrets): string {
  return of === 'address' || Object.keys(secrets).length === 0 ? 'address' : credentialOf(secrets)
}

/** A mark that is the same for the same secrets, also after they were exchanged, and does not tell them. */
export function credentialOf(secrets: SourceSecrets): string {
  if (secrets['credential'] !== undefined) return secrets['credential']
  const entries = Object.entries(secrets).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(entries)).digest('base64url').slice(0, 22)
}

function windowOf({ per, zone = 'UTC' }: Quota, now: Date): { from: Date; until: Date } {
  if (per === 'day') return dayAround(now, zone)
  const from = Math.floor(now.getTime() / per) * per
  return { from: new Date(from), until: new Date(from + per) }
}

const windowsKept = 3
