import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { must, NotFound } from '../../base/errors.ts'
import { first, inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { findProgress, type Progress } from '../../base/progress/progress.ts'
import type { Project } from '../../base/team/scope.ts'
import { forgetMentions } from '../mentions/save.ts'
import { acknowledge } from './acknowledge.ts'
import { beginRun, findOpenRun, type Run, type RunEnd } from './run.ts'
import { bringSample, inThreads, matcherOf, sampleDay, type InThread } from './sample.ts'
import { readSamplePosts } from './sample-world.ts'
import type { Locale } from './told.ts'
import type { CollectWorld } from './world.ts'

const replayedMs = 2 * 24 * 3_600_000
const turnMs = 500

/** Begins the replay of a sample project; one that goes on already is shown instead. Throws NotFound elsewhere. */
export async function startReplay(
  db: Database,
  project: Project,
  options: { speed: number; now: Date; locale: Locale },
): Promise<Progress> {
  const today = await sampleDay(db, project.id)
  if (!project.isSample || !today) throw new NotFound()
  return inTransaction(db, async (tx) => {
    // Two clicks at once are one replay.
    await sql`select 1 from project where id = ${project.id} for update`.execute(tx)
    const open = await findOpenRun(tx, project.id, 'replay')
    if (open) return must(await findProgress(tx, project.id, open.progressId))
    const data = {
      today: today.toISOString(),
      startedAt: options.now.toISOString(),
      speed: options.speed,
      locale: options.locale,
      next: 0,
      takenOut: false,
    }
    return beginRun(tx, project.id, { kind: 'replay', title: project.name, data })
  })
}

export async function stopReplay(db: Database, project: number): Promise<void> {
  await sql`
    update progress
    set cancel_asked = true
    where project_id = ${project} and kind = 'replay' and ended_at is null`.execute(db)
}

/**
 * Takes the last two days out and brings them in again, `speed` times faster than they went by. Its world is whole
 * at the end, and when somebody stops it: then the rest comes in at once.
 */
export async function runReplay(world: CollectWorld, run: Run, signal: AbortSignal): Promise<RunEnd> {
  const today = new Date(String(run.data['today']))
  const since = new Date(today.getTime() - replayedMs)
  const topics = await matcherOf(world.db, run.projectId)
  const posts = inThreads(await readSamplePosts(today), topics, run.projectId).filter(
    ({ post }) => post.postedAt >= since,
  )
  let data = run.data
  if (data['takenOut'] !== true) {
    await forgetMentions(world.clickhouse, run.projectId, since)
    data = { ...data, takenOut: true }
    await acknowledge(world, run, data, { step: 'read', total: posts.length })
  }
  const bring = async (page: InThread[]) => {
    const brought = await bringSample(world, topics, run.projectId, page, world.now())
    data = { ...data, next: Number(data['next']) + page.length }
    await acknowledge(world, run, data, { step: 'save', done: page.length, ...brought })
    await world.events.publish({ project: run.projectId, kind: 'mentions', added: page.length })
  }
  while (Number(data['next']) < posts.length) {
    if (signal.aborted) return { kind: 'stopped' }
    const rest = posts.slice(Number(data['next']))
    if (await isStopAsked(world, run)) {
      const past = rest.filter(({ post }) => post.postedAt <= today)
      if (past.length > 0) await bring(past)
      return { kind: 'cancelled' }
    }
    const reached = clock(run, since, world.now())
    const due = rest.slice(0, rest.findLastIndex(({ post }) => post.postedAt <= reached) + 1)
    if (due.length > 0) await bring(due)
    else await sleep(turnMs, undefined, { signal }).catch(() => {})
  }
  return { kind: 'done' }
}

/** The moment of the replayed days that the replay has reached. */
function clock(run: Run, since: Date, now: Date): Date {
  const elapsedMs = now.getTime() - Date.parse(String(run.data['startedAt']))
  return new Date(since.getTime() + elapsedMs * Number(run.data['speed']))
}

async function isStopAsked(world: CollectWorld, run: Run): Promise<boolean> {
  return (await first(world.db, sql`select 1 from progress where id = ${run.progressId} and cancel_asked`)) !== null
}
