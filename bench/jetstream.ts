import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openHouse } from '../src/app.ts'
import { addProject } from '../src/base/team/project.ts'
import { readConfig } from '../src/config.ts'
import { startCollecting } from '../src/listen/collect/collector.ts'
import { addSource } from '../src/listen/collect/source.ts'
import { collectWorld } from '../src/listen/collect/world.ts'
import { blueskyConnector } from '../src/listen/connectors/bluesky/bluesky.ts'
import { addTopic } from '../src/listen/topics/topic.ts'
import type { House } from '../src/serve/house.ts'
import { localAdmin } from '../src/serve/local/operations.ts'
import { readCorpus } from './corpus.ts'
import { tell, type Row } from './table.ts'

const wantedPerSecond = 5000
const mostLagSeconds = 3

/** Jetstream from the socket through matching to the saved row, in a project with 20 topics. */
export async function jetstream(): Promise<Row[]> {
  const flood = await measure(100_000, 0)
  const steady = await measure(100_000, wantedPerSecond)
  const perSecond = flood.events / flood.seconds
  return [
    {
      what: 'Jetstream through match and save, as fast as it goes',
      wanted: `≥ ${wantedPerSecond.toLocaleString('en')}`,
      measured: perSecond,
      unit: 'events/s',
      ok: perSecond >= wantedPerSecond,
    },
    {
      what: 'the same by processor time of all threads',
      wanted: '≥ 2,500',
      measured: flood.events / flood.processorSeconds,
      unit: 'events/s',
      ok: flood.events / flood.processorSeconds >= 2500,
    },
    {
      what: `last event sent to saved, at ${wantedPerSecond.toLocaleString('en')} events/s`,
      wanted: `≤ ${mostLagSeconds}`,
      measured: steady.lagSeconds,
      unit: 's',
      ok: steady.lagSeconds <= mostLagSeconds,
    },
  ]
}

type Measured = { events: number; seconds: number; processorSeconds: number; lagSeconds: number }

async function measure(events: number, perSecond: number): Promise<Measured> {
  const dataDir = mkdtempSync(join(tmpdir(), 'heed-bench-'))
  const server = fork(join(import.meta.dirname, 'jetstream-server.ts'), [String(events), String(perSecond)])
  try {
    const [{ url }] = (await once(server, 'message')) as [{ url: string }]
    await using house = await openHouse({ ...readConfig({}, { data: dataDir }), logLevel: 'error', allowPrivate: true })
    await prepare(house, url)
    let sentAt = 0
    server.on('message', (message: { sent: number }) => (sentAt = message.sent))
    await using _collecting = await startCollecting(collectWorld(house), { onlyProcess: true })
    // The first posts load models and tables, which happens once a start.
    let warm = 0
    while (warm < events / 20) {
      await sleep(200)
      warm = await savedOf(house)
    }
    const processor = process.cpuUsage()
    const begun = Date.now()
    const expected = leftOf(events)
    let savedAt = 0
    while (savedAt === 0) {
      await sleep(500)
      if (sentAt > 0 && (await savedOf(house)) === expected) savedAt = Date.now()
      if (Date.now() - begun > 300_000)
        throw new Error(`${await savedOf(house)} of ${expected} posts were saved in five minutes`)
    }
    const { user, system } = process.cpuUsage(processor)
    return {
      events: events - Math.round((warm * events) / expected),
      seconds: (savedAt - begun) / 1000,
      processorSeconds: (user + system) / 1e6,
      lagSeconds: (savedAt - sentAt) / 1000,
    }
  } finally {
    if (server.connected) server.disconnect()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function prepare(house: House, url: string): Promise<void> {
  const { db } = house.postgres
  const project = await addProject(db, localAdmin, { name: 'Bluesky', timeZone: 'UTC' })
  for (const [index, query] of readCorpus().queries.entries())
    house.topics.set(await addTopic(db, project.id, { name: `topic ${index}`, group: null, query }, null))
  await addSource({ db, secrets: house.secrets }, project.id, blueskyConnector, {
    settings: { url },
    secrets: {},
    name: null,
  })
}

/** Posts that are there at the end: one event of twenty takes one away, after the first thousand. */
function leftOf(events: number): number {
  let left = 0
  for (let index = 0; index < events; index += 1) left += index % 20 === 19 && index > 1001 ? -1 : 1
  return left
}

async function savedOf({ clickhouse }: House): Promise<number> {
  const row = await clickhouse.row<{ n: number }>(
    'select (select count() from mention) + (select count() from archive) as n',
  )
  return row?.n ?? 0
}

if (import.meta.main) await tell(jetstream)
