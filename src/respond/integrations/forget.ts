import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { TouchedTicket } from '../tickets/forget.ts'
import type { SystemName } from './system.ts'

/** A record that Heed cannot remove: a person has to, over there. */
export type LeftElsewhere = { system: SystemName; name: string; url: string | null }

/**
 * Takes out which records belong to the tickets of a person and what was said about them. The records themselves belong to
 * the other system: they are returned, for somebody to remove there.
 */
export async function forgetHandOvers(tx: Database, tickets: TouchedTicket[]): Promise<LeftElsewhere[]> {
  const left = await list(
    tx,
    sql<LeftElsewhere>`
      select i.system, i.name, l.url
      from integration_link l
      join integration i on i.id = l.integration_id
      where l.ticket_id = any(${tickets.map(({ id }) => id)}::int[])
        and exists (select from integration_exchange x where x.link_id = l.id and x.tries > 0)
      order by l.id`,
  )
  const whole = tickets.filter(({ isTheirs }) => isTheirs).map(({ id }) => id)
  await sql`delete from integration_link where ticket_id = any(${whole}::int[])`.execute(tx)
  return left
}
