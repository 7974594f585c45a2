import { sql } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import { openHouse } from '../src/app.ts'
import { list } from '../src/base/postgres/postgres.ts'
import { addProject } from '../src/base/team/project.ts'
import { readConfig } from '../src/config.ts'
import { startCollecting } from '../src/listen/collect/collector.ts'
import { addSource } from '../src/listen/collect/source.ts'
import { collectWorld } from '../src/listen/collect/world.ts'
import type { Connector } from '../src/listen/connectors/connector.ts'
import { addTopic } from '../src/listen/topics/topic.ts'
import { localAdmin } from '../src/serve/local/operations.ts'
import { playedConnector } from './restart-platform.ts'

// The process that restart.test.ts kills: it adds its two sources once, and collects whenever it is started again.
const [data = '', what, url = '', events = ''] = process.argv.slice(2)
await using house = await openHouse({ ...readConfig({}, { data }), logLevel: 'fatal', allowPrivate: true })
const { db } = house.postgres
const connector = playedConnector as Connector<unknown>

if (what === 'report') {
  const read = async (table: string) =>
    (await house.clickhouse.rows<{ id: string; text: string }>(`select id, text from ${table}`)).map((row) => [
      row.id,
      row.text,
    ])
  process.stdout.write(JSON.stringify({ mentions: await read('mention'), archived: await read('archive') }))
} else {
  const [known] = await list(db, sql`select id from source where config ->> 'way' = 'stream'`)
  if (!known) {
    const project = await addProject(db, localAdmin, { name: 'Restart', timeZone: 'UTC' })
    house.topics.set(await addTopic(db, project.id, { name: 'Банк', group: null, query: 'банк' }, null))
    for (const way of ['poll', 'stream'] as const) {
      const settings = { url: `${url}/${way}`, way }
      await addSource({ db, secrets: house.secrets }, project.id, connector, { settings, name: null }).catch(() => {})
    }
  }
  // What a person does who wants to see something at once.
  await sql`update source set next_check_at = now()`.execute(db)
  const world = { ...collectWorld(house), request: house.request, connectorOf: () => connector }
  await using _collecting = await startCollecting(world, { onlyProcess: true })
  process.stdout.write('working\n')
  for (;;) {
    const cursors = await list(db, sql<{ after: number }>`select (state ->> 'after')::int as after from cursor`)
    if (what === 'finish' && cursors.length === 2 && cursors.every(({ after }) => after === Number(events))) break
    await sleep(100)
    if (what === 'finish')
      await sql`update source set next_check_at = now() where config ->> 'way' = 'poll'`.execute(db)
  }
  process.stdout.write('finished\n')
}
