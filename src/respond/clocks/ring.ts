import { sql, type RawBuilder } from 'kysely'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import { findCalendar } from './calendar.ts'
import { momentsAhead, momentsOf, type Clock, type Moment } from './clock.ts'

/** A moment of a promise that has come. */
export type Rang = Moment & { projectId: number; ticketId: number; clock: Clock['kind']; at: Date }

/** The projects in which a moment has come. Reads nothing but what is due. */
export async function projectsDue(db: Database, now: Date): Promise<number[]> {
  const rows = await list(
    db,
    sql<{ projectId: number }>`select distinct project_id from ticket_clock_told where next_at <= ${now}`,
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
  const due = await findDue(tx, now, {
    limit,
    of: ticket === null ? sql`t.project_id = ${project}` : sql`c.ticket_id = ${ticket}`,
  })
  if (due.length === 0) return []
  const calendar = await findCalendar(tx, project)
  const rang: Rang[] = []
  const after = due.map((clock) => {
    const moments = momentsOf(clock.steps)
    const about = clock.aroundTheClock ? null : calendar
    let { told, missedAt } = clock
    let nextAt: Date | null = clock.nextAt
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
    update ticket_clock_told c
    set told = a.told, next_at = to_timestamp(a.next_ms / 1000), missed_at = to_timestamp(a.missed_ms / 1000)
    from unnest(${after.map(({ id }) => id)}::bigint[], ${after.map(({ told }) => told)}::int[],
      ${after.map(({ nextAt }) => nextAt?.getTime() ?? null)}::float8[],
      ${after.map(({ missedAt }) => missedAt?.getTime() ?? null)}::float8[])
      as a (id, told, next_ms, missed_ms)
    where c.clock_id = a.id`.execute(tx)
  return rang
}

type Due = Pick<Clock, 'id' | 'ticketId' | 'kind' | 'minutes' | 'aroundTheClock' | 'steps' | 'spentMs' | 'told'> & {
  runningSince: Date
  nextAt: Date
  missedAt: Date | null
}

/** The clocks that have come, the oldest moment first. One row with all of them: a thousand rows take longer to read than to find. */
async function findDue(
  tx: Database,
  now: Date,
  { of, limit }: { of: RawBuilder<unknown>; limit: number },
): Promise<Due[]> {
  type Told = Omit<Due, 'runningSince' | 'nextAt' | 'missedAt'> & {
    runningMs: number
    nextMs: number
    missedMs: number | null
  }
  const found = await first(
    tx,
    sql<{ clocks: Told[] | null }>`
      select json_agg(json_build_object('id', id, 'ticketId', ticket_id, 'kind', kind, 'minutes', minutes, 'aroundTheClock',
        around_the_clock, 'steps', steps, 'spentMs', spent_ms, 'told', told, 'runningMs', extract(epoch from running_since) * 1000,
        'nextMs', extract(epoch from next_at) * 1000, 'missedMs', extract(epoch from missed_at) * 1000) order by next_at, id) as clocks
      from (
        select c.id, ticket_id, kind, minutes, around_the_clock, steps, spent_ms, running_since, t.told, t.next_at, t.missed_at
        from ticket_clock_told t
        join ticket_clock c on c.id = t.clock_id
        where ${of} and t.next_at <= ${now}
        order by t.next_at
        limit ${limit}
      ) due`,
  )
  return (found?.clocks ?? []).map(({ runningMs, nextMs, missedMs, ...clock }) => ({
    ...clock,
    runningSince: new Date(runningMs),
    nextAt: new Date(nextMs),
    missedAt: missedMs === null ? null : new Date(missedMs),
  }))
}
