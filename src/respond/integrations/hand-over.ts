import { sql } from 'kysely'
import { randomBytes } from 'node:crypto'
import { UserError } from '../../base/errors.ts'
import { first, inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { refuses } from '../customers/consent.ts'
import { listAuthorsOf } from '../customers/customer.ts'
import { remember, type Actor } from '../tickets/history.ts'
import { lockTickets } from '../tickets/lock.ts'
import { getTicket } from '../tickets/ticket.ts'
import type { Integration } from './integration.ts'

/**
 * Hands a ticket over: a record of it will be there once, whoever asks how often. Throws UserError where set-up leaves no
 * place to put it or the person has refused, NotFound without such a ticket. One that goes by itself is left out then.
 */
export async function handOver(db: Database, integration: Integration, ticketId: number, actor: Actor): Promise<void> {
  const { id, projectId, setup, choices } = integration
  const place = setup.place ?? choices.places[0]?.id
  if (place === undefined) throw new UserError('The system lists no place to put it', { key: 'integration-no-place' })
  await inTransaction(db, async (tx) => {
    await lockTickets(tx, projectId)
    const ticket = await getTicket(tx, projectId, ticketId)
    if (ticket.customerId !== null) {
      const accounts = await listAuthorsOf(tx, projectId, ticket.customerId)
      if (
        await refuses(
          tx,
          projectId,
          accounts.map(({ authorId }) => authorId),
          'share',
        )
      ) {
        // What happens by itself leaves them out; whoever asks is told.
        if (actor === null) return
        throw new UserError('This person has refused to be passed on to other systems', { key: 'consent-refused' })
      }
    }
    const made = await first(
      tx,
      sql<{ id: number; key: string }>`
        insert into integration_link (integration_id, project_id, ticket_id, key, asked_by, place)
        values (${id}, ${projectId}, ${ticketId}, ${newKey()}, ${actor?.name ?? null}, ${place})
        on conflict (integration_id, ticket_id) do nothing
        returning id, key`,
    )
    if (!made) return
    await sql`
      insert into integration_exchange (integration_id, link_id, kind, cause, key)
      values (${id}, ${made.id}, 'open', 'open', ${made.key})`.execute(tx)
    await remember(tx, ticket, actor, { kind: 'handed-over', about: integration.name })
  })
}

/** 80 bits in letters that every system finds as one word. */
function newKey(): string {
  return `heed-${[...randomBytes(16)].map((byte) => (byte % 36).toString(36)).join('')}`
}
