import { sql } from 'kysely'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { analysePost, type Analysis } from '../../base/text/analyse.ts'
import { evaluate } from '../../listen/match/evaluate.ts'
import type { LateFields } from '../../listen/match/ask-field.ts'
import type { Mention } from '../../listen/mentions/mention.ts'
import type { Query } from '../../listen/query/query.ts'
import type { Calendar } from '../clocks/working-time.ts'
import { remember } from '../tickets/history.ts'
import { lockTickets } from '../tickets/lock.ts'
import { getTicket, type Ticket } from '../tickets/ticket.ts'
import type { Did } from './action.ts'
import { hold } from './condition.ts'
import type { Kin } from './kin.ts'
import { perform, type Performed } from './perform.ts'
import type { Raised } from './raised.ts'
import type { Rule, Trigger } from './rule.ts'
import { customerState, hoursAt, stateOf } from './state.ts'

/** A rule with its query read; null asks nothing. */
export type ReadRule = Rule & { parsed: Query | null }

/** Something that happened, and what it is about. */
export type Matter = {
  event: string
  root: string
  trigger: Trigger
  at: Date
  mention: (Mention & LateFields) | null
  /** Null: none yet, or that of the mention. */
  ticket: number | null
  /** Null: no alarm led here. */
  alarm: Raised | null
}

export type Bench = { db: Database; project: number; calendar: Calendar | null; publicUrl: string; now: () => Date }

/**
 * Lets all rules that wait for it act on what happened, in their order; each meets what the earlier ones left. A rule acts at
 * most once for an event and once in a chain, whoever takes the event up again. Returns the tickets that were touched.
 */
export async function applyRules(bench: Bench, rules: ReadRule[], matter: Matter, kin: Kin): Promise<Set<number>> {
  const touched = new Set<number>()
  let { mention } = matter
  let analysis: Analysis | null = null
  for (const rule of rules) {
    if (rule.trigger !== matter.trigger || rule.onSince === null || rule.onSince > matter.at) continue
    if (rule.parsed !== null) {
      if (mention === null) continue
      analysis ??= analysePost(mention)
      if (evaluate(rule.parsed, mention, analysis) === null) continue
    }
    const done = await applyOne(bench, rule, { ...matter, mention }, kin)
    if (done?.ticket) touched.add(done.ticket.id)
    if (done && mention !== null) mention = afterwards(mention, rule, done)
  }
  return touched
}

/** The mention as the next rule finds it; a copy has not joined the ticket there is. */
function afterwards(mention: Mention & LateFields, { actions }: Rule, { outcome, ticket }: Performed) {
  const marks = actions.flatMap((action) => (action.do === 'mark' ? action.tags : []))
  const marked = { ...mention, tags: [...new Set([...mention.tags, ...marks])] }
  if (ticket === null || outcome === 'copy') return marked
  return { ...marked, ticket: ticket.id, status: ticket.status, assignee: ticket.assigneeId, dueAt: ticket.nextDueAt }
}

/** What came of it; null: the rule had nothing to do or could not do it. All of a rule is done, or nothing. */
async function applyOne(bench: Bench, rule: ReadRule, matter: Matter, kin: Kin): Promise<Performed | null> {
  const { db } = bench
  try {
    return await inTransaction(db, (tx) => applyIn(tx, bench, rule, matter, kin))
  } catch (error) {
    if (!(error instanceof UserError || error instanceof NotFound)) throw error
    const problem =
      error instanceof UserError
        ? { key: error.key, values: error.values, message: error.message }
        : { key: 'rule-thing-gone', values: {}, message: 'What the rule names is not there any more' }
    await insertRun(db, bench, rule, matter, { outcome: 'failed', problem })
    return null
  }
}

async function applyIn(
  tx: Database,
  bench: Bench,
  rule: ReadRule,
  matter: Matter,
  kin: Kin,
): Promise<Performed | null> {
  const { project, calendar, publicUrl, now } = bench
  await lockTickets(tx, project)
  const { mention } = matter
  const id = matter.ticket ?? (mention && (await liveTicketOf(tx, project, mention.id)))
  const ticket = id === null ? null : await getTicket(tx, project, id)
  const state = {
    ticket: ticket && stateOf(ticket),
    customer: await customerState(tx, project, { ticket, author: mention?.author?.id ?? null }),
    hours: hoursAt(calendar, matter.at),
    alarm: matter.alarm,
  }
  if (!hold(rule.conditions, state)) return null
  const run = await insertRun(tx, bench, rule, matter, { outcome: 'done', problem: null })
  if (run === null) {
    // The rule has run in this chain. For the same event that is a second look; for a later one it would run in a circle.
    const before = await first(
      tx,
      sql<{ event: string }>`
        select event from rule_run where rule_id = ${rule.id} and root = ${matter.root} and outcome <> 'stopped'`,
    )
    if (before?.event !== matter.event) await insertRun(tx, bench, rule, matter, { outcome: 'stopped', problem: null })
    return null
  }
  const before = await lastLine(tx, project)
  const actor = { id: `rule:${rule.id}`, name: rule.name }
  const alarm = matter.alarm?.id ?? null
  const work = { tx, rule, run, actor, mention, ticket, alarm, kin, publicUrl, now: now() }
  const done = await perform(work, rule.actions)
  if (done.ticket !== null && done.outcome === 'done')
    await remember(tx, done.ticket, null, { kind: 'rule-applied', about: rule.name })
  if (done.ticket !== null && mention !== null && done.outcome === 'done') kin.join(mention, done.ticket.id)
  await writeDown(tx, run, { ...done, before, last: await lastLine(tx, project) })
  return done
}

type Outcome = {
  outcome: 'done' | 'failed' | 'stopped'
  problem: { key: string; values: { [name: string]: string | number }; message: string } | null
}

/** Null: there is such a run in this chain already. */
async function insertRun(
  db: Database,
  { project, now }: Bench,
  rule: Rule,
  { event, root, mention, ticket }: Matter,
  { outcome, problem }: Outcome,
): Promise<number | null> {
  const inserted = await first(
    db,
    sql<{ id: number }>`
      insert into rule_run (project_id, rule_id, at, event, root, mention_id, ticket_id, outcome, problem)
      values (${project}, ${rule.id}, ${now()}, ${event}, ${root}, ${mention?.id ?? null}, ${ticket}, ${outcome},
        ${problem && JSON.stringify(problem)}::jsonb)
      on conflict do nothing
      returning id`,
  )
  return inserted?.id ?? null
}

async function writeDown(
  tx: Database,
  run: number,
  done: { outcome: 'done' | 'copy'; ticket: Ticket | null; did: Did[]; before: number; last: number },
): Promise<void> {
  const { before, last } = done
  await sql`
    update rule_run
    set outcome = ${done.outcome}, did = ${JSON.stringify(done.did)}::jsonb, ticket_id = ${done.ticket?.id ?? null},
      first_event = ${last > before ? before + 1 : null}, last_event = ${last > before ? last : null}
    where id = ${run}`.execute(tx)
}

async function lastLine(tx: Database, project: number): Promise<number> {
  const row = await first(
    tx,
    sql<{ last: number }>`select coalesce(max(id), 0) as last from ticket_event where project_id = ${project}`,
  )
  return must(row).last
}

async function liveTicketOf(tx: Database, project: number, mention: string): Promise<number | null> {
  const row = await first(
    tx,
    sql<{ ticketId: number }>`
      select ticket_id from ticket_mention where project_id = ${project} and mention_id = ${mention} and live`,
  )
  return row?.ticketId ?? null
}
