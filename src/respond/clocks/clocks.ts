import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import { findCalendar } from './calendar.ts'
import { momentsAhead, spentBy, tellingsOf, type Clock, type Telling } from './clock.ts'
import {
  choosePolicy,
  listPolicies,
  minutesOf,
  type ClockKind,
  type Policy,
  type PromiseKind,
  type Step,
  type TicketFacts,
} from './policy.ts'
import { findWindow, windowSteps } from './window.ts'
import type { Calendar } from './working-time.ts'

/** The ticket whose promises they are; changed only while nobody else changes it. */
type Subject = { id: number; projectId: number }

/** The promises of a ticket, those that have ended too, oldest first. */
export async function listClocks(db: Database, ticket: number): Promise<Clock[]> {
  return list(db, sql<Clock>`${clocks} where c.ticket_id = ${ticket} order by c.id`)
}

/** Begins to promise: the first answer and the solution, as the policy that fits says. The platform's window runs beside them. */
export async function beginClocks(tx: Database, ticket: Subject, facts: TicketFacts, now: Date): Promise<void> {
  await openWindow(tx, ticket, now)
  const policy = choosePolicy(await listPolicies(tx, ticket.projectId), facts)
  if (policy === null) return
  await begin(tx, ticket, policy, 'first', now)
  await begin(tx, ticket, policy, 'solution', now)
}

/** The customer wrote again after our answer: the next one is promised, unless one is promised already. */
export async function customerWrote(tx: Database, ticket: Subject, facts: TicketFacts, now: Date): Promise<void> {
  await openWindow(tx, ticket, now)
  const all = await listClocks(tx, ticket.id)
  if (all.some(({ kind, endedAt }) => (kind === 'first' || kind === 'next') && endedAt === null)) return
  // Who was never answered is still owed the first answer.
  if (!all.some(({ kind, outcome }) => kind === 'first' && outcome !== 'dropped')) return
  const policy = choosePolicy(await listPolicies(tx, ticket.projectId), facts)
  if (policy) await begin(tx, ticket, policy, 'next', now)
}

/** We answered: the promises of an answer are kept, or were missed. */
export async function answerGiven(tx: Database, ticket: Subject, now: Date): Promise<void> {
  for (const clock of await listRunning(tx, ticket.id)) if (clock.kind !== 'solution') await end(tx, clock, now)
}

/** Time stops while we wait for the customer; that of the platform does not. */
export async function pauseClocks(tx: Database, ticket: Subject, now: Date): Promise<void> {
  for (const clock of await listRunning(tx, ticket.id)) {
    if (clock.kind === 'window') continue
    const spentMs = spentBy(clock, await calendarFor(tx, clock), now)
    await put(tx, { ...clock, spentMs, runningSince: null }, null)
  }
}

/** Time goes on where it stopped: after waiting, and when a solved ticket turns out not to be. */
export async function resumeClocks(tx: Database, ticket: Subject, now: Date): Promise<void> {
  const all = await listClocks(tx, ticket.id)
  const newest = new Map(all.map((clock) => [clock.kind, clock]))
  for (const clock of newest.values()) {
    const isKept = clock.endedAt !== null && clock.kind !== 'solution' && clock.outcome !== 'dropped'
    // A promise that was withdrawn has no policy any more; a window never had one, and closes when it would have.
    if (clock.runningSince !== null || isKept || (clock.policyId === null && clock.kind !== 'window')) continue
    if (clock.kind === 'window') {
      const open = { ...clock, spentMs: 0, runningSince: clock.beganAt, endedAt: null, outcome: null }
      if (clock.missedAt === null) await put(tx, open, null)
      continue
    }
    await put(tx, { ...clock, runningSince: now, endedAt: null, outcome: null }, await calendarFor(tx, clock))
  }
}

/** The matter is over: the solution was promised and is there; answers that nobody waits for any more are dropped. */
export async function matterSolved(tx: Database, ticket: Subject, now: Date): Promise<void> {
  for (const clock of await listUnended(tx, ticket.id)) {
    if (clock.kind === 'solution' || clock.missedAt !== null) await end(tx, clock, now)
    else await put(tx, { ...(await stopped(tx, clock, now)), endedAt: now, outcome: 'dropped' }, null)
  }
}

/**
 * Another policy fits by now: promises that have not ended get its times, and what had gone stays gone. What is missed stays
 * missed and is not told again. What is promised no more is dropped.
 */
export async function reconsider(tx: Database, ticket: Subject, facts: TicketFacts, now: Date): Promise<void> {
  const policy = choosePolicy(await listPolicies(tx, ticket.projectId), facts)
  const unended = await listUnended(tx, ticket.id)
  for (const clock of unended) {
    if (clock.kind === 'window' || clock.policyId === policy?.id) continue
    const minutes = policy && minutesOf(policy, clock.kind)
    const spentMs = spentBy(clock, await calendarFor(tx, clock), now)
    const runningSince = clock.runningSince === null ? null : now
    if (policy && minutes !== null) {
      const { steps, aroundTheClock } = policy
      const told = clock.missedAt === null ? 0 : tellingsOf(steps).filter(({ share }) => share <= 1).length
      const changed = { ...clock, policyId: policy.id, minutes, steps, aroundTheClock, spentMs, runningSince, told }
      await put(tx, changed, await calendarFor(tx, changed))
    } else {
      await put(tx, { ...clock, policyId: null, spentMs, runningSince: null, endedAt: now, outcome: 'dropped' }, null)
    }
  }
  if (policy === null) return
  const all = await listClocks(tx, ticket.id)
  for (const kind of ['first', 'solution'] as const)
    if (!all.some((clock) => clock.kind === kind)) await begin(tx, ticket, policy, kind, now)
}

/** The project works at other times from now on: what runs ends at other moments. Returns the tickets of these clocks. */
export async function followCalendar(
  tx: Database,
  project: number,
  before: Calendar | null,
  now: Date,
): Promise<number[]> {
  const calendar = await findCalendar(tx, project)
  const running = await list(
    tx,
    sql<Clock>`${clocks} where c.project_id = ${project} and running_since is not null and not around_the_clock`,
  )
  for (const clock of running)
    await put(tx, { ...clock, spentMs: spentBy(clock, before, now), runningSince: now }, calendar)
  return [...new Set(running.map(({ ticketId }) => ticketId))]
}

/** What they wrote opens the window of their platform anew, and the one before counts no more. One that is closed by now is none. */
async function openWindow(tx: Database, ticket: Subject, now: Date): Promise<void> {
  const window = await findWindow(tx, ticket)
  if (window === null || window.saidAt.getTime() + window.minutes * 60_000 <= now.getTime()) return
  for (const clock of await listUnended(tx, ticket.id))
    if (clock.kind === 'window')
      await put(tx, { ...(await stopped(tx, clock, now)), endedAt: now, outcome: 'dropped' }, null)
  const { minutes, saidAt } = window
  await start(tx, ticket, 'window', { policyId: null, minutes, steps: windowSteps, aroundTheClock: true }, saidAt)
}

async function begin(tx: Database, ticket: Subject, policy: Policy, kind: PromiseKind, now: Date): Promise<void> {
  const minutes = minutesOf(policy, kind)
  if (minutes === null) return
  const { steps, aroundTheClock } = policy
  await start(tx, ticket, kind, { policyId: policy.id, minutes, steps, aroundTheClock }, now)
}

async function start(
  tx: Database,
  ticket: Subject,
  kind: ClockKind,
  clock: { policyId: number | null; minutes: number; steps: Step[]; aroundTheClock: boolean },
  at: Date,
): Promise<void> {
  const calendar = clock.aroundTheClock ? null : await findCalendar(tx, ticket.projectId)
  const { dueAt, ahead } = momentsAhead({ ...clock, spentMs: 0, runningSince: at, told: 0 }, calendar)
  await sql`
    with begun as (
      insert into ticket_clock (project_id, ticket_id, kind, policy_id, minutes, around_the_clock, steps, began_at,
        running_since, due_at)
      values (${ticket.projectId}, ${ticket.id}, ${kind}, ${clock.policyId}, ${clock.minutes}, ${clock.aroundTheClock},
        ${JSON.stringify(clock.steps)}::jsonb, ${at}, ${at}, ${dueAt})
      returning id
    )
    insert into ticket_clock_told (clock_id, project_id, ticket_id, kind, ahead, tells, next_at)
    select id, ${ticket.projectId}, ${ticket.id}, ${kind}, ${timesOf(ahead)}, ${tellsOf(ahead)}, ${ahead[0]?.at ?? null}::timestamptz
    from begun`.execute(tx)
}

async function end(tx: Database, clock: Clock, now: Date): Promise<void> {
  const done = await stopped(tx, clock, now)
  const isMissed = clock.missedAt !== null || done.spentMs > clock.minutes * 60_000
  await put(tx, { ...done, endedAt: now, outcome: isMissed ? 'missed' : 'kept' }, null)
}

async function stopped(tx: Database, clock: Clock, now: Date): Promise<Clock> {
  return { ...clock, spentMs: spentBy(clock, await calendarFor(tx, clock), now), runningSince: null }
}

async function calendarFor(tx: Database, clock: Pick<Clock, 'projectId' | 'aroundTheClock'>): Promise<Calendar | null> {
  return clock.aroundTheClock ? null : findCalendar(tx, clock.projectId)
}

/** Writes a clock down together with the moments that follow from it. */
async function put(tx: Database, clock: Clock, calendar: Calendar | null): Promise<void> {
  const { dueAt, ahead } = momentsAhead(clock, calendar)
  await sql`
    with promise as (
      update ticket_clock
      set policy_id = ${clock.policyId}, minutes = ${clock.minutes}, steps = ${JSON.stringify(clock.steps)}::jsonb,
        around_the_clock = ${clock.aroundTheClock}, spent_ms = ${clock.spentMs}, running_since = ${clock.runningSince},
        ended_at = ${clock.endedAt}, outcome = ${clock.outcome}, due_at = ${dueAt}
      where id = ${clock.id}
    )
    update ticket_clock_told
    set told = ${clock.told}, missed_at = ${clock.missedAt}, ahead = ${timesOf(ahead)}, tells = ${tellsOf(ahead)},
      next_at = ${ahead[0]?.at ?? null}
    where clock_id = ${clock.id}`.execute(tx)
}

function timesOf(ahead: { at: Date }[]) {
  return sql`${ahead.map(({ at }) => at.toISOString())}::timestamptz[]`
}

function tellsOf(ahead: { tells: Telling }[]) {
  return sql`${ahead.map(({ tells }) => tells)}::text[]`
}

function listRunning(tx: Database, ticket: number): Promise<Clock[]> {
  return list(tx, sql<Clock>`${clocks} where c.ticket_id = ${ticket} and running_since is not null order by c.id`)
}

function listUnended(tx: Database, ticket: number): Promise<Clock[]> {
  return list(tx, sql<Clock>`${clocks} where c.ticket_id = ${ticket} and ended_at is null order by c.id`)
}

const clocks = sql`
  select c.id, c.project_id, c.ticket_id, c.kind, policy_id, minutes, around_the_clock, steps, began_at, spent_ms, running_since,
    due_at, t.next_at, t.told, t.missed_at, ended_at, outcome
  from ticket_clock c
  join ticket_clock_told t on t.clock_id = c.id`
