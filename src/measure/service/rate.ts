import { sql } from 'kysely'
import { NotFound } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'

/** What an hour costs the client from a day on, until the next rate begins; in hundredths of the currency. */
export type Rate = { fromDay: string; cents: number; currency: string }

/** Newest first. */
export async function listRates(db: Database, project: number): Promise<Rate[]> {
  return list(
    db,
    sql<Rate>`
      select from_day::text as from_day, cents, currency from service_rate where project_id = ${project} order by from_day desc`,
  )
}

/** Set again for the same day, the later one holds. */
export async function setRate(tx: Database, project: number, { fromDay, cents, currency }: Rate): Promise<void> {
  await sql`
    insert into service_rate (project_id, from_day, cents, currency)
    values (${project}, ${fromDay}::date, ${cents}, ${currency})
    on conflict (project_id, from_day) do update set cents = excluded.cents, currency = excluded.currency`.execute(tx)
}

/** The rate before it holds on. Throws NotFound when none begins that day. */
export async function removeRate(tx: Database, project: number, fromDay: string): Promise<void> {
  const gone = await first(
    tx,
    sql`delete from service_rate where project_id = ${project} and from_day = ${fromDay}::date returning from_day`,
  )
  if (!gone) throw new NotFound()
}
