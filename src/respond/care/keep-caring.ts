import type { Logger } from 'pino'
import type { Database } from '../../base/postgres/postgres.ts'
import { every } from '../../base/time/every.ts'
import { forgetOldReads } from './forget.ts'

const hourMs = 3_600_000

/** What was counted of members is forgotten within an hour of when it is not counted any more, until it is disposed. */
export function keepCaring({ db, now, log }: { db: Database; now: () => Date; log: Logger }): AsyncDisposable {
  return every({ everyMs: hourMs, log, what: 'forgetting who read what', work: () => forgetOldReads(db, now()) })
}
