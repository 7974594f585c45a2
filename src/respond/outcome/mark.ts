import { sql } from 'kysely'
import type { Database } from '../../base/postgres/postgres.ts'
import type { Actor } from '../tickets/history.ts'
import { inTicket } from '../tickets/in-ticket.ts'
import type { Ticket } from '../tickets/ticket.ts'
import { addEvidence, settleOutcome } from './evidence.ts'
import { listenDays, type Verdict } from './outcome.ts'

/** A person says how it ended for the author, which holds above what was observed; null takes their word back. */
export async function markOutcome(
  db: Database,
  project: number,
  id: number,
  { verdict, words }: { verdict: Verdict | null; words?: string | undefined },
  actor: Actor,
  now: Date,
): Promise<Ticket> {
  return inTicket(db, project, id, async (tx, ticket) => {
    await beginListening(tx, { project, ticket: id, at: now })
    const details = words === undefined ? {} : { words }
    await addEvidence(
      tx,
      ticket,
      { kind: verdict === null ? 'mark-removed' : 'mark', verdict, at: now, details },
      actor,
      now,
    )
    await settleOutcome(tx, ticket, actor, now)
  })
}

/** There is an outcome to find out from now on; one that there is already stays as it is. */
export async function beginListening(
  tx: Database,
  { project, ticket, at }: { project: number; ticket: number; at: Date },
): Promise<void> {
  await sql`
    insert into ticket_outcome (ticket_id, project_id, began_at, since, until)
    values (${ticket}, ${project}, ${at}, ${at}, ${new Date(at.getTime() + listenDays * 86_400_000)})
    on conflict (ticket_id) do nothing`.execute(tx)
}
