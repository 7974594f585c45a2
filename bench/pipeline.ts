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

/** The import of a JSON Lines file, from its first byte to its last saved mention, in a project with 20 topics. */
export async function pipeline(): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'heed-bench-'))
  try {
    await using house = await openHouse({ ...readConfig({}, { data: dataDir }), logLevel: 'error' })
    const percolate = await readPercolate(50_000)
    const rows = [await measure(house, readCorpus(), 3)]
    if (percolate) rows.push(await measure(house, percolate, 1))
    return rows
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** `times`: the corpus stands in the file so often, each time with other ids. */
async function measure(house: House, corpus: Corpus, times: number): Promise<Row> {
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
    keepAll: true,
    locale: 'en',
    bytes: createReadStream(path),
  })
  const world = collectWorld(house)
  for (const run of await listOpenRuns(db)) await workOnRun(world, run, new AbortController().signal)
  const seconds = (performance.now() - begun) / 1000

  const wanted = corpus.lines.length * times
  const row = await house.clickhouse.row<{ n: number }>(
    'select count() as n from mention final where project_id = {id:UInt32}',
    { id: project.id },
  )
  if (row?.n !== wanted) throw new Error(`${row?.n} mentions of ${wanted} were saved`)
  const perSecond = wanted / seconds
  return {
    what: `import of JSON Lines with 20 topics (${corpus.name})`,
    wanted: '≥ 8,000',
    measured: perSecond,
    unit: 'posts/s',
    ok: perSecond >= 8000,
  }
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
