import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Events } from '../../base/events/events.ts'
import type { Jobs } from '../../base/jobs/jobs.ts'
import { first, type Database } from '../../base/postgres/postgres.ts'
import { giveCategories } from './give.ts'
import { learnSet } from './learning.ts'

const job = 'learn-categories'
const giving = 'give-categories'
/** Labels come one after the other; a few are gathered. */
const gatherMs = 2_000
/** Learning takes at most a fifth of one processor, however many labels come. */
const restShare = 4

/**
 * From now on learns what `askToLearn` asks for and gives mentions what was learnt. Events tell the other processes that a
 * model is another one.
 */
export async function keepLearning(world: {
  db: Database
  clickhouse: Clickhouse
  jobs: Jobs
  events: Events
  now: () => Date
}): Promise<void> {
  const learn = async ({ set: id }: { set: number }, signal: AbortSignal) => {
    const set = await first(
      world.db,
      sql<{ id: number; projectId: number }>`select id, project_id from category_set where id = ${id}`,
    )
    if (!set || !(await learnSet(world, set, { now: world.now(), signal }))) return
    await world.events.publish({ project: set.projectId, kind: 'category', set: set.id })
    await askToGive(world.jobs, set.projectId)
  }
  const give = async ({ project }: { project: number }, signal: AbortSignal) => {
    if ((await giveCategories(world, project, null, signal)) > 0)
      await world.events.publish({ project, kind: 'mentions', added: 0 })
  }
  await world.jobs.handle(job, learn, { retries: 3, expireSeconds: 900 })
  await world.jobs.handle(giving, give)
}

/** Has the set learnt anew in a moment, by whichever process is free; asking twice is asking once. */
export async function askToLearn({ db, jobs }: { db: Database; jobs: Jobs }, set: number, now: Date): Promise<void> {
  const last = await first(
    db,
    sql<{ tookMs: number; learntAt: Date }>`select took_ms, learnt_at from category_model where set_id = ${set}`,
  )
  const rested = last ? last.learntAt.getTime() + last.tookMs * restShare : 0
  const startAfter = new Date(Math.max(now.getTime() + gatherMs, rested))
  await jobs.send(job, { set }, { key: String(set), startAfter })
}

/** Has the mentions of the project given the categories that hold, in a moment. */
export async function askToGive(jobs: Jobs, project: number): Promise<void> {
  await jobs.send(giving, { project }, { key: String(project) })
}
