import { sql } from 'kysely'
import { must } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { findCalendar } from '../clocks/calendar.ts'
import { lockTickets } from '../tickets/lock.ts'
import { settleOutcome } from './evidence.ts'
import { workOutTickets } from './facts.ts'
import { listenDays } from './outcome.ts'

const perTurn = 500

/**
 * Brings the figures and the outcomes of a project up to what its desk has written down by now: every ticket that something
 * happened to is worked out anew, and from an answer or a solution on its author is listened for. All of them are
 * when the working hours have changed. Events of a project are written one after the other, so those behind the last one are
 * all there are; doing them twice changes nothing.
 */
export async function followDesk(db: Database, project: number, now: Date): Promise<void> {
  while (await followTurn(db, project, now));
}

/** Of these projects, those in which something has happened that is not followed yet. */
export async function listBehind(db: Database): Promise<number[]> {
  const rows = await list(
    db,
    sql<{ id: number }>`
      select p.id
      from project p
      left join desk_followed f on f.project_id = p.id
      left join calendar c on c.project_id = p.id
      where exists (select from ticket_event e where e.project_id = p.id and e.id > coalesce(f.event_id, 0))
        or (f.project_id is not null and f.calendar is distinct from ${calendarJson})
      order by p.id`,
  )
  return rows.map(({ id }) => id)
}

const calendarJson = sql`case when c.project_id is null then null
  else jsonb_build_object('timeZone', c.time_zone, 'week', c.week, 'exceptions', c.exceptions) end`

async function followTurn(db: Database, project: number, now: Date): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    await sql`insert into desk_followed (project_id) values (${project}) on conflict do nothing`.execute(tx)
    const mark = must(
      await first(
        tx,
        sql<{ eventId: number; sameHours: boolean }>`
          select f.event_id, f.calendar is not distinct from ${calendarJson} as same_hours
          from desk_followed f
          left join calendar c on c.project_id = f.project_id
          where f.project_id = ${project}
          for update of f`,
      ),
    )
    const after = mark.sameHours ? mark.eventId : 0
    const events = await list(
      tx,
      sql<{ id: number; ticketId: number }>`
        select id, ticket_id from ticket_event where project_id = ${project} and id > ${after} order by id limit ${perTurn}`,
    )
    const last = events.at(-1)?.id ?? after
    if (events.length > 0) {
      await listenFrom(tx, project, { after, last }, now)
      await workOutTickets(tx, [...new Set(events.map(({ ticketId }) => ticketId))], await findCalendar(tx, project))
    }
    await sql`
      update desk_followed f
      set event_id = ${last}, calendar = (select ${calendarJson} from project p left join calendar c on c.project_id = p.id where p.id = ${project})
      where f.project_id = ${project}`.execute(tx)
    return events.length > 0
  })
}

/** From an answer or a solution on; a later one goes on listening, and a complaint before it is answered by it. */
async function listenFrom(
  tx: Database,
  project: number,
  { after, last }: { after: number; last: number },
  now: Date,
): Promise<void> {
  const begun = await list(
    tx,
    sql<{ id: number }>`
      insert into ticket_outcome as o (ticket_id, project_id, began_at, since, until)
      select ticket_id, ${project}, min(at), max(at), max(at) + ${listenDays} * interval '24 hours'
      from ticket_event
      where project_id = ${project} and id > ${after} and id <= ${last}
        and (kind = 'answered' or kind = 'status-changed' and to_value = 'solved')
      group by ticket_id
      on conflict (ticket_id) do update
      set began_at = least(o.began_at, excluded.began_at), since = greatest(o.since, excluded.since),
        until = greatest(o.until, excluded.until)
      returning o.ticket_id as id`,
  )
  if (begun.length === 0) return
  await lockTickets(tx, project)
  for (const { id } of begun) await settleOutcome(tx, { id, projectId: project }, null, now)
}
