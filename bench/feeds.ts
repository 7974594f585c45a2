import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { openHouse } from '../src/app.ts'
import { createRequest } from '../src/base/http/request.ts'
import { list, type Database } from '../src/base/postgres/postgres.ts'
import { addProject } from '../src/base/team/project.ts'
import { readConfig } from '../src/config.ts'
import { startCollecting } from '../src/listen/collect/collector.ts'
import { collectWorld } from '../src/listen/collect/world.ts'
import { addTopic } from '../src/listen/topics/topic.ts'
import type { House } from '../src/serve/house.ts'
import { localAdmin } from '../src/serve/local/operations.ts'
import { calibrate, tell, type Row } from './table.ts'

const feeds = 5000
const rhythmMs = 15 * 60_000
const measuredMs = 60_000

/**
 * What it costs to look at 5,000 feeds, each on a host of its own, every fifteen minutes while one in a hundred has
 * something new: processor time of the collecting process in a minute of its ordinary work, everything included.
 */
export async function pollFeeds(): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'heed-bench-'))
  const server = fork(join(import.meta.dirname, 'feed-server.ts'))
  const [port] = (await once(server, 'message')) as [number]
  try {
    await using house = await openHouse({ ...readConfig({}, { data: dataDir }), logLevel: 'error' })
    return [await measure(house, port)]
  } finally {
    server.disconnect()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function measure(house: House, port: number): Promise<Row> {
  const { db } = house.postgres
  await addSources(house, port)
  // Every host is this machine, asked through the guard like any other.
  const request = createRequest({
    allowPrivate: true,
    resolve: (_host, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
  })
  const world = collectWorld({ ...house, request })
  try {
    await planEvenly(db)
    const cpu = process.cpuUsage()
    const begun = new Date()
    const collecting = await startCollecting(world, { onlyProcess: true })
    await sleep(measuredMs)
    const { user, system } = process.cpuUsage(cpu)
    const ms = Date.now() - begun.getTime()
    await collecting[Symbol.asyncDispose]()
    const polled = await polledSince(db, begun)
    const expected = (feeds * ms) / rhythmMs
    if (polled < expected * 0.9) throw new Error(`Only ${polled} of ${Math.round(expected)} feeds were looked at`)
    const percent = ((user + system) / 1000 / ms) * 100
    return {
      what: `${feeds.toLocaleString('en')} feeds looked at every 15 minutes, 1% of them changed`,
      wanted: '< 20',
      measured: percent,
      unit: '% of one core',
      ok: percent / calibrate() < 20,
    }
  } finally {
    await request.close()
  }
}

/** Five weeks old and with a history, so that their rhythm is looked at like that of sources in use. */
async function addSources(house: House, port: number): Promise<void> {
  const { db } = house.postgres
  const project = await addProject(db, localAdmin, { name: 'Feeds', timeZone: 'UTC' })
  house.topics.set(await addTopic(db, project.id, { name: 'трамвай', group: null, query: 'трамвай' }, null))
  await sql`
    insert into source (project_id, platform, name, url, config, added_at, measured_at)
    select ${project.id}, 'feed', url, url, jsonb_build_object('url', url, 'media', null, 'timeZone', 'UTC'),
      now() - interval '35 days', now() - random() * interval '30 minutes'
    from (select 'http://feed-' || number || ${`.test:${port}/feed`} as url from generate_series(1, ${feeds}::int) as number) as feed`.execute(
    db,
  )
  // Each was looked at before, and its server remembers by the same sign what was there.
  await sql`
    insert into cursor (source_id, state)
    select id, jsonb_build_object('url', url, 'etag', '"0"', 'lastModified', null, 'ttlMs', null, 'seen', '') from source`.execute(
    db,
  )
  await sql`
    insert into source_hour (source_id, hour, posts)
    select id, date_trunc('hour', now()) - number * interval '11 hours', 1 from source, generate_series(1, 70) as number`.execute(
    db,
  )
}

async function planEvenly(db: Database): Promise<void> {
  await sql`
    update source
    set rhythm_ms = ${rhythmMs}, next_check_at = now() + ${`${rhythmMs} milliseconds`}::interval * ((id * 7919 % ${feeds}) / ${feeds}::float)`.execute(
    db,
  )
}

async function polledSince(db: Database, begun: Date): Promise<number> {
  const rows = await list(db, sql<{ failures: number }>`select failures from source where last_checked_at >= ${begun}`)
  if (rows.some(({ failures }) => failures > 0)) throw new Error('A feed could not be read')
  return rows.length
}

if (import.meta.main) await tell(pollFeeds)
