import { sql } from 'kysely'
import { inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { lockTickets } from '../tickets/lock.ts'
import { settleOutcome } from './evidence.ts'

/** Says of everybody from whom nothing was heard in time that they were silent. Returns the tickets. */
export async function tellSilence(db: Database, now: Date): Promise<{ id: number; projectId: number }[]> {
  const over = await list(
    db,
    sql<{ id: number; projectId: number }>`
      select ticket_id as id, project_id
      from ticket_outcome
      where result is null and until <= ${now}
      order by until
      limit 1000`,
  )
  for (const ticket of over)
    await inTransaction(db, async (tx) => {
      await lockTickets(tx, ticket.projectId)
      await settleOutcome(tx, ticket, null, now)
    })
  return over
}
