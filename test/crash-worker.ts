import { sql } from 'kysely'
import { createReadStream } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { openHouse } from '../src/app.ts'
import { first } from '../src/base/postgres/postgres.ts'
import type { Progress } from '../src/base/progress/progress.ts'
import { addProject } from '../src/base/team/project.ts'
import type { Project } from '../src/base/team/scope.ts'
import { must } from '../src/base/errors.ts'
import { readConfig } from '../src/config.ts'
import { startCollecting } from '../src/listen/collect/collector.ts'
import { collectWorld } from '../src/listen/collect/world.ts'
import { importFile, localAdmin } from '../src/serve/local/operations.ts'

// The process that crash.test.ts kills: it begins the import once, and goes on with it whenever it is started again.
const [data = '', what, file = ''] = process.argv.slice(2)
await using house = await openHouse({ ...readConfig({}, { data }), logLevel: 'fatal' })
const { db } = house.postgres
const say = (text: string) => process.stdout.write(`${text}\n`)
const progress = () => first(db, sql<Progress>`select * from progress where kind = 'import'`)

if (what === 'work') {
  // Leases of the killed one are dropped here, as they are when the server starts.
  await using _collecting = await startCollecting(collectWorld(house), { onlyProcess: true })
  say('working')
  const project =
    (await first(db, sql<Project>`select id, name, time_zone, is_sample, created_at from project`)) ??
    (await addProject(db, localAdmin, { name: 'Crash', timeZone: 'UTC' }))
  if (!(await progress()))
    await importFile(house, project, { file: 'rows.jsonl', bytes: createReadStream(file), keepAll: true, locale: 'en' })
  for (;;) {
    const { done, endedAt } = must(await progress())
    say(`done ${done}`)
    if (endedAt) break
    await sleep(50)
  }
  say('finished')
} else {
  const ids = await house.clickhouse.rows<{ id: string }>('select id from mention')
  const raw = await house.clickhouse.row<{ count: number }>('select count() as count from mention')
  process.stdout.write(JSON.stringify({ progress: await progress(), raw: raw?.count, ids: ids.map(({ id }) => id) }))
}
