import { join } from 'node:path'
import pino from 'pino'
import { openClickhouse } from './base/clickhouse/clickhouse.ts'
import { migrateClickhouse } from './base/clickhouse/migrate.ts'
import { openEvents } from './base/events/events.ts'
import { createRequest } from './base/http/request.ts'
import { startJobs } from './base/jobs/jobs.ts'
import { lockDirectory } from './base/lock/lock.ts'
import { openPostgres } from './base/postgres/postgres.ts'
import { migratePostgres } from './base/postgres/migrate.ts'
import { loadOrCreateKey, parseKey } from './base/secrets/key.ts'
import { createSecrets } from './base/secrets/secrets.ts'
import type { Config } from './config.ts'
import { runBackfill, type BackfillJob } from './listen/topics/backfill.ts'
import { watchTopics } from './listen/topics/topic-matcher.ts'
import type { House } from './serve/house.ts'

/**
 * Opens every room once, bottom floor first, and brings both databases to the newest shape. Throws UserError when
 * another process holds the data directory. Closing goes the other way round.
 */
export async function openHouse(config: Config): Promise<House & AsyncDisposable> {
  await using opening = new AsyncDisposableStack()
  const log = pino({ level: config.logLevel }, pino.destination(2))
  const lock = opening.use(lockDirectory(config.dataDir))

  const [clickhouse, postgres] = await Promise.all([
    openMentions(config),
    openPostgres(config.databaseUrl ? { url: config.databaseUrl } : { dir: join(config.dataDir, 'postgres') }),
  ])
  opening.use(clickhouse)
  opening.use(postgres)
  await migratePostgres(postgres.pool)

  const secrets = createSecrets(config.secretKey ? parseKey(config.secretKey) : await loadOrCreateKey(config.dataDir))
  const request = createRequest({ allowPrivate: config.allowPrivate, contact: config.publicUrl })
  opening.defer(() => request.close())
  const events = opening.use(await openEvents(postgres))
  const jobs = opening.use(await startJobs(postgres, log))
  const topics = opening.use(await watchTopics(postgres.db, events))

  const rooms = opening.move()
  return {
    config,
    log,
    lock,
    clickhouse,
    postgres,
    events,
    jobs,
    topics,
    request,
    secrets,
    now: () => new Date(),
    [Symbol.asyncDispose]: () => rooms.disposeAsync(),
  }
}

async function openMentions(config: Config) {
  const clickhouse = openClickhouse(config.clickhouseUrl ? { url: config.clickhouseUrl } : { dir: join(config.dataDir, 'clickhouse') })
  await migrateClickhouse(clickhouse, { archiveDays: config.archiveDays })
  return clickhouse
}

/** What goes on without anybody asking, and what was asked for and takes long. */
export async function startWork(house: House): Promise<void> {
  const { jobs, postgres, clickhouse, events } = house
  await jobs.handle<BackfillJob>('backfill', (job) => runBackfill({ db: postgres.db, clickhouse, events }, job))
}
