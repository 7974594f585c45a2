import type { Logger } from 'pino'
import type { Database } from '../../base/postgres/postgres.ts'
import { every } from '../../base/time/every.ts'
import { remindOwners } from './remind.ts'

const everyMs = 30_000

/** Owners of steps are written within half a minute of when their time is over, until it is disposed. */
export function keepPlaying(house: { db: Database; publicUrl: string; now: () => Date; log: Logger }): AsyncDisposable {
  const { db, publicUrl, now, log } = house
  return every({
    everyMs,
    log,
    what: 'reminding of playbooks',
    work: () => remindOwners(db, { publicUrl, now: now() }),
  })
}
