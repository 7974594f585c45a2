import { sql } from 'kysely'
import { must } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'

/**
 * Exposure: different texts marked toxic that a member asked to read, for they are blurred until then. One text counts once
 * a day and member, however often it is opened. `today` began at midnight in the time zone of each project; `week` is today
 * and the six days before.
 */
export type Exposure = { today: number; week: number }

const weekDays = 7

/**
 * Counts that a member read a text. `tell` is true once a day, for the text with which they reach what a shift of the project
 * may hold; a shift is a day of the project.
 */
export async function countRead(
  db: Database,
  { member, project, mention, now }: { member: string; project: number; mention: string; now: Date },
): Promise<{ today: number; limit: number | null; tell: boolean }> {
  return inTransaction(db, async (tx) => {
    // Of two texts at once the later one finds the earlier one counted.
    await sql`select pg_advisory_xact_lock(72656568, hashtext(${member}))`.execute(tx)
    const { day } = must(
      await first(
        tx,
        sql<{ day: string }>`
          select (${now}::timestamptz at time zone time_zone)::date::text as day from project where id = ${project}`,
      ),
    )
    await sql`
      insert into toxic_read (member_id, project_id, day, mention_id)
      values (${member}, ${project}, ${day}::date, ${mention})
      on conflict do nothing`.execute(tx)
    const { today, limit } = must(
      await first(
        tx,
        sql<{ today: number; limit: number | null }>`
          select count(*)::int as today, (select texts from care_limit where project_id = ${project}) as limit
          from toxic_read
          where member_id = ${member} and project_id = ${project} and day = ${day}::date`,
      ),
    )
    const told =
      limit !== null &&
      today >= limit &&
      (await first(
        tx,
        sql`
          insert into rest_told (member_id, project_id, day, at)
          values (${member}, ${project}, ${day}::date, ${now})
          on conflict do nothing
          returning at`,
      ))
    return { today, limit, tell: Boolean(told) }
  })
}

/** Of one member, in one project or (null) in all they work in. */
export async function exposureOf(
  db: Database,
  { member, project, now }: { member: string; project: number | null; now: Date },
): Promise<Exposure> {
  return must(
    await first(
      db,
      sql<Exposure>`
        ${counted(now)}
        where r.member_id = ${member} and (${project}::int is null or r.project_id = ${project})`,
    ),
  )
}

/** Of everybody in the project together: a number of texts that were read, of nobody in particular. */
export async function exposureOfTeam(db: Database, project: number, now: Date): Promise<Exposure> {
  return must(await first(db, sql<Exposure>`${counted(now)} where r.project_id = ${project}`))
}

export type Tired = { name: string; at: Date }

/** Who was asked today to swap or rest, the last one first. */
export async function listTired(db: Database, project: number, now: Date): Promise<Tired[]> {
  return list(
    db,
    sql<Tired>`
      select m.name, t.at
      from rest_told t
      join project p on p.id = t.project_id
      join member m on m.id = t.member_id
      where t.project_id = ${project} and t.day = (${now}::timestamptz at time zone p.time_zone)::date
      order by t.at desc`,
  )
}

function counted(now: Date) {
  return sql`
    select count(*) filter (where r.day = today.day)::int as today,
      count(*) filter (where r.day > today.day - ${weekDays}::int and r.day <= today.day)::int as week
    from toxic_read r
    join project p on p.id = r.project_id
    cross join lateral (select (${now}::timestamptz at time zone p.time_zone)::date as day) today`
}
