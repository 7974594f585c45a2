import { sql, type RawBuilder } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'

/** The projects in which a moment has come. Reads nothing but what is due. */
export async function projectsDue(db: Database, now: Date): Promise<number[]> {
  const rows = await list(
    db,
    sql<{ projectId: number }>`select distinct project_id from ticket_clock_told where next_at <= ${now}`,
  )
  return rows.map(({ projectId }) => projectId)
}

/**
 * Parts of a statement that take what has come in a project, or in one ticket, each once: `due` are the promises, the one that waits
 * longest first and at most `limit`; `come` is what has to be told of them (clock_id, ticket_id, kind, at, tells, place). Of a promise
 * that was not looked at for long, everything that has come is taken. The same statement has to hold what follows from it, and
 * nobody else may change the tickets of the project meanwhile.
 */
export function takeDue(
  project: number,
  now: Date,
  { limit, ticket = null }: { limit: number; ticket?: number | null },
): RawBuilder<unknown> {
  return sql`
    due as materialized (
      select clock_id, ticket_id, kind, ahead, tells
      from ticket_clock_told
      where ${ticket === null ? sql`project_id = ${project}` : sql`ticket_id = ${ticket}`} and next_at <= ${now}
      order by next_at
      limit ${limit}
    ), come as materialized (
      select d.clock_id, d.ticket_id, d.kind, l.at, l.tells, l.place
      from due d
      cross join lateral unnest(d.ahead, d.tells) with ordinality as l (at, tells, place)
      where l.at <= ${now}
    ), gone as (
      update ticket_clock_told t
      set told = t.told + c.lines, missed_at = coalesce(t.missed_at, c.missed_at), ahead = t.ahead[c.lines + 1 :],
        tells = t.tells[c.lines + 1 :], next_at = t.ahead[c.lines + 1]
      from (
        select clock_id, count(*)::int as lines, min(at) filter (where tells = 'missed') as missed_at
        from come
        group by clock_id
      ) c
      where t.clock_id = c.clock_id
    )`
}
