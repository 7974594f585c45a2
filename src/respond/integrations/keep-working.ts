import { sql } from 'kysely'
import type { Database } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import { every } from '../../base/time/every.ts'
import { findSystem } from './catalogue.ts'
import { workIntegrations, type IntegrationWorld } from './work.ts'

/** Speaks with every integration within seconds of a reason, until it is disposed. */
export function keepIntegrating(world: Omit<IntegrationWorld, 'systemOf'>): AsyncDisposable {
  return every({
    everyMs: 5_000,
    log: world.log,
    what: 'speaking with integrations',
    work: (signal) => workIntegrations({ ...world, systemOf: findSystem }, signal),
  })
}

/** The address at which a system may say that something changed; nobody can guess it. */
export function hookPath(secrets: Secrets, id: number): string {
  return `/hooks/integrations/${id}/${secrets.derive(`integration-hook:${id}`)}`
}

/** Something changed over there: we look now. What a hook says is not believed, so that a forged one can only make us look. */
export async function wakeByHook(
  db: Database,
  secrets: Secrets,
  path: string,
  id: number,
  now: Date,
): Promise<boolean> {
  if (hookPath(secrets, id) !== path) return false
  await sql`
    update integration set poll_due_at = least(poll_due_at, greatest(${now}, coalesce(polled_at, ${now}) + interval '10 seconds'))
    where id = ${id}`.execute(db)
  return true
}
