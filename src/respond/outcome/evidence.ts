import { sql } from 'kysely'
import { first, type Database } from '../../base/postgres/postgres.ts'
import { remember, type Actor } from '../tickets/history.ts'
import { findOutcome, listEvidence, type Evidence } from './outcome.ts'
import { resultOf } from './result.ts'

export type NewEvidence = Pick<Evidence, 'kind' | 'verdict' | 'at'> & {
  mentionId?: string | null
  details?: Evidence['details']
}

/** False: it was noted before. The caller holds the tickets of the project. */
export async function addEvidence(
  tx: Database,
  ticket: { id: number; projectId: number },
  { kind, verdict, at, mentionId = null, details = {} }: NewEvidence,
  actor: Actor,
  now: Date,
): Promise<boolean> {
  const added = await first(
    tx,
    sql`
      insert into outcome_evidence (project_id, ticket_id, at, seen_at, kind, verdict, mention_id, details, actor_id, actor)
      values (${ticket.projectId}, ${ticket.id}, ${at}, ${now}, ${kind}, ${verdict}, ${mentionId},
        ${JSON.stringify(details)}::jsonb, ${actor?.id ?? null}, ${actor?.name ?? null})
      on conflict do nothing
      returning id`,
  )
  return added !== null
}

/** Brings the result in line with the evidence; a change is a line in the history of the ticket. True when it changed. */
export async function settleOutcome(
  tx: Database,
  ticket: { id: number; projectId: number },
  actor: Actor,
  now: Date,
): Promise<boolean> {
  const outcome = await findOutcome(tx, ticket.projectId, ticket.id)
  if (!outcome) return false
  const { result, saidBy } = resultOf(await listEvidence(tx, ticket.projectId, ticket.id), outcome, now)
  if (result === outcome.result && saidBy === outcome.saidBy) return false
  await sql`
    update ticket_outcome set result = ${result}, said_by = ${saidBy} where ticket_id = ${ticket.id}`.execute(tx)
  if (result !== outcome.result)
    await remember(tx, ticket, actor, { kind: 'outcome-changed', from: outcome.result, to: result, at: now })
  return true
}
