import { sql } from 'kysely'
import { NotFound } from '../../base/errors.ts'
import { first, type Database } from '../../base/postgres/postgres.ts'

/**
 * Until the end of the transaction nobody else changes a ticket of this project. Tickets share mentions, so a lock on
 * one ticket would not be enough; and the outbox then holds the changes in the order in which they happened.
 */
export async function lockTickets(tx: Database, project: number): Promise<void> {
  const found = await first(tx, sql`select id from project where id = ${project} for no key update`)
  if (!found) throw new NotFound()
}
