import { join } from 'node:path'
import pino from 'pino'
import { openClickhouse } from './base/clickhouse/clickhouse.ts'
import { migrateClickhouse } from './base/clickhouse/migrate.ts'
import { openEvents } from './base/events/events.ts'
import { createAddressRule } from './base/http/addresses.ts'
import { createRequest } from './base/http/request.ts'
import { createConnect } from './base/http/socket.ts'
import { createStream } from './base/http/stream.ts'
import { startJobs } from './base/jobs/jobs.ts'
import { keepWriting } from './base/letters/keep-writing.ts'
import { lockDirectory } from './base/lock/lock.ts'
import { openModel } from './base/model/model.ts'
import { openPostgres } from './base/postgres/postgres.ts'
import { migratePostgres } from './base/postgres/migrate.ts'
import { loadOrCreateKey, parseKey } from './base/secrets/key.ts'
import { createSecrets } from './base/secrets/secrets.ts'
import { getFirstHead } from './base/team/first-head.ts'
import { ensureFirstHead } from './base/team/sign-in-link.ts'
import type { Config } from './config.ts'
import { keepLearning } from './listen/categories/keep-learning.ts'
import { watchCategories } from './listen/categories/watch-categories.ts'
import { Clusters } from './listen/clusters/clusters.ts'
import { startCollecting } from './listen/collect/collector.ts'
import { languageOfSample, startSample } from './listen/collect/sample.ts'
import { collectWorld } from './listen/collect/world.ts'
import { createThreads } from './listen/threads.ts'
import { watchTopics } from './listen/topics/watch-topics.ts'
import { keepTelling } from './respond/alarms/keep-telling.ts'
import { keepCaring } from './respond/care/keep-caring.ts'
import { keepWatching } from './respond/happenings/keep-watching.ts'
import { keepPlaying } from './respond/playbooks/keep-playing.ts'
import { findReplyChannel, replyChannels } from './respond/replies/channel.ts'
import { keepBringing } from './respond/help/keep-bringing.ts'
import { keepIntegrating } from './respond/integrations/keep-working.ts'
import { keepEmbedding } from './respond/knowledge/meaning.ts'
import { keepReminding } from './respond/knowledge/keep-reminding.ts'
import { keepFollowing } from './respond/outcome/keep-following.ts'
import { keepSending } from './respond/replies/keep-sending.ts'
import { keepAsking } from './respond/replies/approval-letters.ts'
import { keepRenewing } from './respond/replies/renew.ts'
import { keepRuling } from './respond/rules/keep-ruling.ts'
import { keepDelivering } from './respond/tickets/outbox.ts'
import { keepPromises } from './respond/tickets/sweep.ts'
import { keepPosting } from './respond/webhooks/keep-posting.ts'
import { createApi } from './serve/api/api.ts'
import { listen } from './serve/api/server.ts'
import { openSamplePage } from './serve/help-account.ts'
import type { House } from './serve/house.ts'
import { openLocalDoor } from './serve/local/door.ts'

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
  const network = { allowPrivate: config.allowPrivate, contact: config.publicUrl }
  const request = createRequest(network)
  opening.defer(() => request.close())
  const connect = createConnect(network)
  const stream = createStream(network)
  opening.defer(() => stream.close())
  const model = openModel({ endpoint: config.stronger.endpoint, embeddingModel: config.embeddingModel })
  opening.defer(() => model?.close())
  const events = opening.use(await openEvents(postgres))
  const jobs = opening.use(await startJobs(postgres, log))
  // Some 200 bytes each; beyond that the oldest are forgotten before their month is over.
  const clusters = new Clusters(clickhouse, { mostPosts: 1_000_000, alone: clickhouse.embedded })
  const topics = opening.use(await watchTopics(postgres.db, events, { alone: postgres.embedded }))
  const categories = opening.use(await watchCategories(postgres.db, events))
  const threads = config.threads > 0 ? opening.use(createThreads(config.threads, topics, categories)) : null

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
    categories,
    threads,
    clusters,
    request,
    allows: createAddressRule(config.allowPrivate),
    connect,
    stream,
    secrets,
    model,
    now: () => new Date(),
    [Symbol.asyncDispose]: () => rooms.disposeAsync(),
  }
}

async function openMentions(config: Config) {
  const clickhouse = openClickhouse(
    config.clickhouseUrl ? { url: config.clickhouseUrl } : { dir: join(config.dataDir, 'clickhouse') },
  )
  await migrateClickhouse(clickhouse, { archiveDays: config.archiveDays })
  return clickhouse
}

export type ServeOptions = {
  role: 'all' | 'web' | 'worker'
  /** Fills the sample project unless it is there. */
  demo: boolean
  locale: 'en' | 'ru'
  /** Tells the person at the terminal where to go; `link` signs in once, and is null when everybody has a password. */
  ready: (where: { url: string; link: string | null }) => void
}

/** Runs the product until the returned thing is disposed: the doors, the work in the background, or both. */
export async function serve(config: Config, options: ServeOptions): Promise<AsyncDisposable> {
  await using starting = new AsyncDisposableStack()
  const house = starting.use(await openHouse(config))
  if (options.role !== 'web') starting.use(await startWork(house))
  starting.use(await openLocalDoor(house))
  if (options.role !== 'worker') {
    const api = await createApi(house)
    const link = await ensureFirstHead(house.postgres.db, house.now())
    let begin = ''
    if (options.demo) {
      const head = await getFirstHead(house.postgres.db)
      const { project } = await startSample(house.postgres.db, head, { now: house.now(), locale: options.locale })
      await openSamplePage(house, project.id, await languageOfSample(house.postgres.db, project.id))
      begin = `?back=/projects/${project.id}/inbox`
    }
    const listening = await listen(api, { host: config.host, port: config.port })
    starting.defer(() => listening.close())
    house.lock.announce(config.publicUrl)
    options.ready({ url: config.publicUrl, link: link === null ? null : `${config.publicUrl}/sign-in/${link}${begin}` })
  }
  const running = starting.move()
  return { [Symbol.asyncDispose]: () => running.disposeAsync() }
}

/** What goes on without anybody asking, and what was asked for and takes long. */
export async function startWork(house: House): Promise<AsyncDisposable> {
  const { postgres, clickhouse, jobs } = house
  await keepDelivering({ db: postgres.db, clickhouse, jobs }) // what a crash left undelivered comes first
  const channelOf = (platform: string) => findReplyChannel(postgres.db, platform)
  await keepSending({ ...house, db: postgres.db, channelOf }) // what nobody knows of is looked up first
  await keepLearning({ db: postgres.db, clickhouse, jobs, events: house.events, now: house.now })
  await using starting = new AsyncDisposableStack()
  starting.use(keepRenewing({ ...house, db: postgres.db, channels: replyChannels }))
  starting.use(keepAsking({ ...house, db: postgres.db }))
  starting.use(keepPromises({ ...house, db: postgres.db }))
  starting.use(keepCaring({ ...house, db: postgres.db }))
  starting.use(keepPlaying({ ...house, db: postgres.db, publicUrl: house.config.publicUrl }))
  starting.use(keepRuling({ ...house, db: postgres.db, publicUrl: house.config.publicUrl }))
  starting.use(keepReminding({ ...house, db: postgres.db }))
  starting.use(keepEmbedding({ ...house, db: postgres.db }))
  starting.use(keepIntegrating({ ...house, db: postgres.db }))
  starting.use(keepBringing({ ...house, db: postgres.db, publicUrl: house.config.publicUrl }))
  starting.use(keepFollowing({ ...house, db: postgres.db }))
  starting.use(keepWriting({ ...house, db: postgres.db }))
  starting.use(await keepWatching({ ...house, db: postgres.db }))
  starting.use(keepPosting({ ...house, db: postgres.db, random: Math.random }))
  starting.use(keepTelling({ ...house, db: postgres.db }))
  starting.use(await startCollecting(collectWorld(house), { onlyProcess: house.postgres.embedded }))
  const running = starting.move()
  return { [Symbol.asyncDispose]: () => running.disposeAsync() }
}
