import { sql } from 'kysely'
import { NotFound, UserError } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import type { Problem } from '../../listen/connectors/problems.ts'
import { holdMs, type Hold } from './hold.ts'

export type ExchangeState = 'queued' | 'sending' | 'done' | 'refused' | 'unsure'
export const exchangeKinds = ['open', 'note', 'close', 'stage', 'comment'] as const

/** Something that is to be said, in the hands of one process. */
export type Exchange = {
  id: number
  linkId: number
  kind: 'open' | 'note' | 'close'
  key: string
  replyId: number | null
  /** Say it, or look up what came of an earlier try. */
  does: 'say' | 'find'
  tries: number
  lookups: number
}

/** The next that is due, its beginning written down before anything is done; null: none, or the hold is over. */
export async function beginNext(
  db: Database,
  held: Hold,
  { now, settleMs }: { now: Date; settleMs: number },
): Promise<Exchange | null> {
  // What stands over there after `until` without being told will not come any more.
  const until = new Date(now.getTime() + holdMs + settleMs)
  return first(
    db,
    sql<Exchange>`
      with due as (
        select x.id, x.began_at
        from integration_exchange x
        join integration_link l on l.id = x.link_id
        join integration i on i.id = x.integration_id
        where i.id = ${held.integration} and i.held_by = ${held.by}
          and x.state in ('queued', 'sending') and x.due_at <= ${now}
          and (x.kind = 'open' or l.record is not null)
        order by x.id
        limit 1
      )
      update integration_exchange x
      set state = 'sending', due_at = ${until}, began_at = coalesce(x.began_at, ${now}),
        tries = x.tries + (due.began_at is null)::int, lookups = x.lookups + (due.began_at is not null)::int
      from due
      where x.id = due.id
      returning x.id, x.link_id, x.kind, x.key, x.reply_id,
        case when due.began_at is null then 'say' else 'find' end as does, x.tries, x.lookups`,
  )
}

/** It is there, or nothing more is to be done. */
export async function settleDone(db: Database, { id }: { id: number }, now: Date): Promise<void> {
  await sql`
    update integration_exchange set state = 'done', settled_at = ${now}, problem = null
    where id = ${id} and state in ('queued', 'sending')`.execute(db)
}

/** Refused: certainly not there. Unsure: nobody can say, and looking has not helped. A person's turn in both. */
export async function settleEnded(
  db: Database,
  { id }: Exchange,
  { state, problem, now }: { state: 'refused' | 'unsure'; problem: Problem; now: Date },
): Promise<void> {
  await sql`
    update integration_exchange
    set state = ${state}, settled_at = ${now}, problem = ${JSON.stringify(problem)}::jsonb,
      began_at = ${state === 'refused' ? null : sql`began_at`}
    where id = ${id} and state = 'sending'`.execute(db)
}

/** It is certainly not there, and is said again from `at` on. */
export async function sayAgain(db: Database, { id }: Exchange, at: Date, problem: Problem | null): Promise<void> {
  await sql`
    update integration_exchange
    set state = 'queued', began_at = null, due_at = ${at}, problem = ${problem === null ? null : JSON.stringify(problem)}::jsonb
    where id = ${id} and state = 'sending'`.execute(db)
}

/** It may be there: it is looked up at `at`, and not said before. */
export async function lookUpAt(db: Database, { id }: Exchange, at: Date, problem: Problem): Promise<void> {
  await sql`
    update integration_exchange set due_at = ${at}, problem = ${JSON.stringify(problem)}::jsonb
    where id = ${id} and state = 'sending'`.execute(db)
}

export type LogLine = {
  id: number
  ticketId: number
  kind: (typeof exchangeKinds)[number]
  state: ExchangeState
  at: Date
  settledAt: Date | null
  tries: number
  problem: Problem | null
}

/** The last exchanges of an integration, newest first, older than `before`. */
export async function listExchanges(
  db: Database,
  integration: number,
  { before, limit }: { before: number | null; limit: number },
): Promise<LogLine[]> {
  return list(
    db,
    sql<LogLine>`
      select x.id, l.ticket_id, x.kind, x.state, x.at, x.settled_at, x.tries, x.problem
      from integration_exchange x
      join integration_link l on l.id = x.link_id
      where x.integration_id = ${integration} and (${before}::bigint is null or x.id < ${before})
      order by x.id desc
      limit ${limit}`,
  )
}

/**
 * A person lets an exchange be tried again: one that was refused is said again, one that nobody knows of is looked up first.
 * Throws UserError when it is not over.
 */
export async function tryAgain(db: Database, project: number, id: number, now: Date): Promise<void> {
  const found = await first(
    db,
    sql<{ state: ExchangeState }>`
      select x.state
      from integration_exchange x
      join integration i on i.id = x.integration_id
      where x.id = ${id} and i.project_id = ${project}`,
  )
  if (!found) throw new NotFound()
  const again = await first(
    db,
    sql`
      update integration_exchange
      set state = case when began_at is null then 'queued' else 'sending' end, due_at = ${now}, lookups = 0, settled_at = null
      where id = ${id} and state in ('refused', 'unsure')
      returning id`,
  )
  if (!again) throw new UserError('It is done or under way already', { key: 'integration-exchange-over' })
}
