import { existsSync } from 'node:fs'
import { reportProgress, type Failure } from '../../base/progress/progress.ts'
import { must } from '../../base/errors.ts'
import { readRows, type RowResult } from '../connectors/files/read-file.ts'
import { problem, tell } from '../connectors/problems.ts'
import { bringIn, type Flowed } from '../bring-in.ts'
import { acknowledge } from './acknowledge.ts'
import { findImport, moveOn, pathOf, type Import } from './import-file.ts'
import type { Run, RunEnd } from './run.ts'
import { told } from './told.ts'
import type { CollectWorld } from './world.ts'

export const importPageRows = 2000

/**
 * Brings the rows of an uploaded file in. As many pages as there are threads are analysed and matched while the one before
 * them is being saved, and as many wait, so that no thread does; pages are saved and acknowledged in the order of the file, so
 * everything before `next_row` is saved, whatever happens. What was saved and not yet acknowledged is brought in once more with
 * the same result.
 */
export async function runImport(world: CollectWorld, run: Run, signal: AbortSignal): Promise<RunEnd> {
  const file = must(await findImport(world.db, Number(run.data['import'])), 'import')
  const path = pathOf(world.dataDir, file)
  if (!existsSync(path)) return { kind: 'failed', error: told('file-gone', file.locale) }
  if (!file.mapping) return { kind: 'failed', error: told('no-mapping', file.locale) }
  await reportProgress(world.db, world.events, run.progressId, { step: 'read' })

  const now = must(file.collectedAt, 'start of the import')
  const options = {
    timeZone: file.timeZone,
    now,
    limits: { ...world.fileLimits, maxRows: Number(run.data['maxRows']) },
    fromRow: file.nextRow,
    pageSize: importPageRows,
  }
  const mostOnTheWay = 1 + 2 * (world.threads?.count ?? 1)
  const onTheWay: { saving: Promise<Flowed>; stops: Promise<boolean> }[] = []
  let nextRow = file.nextRow
  let ended: string | null = null
  // When one fails, the others end before somebody else begins again.
  await using _ended = {
    [Symbol.asyncDispose]: async () => void (await Promise.allSettled(onTheWay.map(({ stops }) => stops))),
  }
  for await (const rows of readRows(path, file.mapping, options)) {
    if (signal.aborted) break
    const page = sortOut(rows, file)
    const before = onTheWay.at(-1)
    const flow = {
      clickhouse: world.clickhouse,
      topics: world.topics,
      categories: world.categories,
      threads: world.threads,
      clusters: world.clusters,
      project: file.projectId,
      sourceId: null,
      keepAll: file.keepAll,
      collectedAt: now,
    }
    const saving = bringIn(page.posts, flow, before?.saving)
    const from = nextRow
    nextRow = page.lastRow + 1
    const stops = Promise.all([saving, before?.stops]).then(async ([flowed, stopped]) =>
      stopped ? true : acknowledgePage(world, run, file, { page, flowed, from, to: page.lastRow + 1 }),
    )
    // Whoever waits for it below hears of its failure; until then it is not unhandled.
    stops.catch(() => {})
    onTheWay.push({ saving, stops })
    ended = page.ended
    if (onTheWay.length === mostOnTheWay && (await onTheWay.shift()!.stops)) return cancelled(onTheWay)
    await new Promise((resolve) => setImmediate(resolve))
  }
  if (await onTheWay.at(-1)?.stops) return { kind: 'cancelled' }
  if (signal.aborted) return { kind: 'stopped' }
  return ended === null ? { kind: 'done' } : { kind: 'failed', error: ended }
}

type Page = {
  posts: PostOfRow[]
  rowOf: Map<string, number>
  failures: Failure[]
  lastRow: number
  rows: number
  ended: string | null
}
type PostOfRow = Extract<RowResult, { post: unknown }>['post']

function sortOut(rows: RowResult[], file: Import): Page {
  const page: Page = {
    posts: [],
    rowOf: new Map(),
    failures: [],
    lastRow: must(rows.at(-1)).row,
    rows: rows.length,
    ended: null,
  }
  for (const row of rows) {
    if ('post' in row) {
      page.posts.push(row.post)
      page.rowOf.set(row.post.id, row.row)
    } else if (row.reason.key.startsWith('file.')) {
      page.ended = tell(row.reason, file.locale)
      page.rows -= 1
    } else page.failures.push({ row: row.row, reason: tell(row.reason, file.locale) })
  }
  return page
}

async function acknowledgePage(
  world: CollectWorld,
  run: Run,
  file: Import,
  done: { page: Page; flowed: Flowed; from: number; to: number },
): Promise<boolean> {
  const { page, flowed } = done
  const dropped = flowed.dropped.map(({ id }) => ({
    row: page.rowOf.get(id) ?? 0,
    reason: tell(problem('row.no-text'), file.locale),
  }))
  const saved = flowed.added + flowed.changed + flowed.same
  const step = {
    step: 'save' as const,
    done: page.rows,
    saved,
    unmatched: flowed.unmatched,
    failures: [...page.failures, ...dropped],
  }
  const stop = await acknowledge(world, run, run.data, step, (tx) => moveOn(tx, file.id, done.from, done.to))
  if (flowed.added > 0) await world.events.publish({ project: file.projectId, kind: 'mentions', added: flowed.added })
  return stop
}

// What is on its way is saved before the import ends, or it could arrive after the person has looked.
async function cancelled(onTheWay: { saving: Promise<Flowed> }[]): Promise<RunEnd> {
  await Promise.all(onTheWay.map(({ saving }) => saving))
  return { kind: 'cancelled' }
}
