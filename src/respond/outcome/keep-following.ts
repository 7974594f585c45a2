import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Events } from '../../base/events/events.ts'
import type { Jobs } from '../../base/jobs/jobs.ts'
import { list, type Database } from '../../base/postgres/postgres.ts'
import { every } from '../../base/time/every.ts'
import { announceTicket } from '../tickets/outbox.ts'
import { lookAtChanges, lookForRemovals } from './changed.ts'
import { followDesk, listBehind } from './follow.ts'
import { hearAuthors } from './heard.ts'
import { tellSilence } from './silence.ts'

type Desk = {
  db: Database
  clickhouse: Clickhouse
  jobs: Jobs
  events: Events
  log: Logger
  now: () => Date
}

/**
 * One round over all projects: the figures follow the desk, the authors of answered tickets are listened for. Several processes
 * at once, or one that is killed in between, note nothing twice.
 */
export async function followAll(desk: Omit<Desk, 'log'>, stopping?: AbortSignal): Promise<void> {
  const { db, now } = desk
  for (const project of await listBehind(db)) await followDesk(db, project, now())
  for (const project of await listListening(db, now())) {
    if (stopping?.aborted) return
    const changed = [
      ...(await lookAtChanges(desk, project, now())),
      ...(await lookForRemovals(db, project, now())),
      ...(await hearAuthors(desk, project, now())),
    ]
    for (const id of new Set(changed)) await announceTicket(desk, { id, projectId: project })
  }
  for (const ticket of await tellSilence(db, now())) await announceTicket(desk, ticket)
}

/** Follows every quarter of a minute until it is disposed. */
export function keepFollowing(desk: Desk): AsyncDisposable {
  return every({
    everyMs: 15_000,
    log: desk.log,
    what: 'listening for what became of answers',
    work: (stopping) => followAll(desk, stopping),
  })
}

async function listListening(db: Database, now: Date): Promise<number[]> {
  const rows = await list(
    db,
    sql<{ id: number }>`select distinct project_id as id from ticket_outcome where until > ${now} order by project_id`,
  )
  return rows.map(({ id }) => id)
}
