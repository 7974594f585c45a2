import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addProject } from '../src/base/team/project.ts'
import { openHouse } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { listOpenRuns, workOnRun } from '../src/listen/collect/run.ts'
import { collectWorld } from '../src/listen/collect/world.ts'
import { addTopic } from '../src/listen/topics/topic.ts'
import type { House } from '../src/serve/house.ts'
import { importFile, localAdmin } from '../src/serve/local/operations.ts'
import { readCorpus, readPercolate, type Corpus } from './corpus.ts'
import { tell, type Row } from './table.ts'

/**
 * The import of a JSON Lines file, from its first byte to its last saved mention, in a project with 20 topics: with every post kept as a
 * mention, and as sources bring posts, where those that no topic asks for go to the archive.
 */
export async function pipeline(): Promise<Row[]> {
  const percolate = await readPercolate(50_000)
  const rows: Row[] = []
  // Each in a house of its own, whose threads have read nothing yet.
  for (const keepAll of [true, false]) {
    const dataDir = mkdtempSync(join(tmpdir(), 'heed-bench-'))
    try {
      await using house = await openHouse({ ...readConfig({}, { data: dataDir }), logLevel: 'error' })
      rows.push(await measure(house, readCorpus(), 3, keepAll))
      if (percolate) rows.push(await measure(house, percolate, 1, keepAll))
    } finally {
      rmSync(dataDir, { recursive: true, force: true })
    }
  }
  return rows
}

/** `times`: the corpus stands in the file so often, each time with other ids. */
async function measure(house: House, corpus: Corpus, times: number, keepAll: boolean): Promise<Row> {
  const { db } = house.postgres
  const project = await addProject(db, localAdmin, { name: corpus.name, timeZone: 'Europe/Moscow' })
  for (const [index, query] of corpus.queries.entries()) {
    house.topics.set(await addTopic(db, project.id, { name: `topic ${index}`, group: null, query }, null))
  }
  const path = join(house.config.dataDir, `${corpus.name}.jsonl`)
  await writeLines(path, corpus, times)

  const begun = performance.now()
  await importFile(house, project, {
    file: `${corpus.name}.jsonl`,
    keepAll,
    locale: 'en',
    bytes: createReadStream(path),
  })
  const world = collectWorld(house)
  for (const run of await listOpenRuns(db)) await workOnRun(world, run, new AbortController().signal)
  const seconds = (performance.now() - begun) / 1000

  const wanted = corpus.lines.length * times
  const asked = await count(house, 'mention', project.id)
  const archived = await count(house, 'archive', project.id)
  if (asked + archived !== wanted)
    throw new Error(`${asked} mentions and ${archived} posts in the archive of ${wanted} were saved`)
  const perSecond = wanted / seconds
  return {
    what: `import of JSON Lines with 20 topics (${corpus.name}), ${keepAll ? 'every post kept' : `${asked.toLocaleString('en')} of ${wanted.toLocaleString('en')} asked for`}`,
    wanted: '≥ 8,000',
    measured: perSecond,
    unit: 'posts/s',
    ok: perSecond >= 8000,
  }
}

async function count(house: House, table: 'mention' | 'archive', project: number): Promise<number> {
  const row = await house.clickhouse.row<{ n: number }>(
    `select count() as n from ${table} final where project_id = {project:UInt32}`,
    { project },
  )
  return row?.n ?? 0
}

async function writeLines(path: string, corpus: Corpus, times: number): Promise<void> {
  const out = createWriteStream(path)
  for (let time = 0; time < times; time++) {
    for (const line of corpus.lines)
      out.write(`${time === 0 ? line : line.replace(/"id":"([^"]*)"/, `"id":"$1:${time}"`)}\n`)
  }
  out.end()
  await once(out, 'finish')
}

if (import.meta.main) await tell(pipeline)
