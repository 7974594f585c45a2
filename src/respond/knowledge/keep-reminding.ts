import type { Logger } from 'pino'
import type { Database } from '../../base/postgres/postgres.ts'
import { remindExperts } from './expert.ts'

const everyMs = 60_000

/** Reminds experts within a minute of when it is due, until it is disposed. */
export function keepReminding({ db, log, now }: { db: Database; log: Logger; now: () => Date }): AsyncDisposable {
  let running: Promise<unknown> = Promise.resolve()
  const remind = () => {
    running = remindExperts(db, now()).catch((error: unknown) =>
      // What was not written stays due.
      log.error({ error: String(error) }, 'experts could not be reminded'),
    )
  }
  remind()
  const timer = setInterval(remind, everyMs)
  return {
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer)
      await running
    },
  }
}
