import { sql } from 'kysely'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import { must } from '../../base/errors.ts'

export type Forecast = {
  /** Answers given per hour, by the last `lookBackHours`; 0 when nobody answered. */
  pace: number
  /** One for each of the coming hours: answers promised in it, and how many of them come too late at this pace. */
  hours: { from: Date; due: number; late: number }[]
}

export const lookBackHours = 4
const hourMs = 3_600_000

/**
 * Which answers will come too late: those who wait are answered in the order of their promises, one every 1 ÷ pace hours from
 * now on; late is whoever's turn comes after their promise ends. What is late already is not counted. Tickets yet to
 * come are promised later than those that wait, so they change nothing of this.
 */
export async function forecastLate(db: Database, project: number, now: Date, hours: number): Promise<Forecast> {
  const { answers } = must(
    await first(
      db,
      sql<{ answers: number }>`
        select count(*)::int as answers from ticket_clock
        where project_id = ${project} and kind in ('first', 'next') and outcome in ('kept', 'missed')
          and ended_at > ${new Date(now.getTime() - lookBackHours * hourMs)} and ended_at <= ${now}`,
    ),
  )
  const waiting = await list(
    db,
    sql<{ dueAt: Date }>`
      select due_at from ticket_clock
      where project_id = ${project} and kind in ('first', 'next') and due_at <= ${new Date(now.getTime() + hours * hourMs)}
      order by due_at, id`,
  )
  const pace = answers / lookBackHours
  return {
    pace,
    hours: lateByHour(
      waiting.map(({ dueAt }) => dueAt),
      pace,
      now,
      hours,
    ),
  }
}

/** `waiting` in the order of their promises. */
export function lateByHour(waiting: Date[], pace: number, now: Date, hours: number): Forecast['hours'] {
  const shown = Array.from({ length: hours }, (_, i) => ({
    from: new Date(now.getTime() + i * hourMs),
    due: 0,
    late: 0,
  }))
  for (const [place, dueAt] of waiting.entries()) {
    const hour = shown[Math.floor((dueAt.getTime() - now.getTime()) / hourMs)]
    if (hour === undefined) continue
    hour.due++
    const turn = pace === 0 ? Infinity : now.getTime() + ((place + 1) / pace) * hourMs
    if (turn > dueAt.getTime()) hour.late++
  }
  return shown
}
