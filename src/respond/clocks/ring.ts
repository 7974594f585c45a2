import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import { findCalendar } from './calendar.ts'
import { momentsAhead, momentsOf, type Clock, type Moment } from './clock.ts'
import { clocks } from './clocks.ts'

/** A moment of a promise that has come. */
export type Rang = Moment & { projectId: number; ticketId: number; clock: Clock['kind']; at: Date }

/** The projects in which a moment has come. Reads nothing but what is due. */
export async function projectsDue(db: Database, now: Date): Promise<number[]> {
  const rows = await list(
    db,
    sql<{ projectId: number }>`select distinct project_id from ticket_clock where next_at <= ${now}`,
  )
  return rows.map(({ projectId }) => projectId)
}

/**
 * Takes the moments of a project, or of one ticket, that have come, each once: they are marked as told in this transaction, which also has to
 * hold what they lead to. Nobody else may change the tickets of the project meanwhile. Of a clock that was not looked at for
 * long, all moments that have come are taken. At most `limit` clocks; call again until none is left.
 */
export async function takeDue(
  tx: Database,
  project: number,
  now: Date,
  { limit, ticket = null }: { limit: number; ticket?: number | null },
): Promise<Rang[]> {
  const due = await list(
    tx,
    ticket === null
      ? sql<Clock>`${clocks} where project_id = ${project} and next_at <= ${now} order by next_at limit ${limit}`
      : sql<Clock>`${clocks} where ticket_id = ${ticket} and next_at <= ${now} order by next_at limit ${limit}`,
  )
  if (due.length === 0) return []
  const calendar = await findCalendar(tx, project)
  const rang: Rang[] = []
  const after = due.map((clock) => {
    const moments = momentsOf(clock.steps)
    const about = clock.aroundTheClock ? null : calendar
    let { told, nextAt, missedAt } = clock
    while (nextAt !== null && nextAt <= now) {
      const moment = moments[told]
      if (moment === undefined) break
      rang.push({ ...moment, projectId: project, ticketId: clock.ticketId, clock: clock.kind, at: nextAt })
      if (moment.missed) missedAt = nextAt
      told++
      nextAt = momentsAhead({ ...clock, told }, about).nextAt
    }
    return { id: clock.id, told, nextAt, missedAt }
  })
  await sql`
    update ticket_clock c
    set told = a.told, next_at = a.next_at, missed_at = a.missed_at
    from unnest(${after.map(({ id }) => id)}::bigint[], ${after.map(({ told }) => told)}::int[],
      ${after.map(({ nextAt }) => nextAt)}::timestamptz[], ${after.map(({ missedAt }) => missedAt)}::timestamptz[])
      as a (id, told, next_at, missed_at)
    where c.id = a.id`.execute(tx)
  return rang
}
