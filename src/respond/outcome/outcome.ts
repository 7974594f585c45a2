import { sql } from 'kysely'
import { first, list, type Database } from '../../base/postgres/postgres.ts'

/**
 * What came of a ticket for its author. Undecided: they wrote or did something that says nothing about it. Silent: the time is
 * over and nothing was heard; nobody counts that as satisfied.
 */
export const results = ['satisfied', 'unsatisfied', 'undecided', 'silent'] as const
export type Result = (typeof results)[number]
export type Verdict = 'satisfied' | 'unsatisfied'

/** How long we listen for the author after our last answer or solution. */
export const listenDays = 7

export const evidenceKinds = [
  'thanks',
  'praise',
  'complaint',
  'leaving',
  'escalation',
  'wrote',
  'deleted',
  'edited',
  'rating-up',
  'rating-down',
  'answer',
  'mark',
  'mark-removed',
] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

export type Outcome = {
  ticketId: number
  projectId: number
  /** Our first answer or solution, and the last one. */
  beganAt: Date
  since: Date
  /** Until then the author is listened for. */
  until: Date
  /** Null: nobody knows yet. */
  result: Result | null
  /** Observed: worked out of what the author did; author: their answer to our question; member: a person's mark. */
  saidBy: 'observed' | 'author' | 'member' | null
}

/** One thing that the author or a person did. */
export type Evidence = {
  id: number
  at: Date
  kind: EvidenceKind
  /** Null: it says nothing about satisfaction. */
  verdict: Verdict | null
  mentionId: string | null
  details: { from?: number; to?: number; words?: string }
  actor: string | null
}

/** Null: we have neither answered nor solved the ticket yet. */
export async function findOutcome(db: Database, project: number, ticket: number): Promise<Outcome | null> {
  return first(
    db,
    sql<Outcome>`
      select ticket_id, project_id, began_at, since, until, result, said_by
      from ticket_outcome
      where project_id = ${project} and ticket_id = ${ticket}`,
  )
}

/** Everything the outcome stands on, in the order in which it was done. */
export async function listEvidence(db: Database, project: number, ticket: number): Promise<Evidence[]> {
  return list(
    db,
    sql<Evidence>`
      select id, at, kind, verdict, mention_id, details, actor
      from outcome_evidence
      where project_id = ${project} and ticket_id = ${ticket}
      order by at, id`,
  )
}
