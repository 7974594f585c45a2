import { sql } from 'kysely'
import { first, inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { setStatus } from '../tickets/change.ts'
import { lockTickets } from '../tickets/lock.ts'
import { addEvidence, settleOutcome } from './evidence.ts'
import type { Verdict } from './outcome.ts'

/** What a customer is asked behind their link: whether it is solved. Their newest answer; null: none yet. */
export type AskedCustomer = { ticketId: number; projectId: number; projectName: string; answer: Verdict | null }

/** How long after our last answer or solution the link is good. */
const answerDays = 30

/** Null: there is no such ticket, or it is too long ago. Whoever calls has checked the link. */
export async function findAskedCustomer(db: Database, ticket: number, now: Date): Promise<AskedCustomer | null> {
  return first(
    db,
    sql<AskedCustomer>`
      select o.ticket_id, o.project_id, p.name as project_name,
        (select verdict from outcome_evidence e where e.ticket_id = o.ticket_id and e.kind = 'answer' order by at desc, id desc limit 1)
          as answer
      from ticket_outcome o
      join project p on p.id = o.project_id
      where o.ticket_id = ${ticket} and o.since > ${new Date(now.getTime() - answerDays * 86_400_000)}`,
  )
}

/**
 * The customer's own word; a later one holds. Whoever says that it is not solved opens a solved ticket again. False: too late, or
 * no such ticket.
 */
export async function answerOutcome(
  db: Database,
  ticket: number,
  { verdict, words }: { verdict: Verdict; words: string | null },
  now: Date,
): Promise<AskedCustomer | null> {
  return inTransaction(db, async (tx) => {
    const asked = await findAskedCustomer(tx, ticket, now)
    if (!asked) return null
    const { projectId } = asked
    await lockTickets(tx, projectId)
    const subject = { id: ticket, projectId }
    await addEvidence(
      tx,
      subject,
      { kind: 'answer', verdict, at: now, details: words === null ? {} : { words } },
      null,
      now,
    )
    await settleOutcome(tx, subject, null, now)
    const solved = await first(tx, sql`select id from ticket where id = ${ticket} and status = 'solved'`)
    if (verdict === 'unsatisfied' && solved) await setStatus(tx, projectId, ticket, 'open', null, { now })
    return findAskedCustomer(tx, ticket, now)
  })
}
