import type { Logger } from 'pino'
import type { Database } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import { every } from '../../base/time/every.ts'
import { writeExpertLetters } from './expert-letters.ts'
import { remindExperts } from './expert.ts'

type World = { db: Database; secrets: Secrets; config: { publicUrl: string }; log: Logger; now: () => Date }

/** Writes to experts within seconds of a question, and reminds them when it is due, until it is disposed. */
export function keepReminding({ db, secrets, config, log, now }: World): AsyncDisposable {
  const work = async () => {
    await remindExperts(db, now())
    await writeExpertLetters({ db, secrets, publicUrl: config.publicUrl, now: now() })
  }
  return every({ everyMs: 10_000, log, what: 'writing to experts', work })
}
