import { sql } from 'kysely'
import { UserError } from '../../base/errors.ts'
import { first, type Database } from '../../base/postgres/postgres.ts'
import type { Block, Calendar } from './working-time.ts'

/** When the project works; null: around the clock. */
export async function findCalendar(db: Database, project: number): Promise<Calendar | null> {
  return first(db, sql<Calendar>`select time_zone, week, exceptions from calendar where project_id = ${project}`)
}

/** Null: the project works around the clock. Throws UserError where nobody would ever work. */
export async function saveCalendar(tx: Database, project: number, calendar: Calendar | null): Promise<void> {
  if (calendar === null) {
    await sql`delete from calendar where project_id = ${project}`.execute(tx)
    return
  }
  refuseNonsense(calendar)
  const { timeZone, week, exceptions } = calendar
  await sql`
    insert into calendar (project_id, time_zone, week, exceptions)
    values (${project}, ${timeZone}, ${JSON.stringify(week)}::jsonb, ${JSON.stringify(exceptions)}::jsonb)
    on conflict (project_id) do update
    set time_zone = excluded.time_zone, week = excluded.week, exceptions = excluded.exceptions`.execute(tx)
}

function refuseNonsense({ timeZone, week, exceptions }: Calendar): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
  } catch {
    throw new UserError('There is no such time zone', { key: 'calendar-zone', values: { timeZone }, field: 'timeZone' })
  }
  if (week.every((blocks) => blocks.length === 0))
    throw new UserError('At least one day of the week has to be worked', { key: 'calendar-empty', field: 'week' })
  const wrong = [...week, ...exceptions.map(({ blocks }) => blocks)].flat().find((block) => !isBlock(block))
  if (wrong)
    throw new UserError('A working time ends after it begins, within one day', { key: 'calendar-block', field: 'week' })
}

function isBlock({ from, to }: Block): boolean {
  return Number.isInteger(from) && Number.isInteger(to) && from >= 0 && to <= 24 * 60 && from < to
}
